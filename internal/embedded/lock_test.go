package embedded_test

import (
	"context"
	"os"
	"strconv"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/embedded"
)

var _ = Describe("The lock of a data folder", func() {
	It("admits one, names the holder to the second, and can be taken after a release", func() {
		dir := GinkgoT().TempDir()
		lock, err := embedded.LockDataDir(dir)
		Expect(err).NotTo(HaveOccurred())

		_, err = embedded.LockDataDir(dir)
		Expect(err).To(MatchError(embedded.ErrLocked))
		Expect(err).To(MatchError(ContainSubstring("process " + strconv.Itoa(os.Getpid()))))

		Expect(lock.Release()).To(Succeed())
		lock, err = embedded.LockDataDir(dir)
		Expect(err).NotTo(HaveOccurred())
		Expect(lock.Release()).To(Succeed())
	})

	It("can be waited for", func(ctx SpecContext) {
		dir := GinkgoT().TempDir()
		first, err := embedded.LockDataDir(dir)
		Expect(err).NotTo(HaveOccurred())

		short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
		defer cancel()
		_, err = embedded.WaitForDataDir(short, dir)
		Expect(err).To(MatchError(embedded.ErrLocked))

		got := make(chan error, 1)
		go func() {
			lock, err := embedded.WaitForDataDir(ctx, dir)
			if err == nil {
				err = lock.Release()
			}
			got <- err
		}()
		Consistently(got, "100ms").ShouldNot(Receive())
		Expect(first.Release()).To(Succeed())
		Eventually(got).Should(Receive(BeNil()))
	})
})
