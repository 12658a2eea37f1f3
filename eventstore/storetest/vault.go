package storetest

import (
	"context"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
)

func describeVaultAndIntegers(log func() *subject) {
	Describe("the vault", func() {
		sealed := func(ref string) ([]byte, bool) {
			GinkgoHelper()
			sealed, found, err := log().log.VaultRead(context.Background(), ref)
			Expect(err).NotTo(HaveOccurred())
			return sealed, found
		}
		It("keeps, replaces and removes secrets with the append", func() {
			_, found := sealed("password-ann")
			Expect(found).To(BeFalse())
			log().append(vault("password-ann", []byte{0, 1, 2}), vault("key-ann", []byte("k")))
			got, found := sealed("password-ann")
			Expect(found).To(BeTrue())
			Expect(got).To(Equal([]byte{0, 1, 2}))

			log().append(vault("password-ann", []byte("new")))
			got, _ = sealed("password-ann")
			Expect(got).To(Equal([]byte("new")))

			log().append(vault("password-ann", nil), vault("never-there", nil))
			_, found = sealed("password-ann")
			Expect(found).To(BeFalse())
			_, found = sealed("key-ann")
			Expect(found).To(BeTrue())
		})
		It("does not change with a refused append", func() {
			_, err := log().try(vault("password-ann", []byte("x")), to("a", eventstore.Exactly(4), "1"))
			Expect(err).To(HaveOccurred())
			_, found := sealed("password-ann")
			Expect(found).To(BeFalse())
		})
	})
	Describe("integers", func() {
		draw := func(kind string) int64 {
			GinkgoHelper()
			n, err := log().log.NextInteger(context.Background(), kind)
			Expect(err).NotTo(HaveOccurred())
			return n
		}
		It("count from 1 for each kind", func() {
			Expect([]int64{draw("video"), draw("video"), draw("user"), draw("video")}).To(Equal([]int64{1, 2, 1, 3}))
		})
		It("are never given twice, however many draw at once", func() {
			const drawers, each = 8, 25
			var mu sync.Mutex
			seen := map[int64]int{}
			var group sync.WaitGroup
			for range drawers {
				group.Go(func() {
					defer GinkgoRecover()
					for range each {
						n := draw("video")
						mu.Lock()
						seen[n]++
						mu.Unlock()
					}
				})
			}
			group.Wait()
			Expect(seen).To(HaveLen(drawers * each))
		})
		It("can be raised, and never go back", func() {
			raise := func(used int64) { Expect(log().log.RaiseInteger(context.Background(), "video", used)).To(Succeed()) }
			raise(0)
			Expect(draw("video")).To(BeEquivalentTo(1))
			raise(41)
			Expect(draw("video")).To(BeEquivalentTo(42))
			raise(7)
			Expect(draw("video")).To(BeEquivalentTo(43))
			raise(43)
			Expect(draw("video")).To(BeEquivalentTo(44))
			Expect(log().log.RaiseInteger(context.Background(), "user", 1)).To(Succeed())
			Expect(draw("user")).To(BeEquivalentTo(2))
		})
		DescribeTable("refuse a kind that is no name", func(kind string) {
			_, err := log().log.NextInteger(context.Background(), kind)
			Expect(err).To(MatchError(ContainSubstring("not a kind")))
		}, Entry("empty", ""), Entry("with a quote", `a"b`), Entry("capital", "Video"), Entry("digit first", "1a"))
	})
}
