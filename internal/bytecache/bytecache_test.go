package bytecache_test

import (
	"strconv"
	"sync"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/bytecache"
)

func TestByteCache(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Byte cache")
}

var _ = Describe("A cache bounded in bytes", func() {
	size := func(b []byte) int { return len(b) }
	It("stays within its bytes, whatever the values take", func() {
		c := bytecache.New[int](100_000, size)
		for n := range 5_000 {
			c.Add(n, make([]byte, n*37%20_000))
			Expect(c.Used()).To(BeNumerically("<=", 100_000))
		}
		Expect(c.Used()).To(BeNumerically(">", 50_000))
	})
	It("lets go of what was not asked for longest", func() {
		c := bytecache.New[string](10_000, size)
		for _, key := range []string{"a", "b", "c", "d"} {
			c.Add(key, make([]byte, 2_000))
		}
		c.Get("a")
		c.Add("e", make([]byte, 2_000))
		_, hasA := c.Get("a")
		_, hasB := c.Get("b")
		Expect([]bool{hasA, hasB}).To(Equal([]bool{true, false}))
	})
	It("counts a value that takes another's place once", func() {
		c := bytecache.New[string](10_000, size)
		for range 100 {
			c.Add("a", make([]byte, 1_000))
		}
		Expect(c.Used()).To(BeNumerically("<", 2_000))
		value, _ := c.Get("a")
		Expect(value).To(HaveLen(1_000))
	})
	It("keeps no value that would push out most of the others, nor an old one in its place", func() {
		c := bytecache.New[string](10_000, size)
		c.Add("a", make([]byte, 10))
		c.Add("a", make([]byte, 5_000))
		_, has := c.Get("a")
		Expect(has).To(BeFalse())
		Expect(c.Used()).To(BeZero())
	})
	It("is empty when cleared", func() {
		c := bytecache.New[string](10_000, size)
		c.Add("a", make([]byte, 10))
		c.Clear()
		_, has := c.Get("a")
		Expect(has).To(BeFalse())
		Expect(c.Used()).To(BeZero())
	})
	It("is used by many at once", func() {
		c := bytecache.New[string](10_000, size)
		var users sync.WaitGroup
		for user := range 8 {
			users.Go(func() {
				for n := range 500 {
					c.Add(strconv.Itoa(n%50), make([]byte, user*100))
					c.Get(strconv.Itoa(n % 30))
				}
			})
		}
		users.Wait()
		Expect(c.Used()).To(BeNumerically("<=", 10_000))
	})
})
