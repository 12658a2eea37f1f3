package engine_test

import (
	"context"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/jackc/pgx/v5"

	"vidilog/internal/embedded/testpg"
	"vidilog/projections/engine/enginetest"
)

func TestEngine(t *testing.T) {
	RegisterFailHandler(Fail)
	SetDefaultEventuallyTimeout(10 * time.Second) // the machine may be busy
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

var _ = Describe("The digest of a read model", func() {
	facts := append(adds(0, 20), fact(3, published{}), fact(4, filed{Resolution: 1, Size: 2}), fact(5, removed{}))

	It("stays what was noted for the version", func() {
		enginetest.CheckDigest(GinkgoT(), testpg.DSN(GinkgoT()), library(), facts, "effda55ed449765a5b50d9b650c69739a2a827a4b779c0d521506742421adcda")
	})
})
