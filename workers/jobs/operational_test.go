package jobs_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/embedded/testpg"
	"vidilog/schema/migrations"
)

// operational answers a pool on a fresh operational schema.
func operational() *pgxpool.Pool {
	if testing.Short() {
		Skip("needs PostgreSQL")
	}
	config, err := pgxpool.ParseConfig(testpg.DSN(GinkgoT()))
	Expect(err).NotTo(HaveOccurred())
	Expect(migrations.Apply(context.Background(), config.ConnConfig, "ops", migrations.Ops, "ops")).To(Succeed())
	config.ConnConfig.RuntimeParams["search_path"] = "ops"
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(pool.Close)
	return pool
}
