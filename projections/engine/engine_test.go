package engine_test

import (
	"context"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/jackc/pgx/v5"

	"vidilog/internal/embedded/testpg"
	"vidilog/projections/engine/enginetest"
)

func TestEngine(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Read-model engine")
}

var _ = Describe("A reducer", func() {
	It("gives the same rows however the log is cut, and by COPY", func() {
		enginetest.CheckSplits(GinkgoT(), testpg.DSN(GinkgoT()), library(), drawFacts)
	})
})

// execute changes the database behind the engine's back.
func execute(ctx context.Context, statement, dsn string, args ...any) {
	GinkgoHelper()
	conn, err := pgx.Connect(ctx, dsn)
	Expect(err).NotTo(HaveOccurred())
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement, args...)
	Expect(err).NotTo(HaveOccurred())
}
