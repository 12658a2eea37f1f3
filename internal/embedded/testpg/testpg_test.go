package testpg_test

import (
	"context"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/embedded/testpg"
)

func TestTestpg(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "testpg")
}

var _ = Describe("A test database", func() {
	It("is empty, UTF-8 and apart from every other", func(ctx SpecContext) {
		first, second := testpg.Pool(GinkgoT()), testpg.Pool(GinkgoT())
		_, err := first.Exec(ctx, "CREATE TABLE only_here (id int)")
		Expect(err).NotTo(HaveOccurred())

		var encoding string
		Expect(second.QueryRow(ctx, "SHOW server_encoding").Scan(&encoding)).To(Succeed())
		Expect(encoding).To(Equal("UTF8"))
		var tables int
		Expect(second.QueryRow(ctx, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").Scan(&tables)).To(Succeed())
		Expect(tables).To(BeZero())
	})

	It("is gone when its test has ended", func(ctx SpecContext) {
		var name string
		inner := &recorder{}
		pool := testpg.Pool(inner)
		Expect(pool.QueryRow(ctx, "SELECT current_database()").Scan(&name)).To(Succeed())
		inner.end()

		var left int
		Expect(testpg.Pool(GinkgoT()).QueryRow(ctx, "SELECT count(*) FROM pg_database WHERE datname = $1", name).Scan(&left)).To(Succeed())
		Expect(left).To(BeZero())
	})

	It("can be made by many tests at once", func() {
		done := make(chan error, 8)
		for range cap(done) {
			go func() {
				defer GinkgoRecover()
				done <- testpg.Pool(GinkgoT()).Ping(context.Background())
			}()
		}
		for range cap(done) {
			Eventually(done).WithTimeout(timeout).Should(Receive(BeNil()))
		}
	})
})
