package storage_test

import (
	"fmt"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
	"vidilog/domain/storage"
)

var (
	scenario = domaintest.For[storage.Storage]()
	noon     = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
)

func reserved(what string, bytes int64, at time.Time) storage.Reserved {
	return storage.Reserved{For: what, Bytes: bytes, At: at}
}

func reserve(bytes, quota, daily int64) storage.Reserve {
	return storage.Reserve{For: "new", Bytes: bytes, Quota: quota, QuotaDaily: daily, Now: noon}
}

var _ = Describe("Reserving bytes", func() {
	It("records them", func() {
		after := scenario.Given().When(reserve(10, 100, 100)).Then(reserved("new", 10, noon))
		Expect(after.State().Total).To(Equal(int64(10)))
		Expect(after.State().Held).To(Equal(map[string]int64{"new": 10}))
	})
	It("adds up for the same thing", func() {
		after := scenario.Given(reserved("new", 5, noon)).When(reserve(10, -1, -1)).Then(reserved("new", 10, noon))
		Expect(after.State().Held).To(Equal(map[string]int64{"new": 15}))
	})
	DescribeTable("keeps to the quotas", func(bytes, quota, daily int64, fits bool) {
		outcome := scenario.Given(
			reserved("old", 50, noon.Add(-24*time.Hour)), // a day ago: no longer of this day
			reserved("fresh", 30, noon.Add(-24*time.Hour+time.Nanosecond)),
		).When(reserve(bytes, quota, daily))
		if fits {
			outcome.Then(reserved("new", bytes, noon))
			return
		}
		Expect(outcome.ThenError(kernel.CodeTooLarge).APICode).To(Equal("quota_reached"))
	},
		Entry("up to the last byte", int64(20), int64(100), int64(-1), true),
		Entry("and no further", int64(21), int64(100), int64(-1), false),
		Entry("of the day up to the last byte", int64(20), int64(-1), int64(50), true),
		Entry("of the day and no further", int64(21), int64(-1), int64(50), false),
		Entry("where the day allows and the whole does not", int64(21), int64(100), int64(1000), false),
		Entry("which may be none", int64(1<<50), int64(-1), int64(-1), true),
		Entry("which may be nothing", int64(1), int64(0), int64(-1), false),
	)
})

var _ = Describe("Releasing bytes", func() {
	It("frees everything held for a thing", func() {
		after := scenario.Given(reserved("a", 10, noon), reserved("b", 5, noon), reserved("a", 1, noon)).
			When(storage.Release{For: "a"}).Then(storage.Released{For: "a", Bytes: 11})
		Expect(after.State().Held).To(Equal(map[string]int64{"b": 5}))
		Expect(after.State().Total).To(Equal(int64(5)))
	})
	It("gives the day back too, as in PeerTube where deleted videos do not count", func() {
		after := scenario.Given(reserved("a", 10, noon), reserved("b", 5, noon)).
			When(storage.Release{For: "a"}).Then(storage.Released{For: "a", Bytes: 10})
		Expect(after.State().UsedToday(noon)).To(Equal(int64(5)))
	})
	It("does nothing for what holds nothing", func() {
		scenario.Given(reserved("a", 10, noon)).When(storage.Release{For: "b"}).ThenNothing()
		scenario.Given(reserved("a", 10, noon), storage.Released{For: "a", Bytes: 10}).When(storage.Release{For: "a"}).ThenNothing()
	})
})

var _ = Describe("Any history of reservations", func() {
	It("holds in total what it holds for each, never above the quota, and less than that today", func() {
		rapid.Check(GinkgoT(), func(t *rapid.T) {
			quota := rapid.Int64Range(-1, 100).Draw(t, "quota")
			now, state, history := noon, storage.Storage{}, []kernel.Event{}
			for range rapid.IntRange(1, 30).Draw(t, "steps") {
				now = now.Add(time.Duration(rapid.IntRange(0, 20).Draw(t, "hours")) * time.Hour)
				what := fmt.Sprint(rapid.IntRange(1, 4).Draw(t, "thing"))
				var events []kernel.Event
				if rapid.Bool().Draw(t, "reserves") {
					bytes := rapid.Int64Range(0, 60).Draw(t, "bytes")
					events, _ = storage.Reserve{For: what, Bytes: bytes, Quota: quota, QuotaDaily: -1, Now: now}.Decide(state)
				} else {
					events, _ = storage.Release{For: what}.Decide(state)
				}
				history = append(history, events...)
				for _, e := range events {
					state = state.Apply(e)
				}
				sum := int64(0)
				for _, bytes := range state.Held {
					sum += bytes
				}
				if state.Total != sum || quota >= 0 && state.Total > quota || state.UsedToday(now) > state.Total {
					t.Fatalf("total %d, held %v, today %d, quota %d", state.Total, state.Held, state.UsedToday(now), quota)
				}
			}
			if domaintest.Fold[storage.Storage](history...).Total != state.Total {
				t.Fatalf("folding %d events again came to another total", len(history))
			}
		})
	})
})
