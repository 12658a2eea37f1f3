package testredis_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/embedded/testredis"
)

func TestTestredis(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "testredis")
}

var _ = Describe("A test Redis", func() {
	It("is empty and apart from every other", func(ctx SpecContext) {
		first, second := testredis.Client(GinkgoT()), testredis.Client(GinkgoT())
		Expect(first.Set(ctx, "key", "value", 0).Err()).To(Succeed())
		Expect(second.DBSize(ctx).Val()).To(BeZero())
		Expect(first.Options().DB).NotTo(Equal(second.Options().DB))
	})

	It("never evicts, as in production", func(ctx SpecContext) {
		policy, err := testredis.Client(GinkgoT()).ConfigGet(ctx, "maxmemory-policy").Result()
		Expect(err).NotTo(HaveOccurred())
		Expect(policy).To(HaveKeyWithValue("maxmemory-policy", "noeviction"))
	})
})
