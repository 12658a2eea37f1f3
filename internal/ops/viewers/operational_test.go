package viewers_test

import (
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	. "github.com/onsi/ginkgo/v2"

	"vidilog/internal/embedded/testpg"
)

// operational answers a pool on a fresh operational schema, and skips the spec in short runs.
func operational() *pgxpool.Pool {
	if testing.Short() {
		Skip("needs PostgreSQL")
	}
	return testpg.Operational(GinkgoT())
}
