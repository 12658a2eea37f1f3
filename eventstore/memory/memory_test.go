package memory_test

import (
	"context"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
	"vidilog/eventstore/memory"
	"vidilog/eventstore/storetest"
)

func TestMemory(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Event store in memory")
}

var _ = storetest.DescribeLog("The log in memory", func() eventstore.Log { return memory.New(time.Now) })

var _ = Describe("The log in memory", func() {
	It("never goes back in time with its clock", func() {
		now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		store := memory.New(func() time.Time { now = now.Add(-time.Hour); return now })
		for range 2 {
			_, err := store.Append(context.Background(), storetest.AnyAppend())
			Expect(err).NotTo(HaveOccurred())
		}
		events, err := store.Read(context.Background(), 0, 2)
		Expect(err).NotTo(HaveOccurred())
		Expect(events[1].RecordedAt).To(Equal(events[0].RecordedAt))
	})
	It("refuses appends once it is closed", func() {
		store := memory.New(time.Now)
		store.Close()
		_, err := store.Append(context.Background(), storetest.AnyAppend())
		Expect(err).To(MatchError(eventstore.ErrClosed))
	})
	It("forgets old command ids but those that are kept for ever", func() {
		now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		store := memory.New(func() time.Time { return now })
		short, forever := storetest.AnyAppend(), storetest.AnyAppend()
		forever.Command.Forever = true
		for _, a := range []eventstore.Append{short, forever} {
			_, err := store.Append(context.Background(), a)
			Expect(err).NotTo(HaveOccurred())
		}
		now = now.Add(31 * 24 * time.Hour)
		Expect(store.SweepCommands(context.Background(), 30*24*time.Hour)).To(BeEquivalentTo(1))
		_, found, err := store.CommandReceipt(context.Background(), forever.Command)
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeTrue())
	})
})
