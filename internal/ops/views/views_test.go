package views_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/embedded/testredis"
	"vidilog/internal/ops/views"
)

var _ = Describe("A view", func() {
	ctx := context.Background()
	var counter views.Counter
	film := uuid.New()
	BeforeEach(func() {
		if testing.Short() {
			Skip("needs Redis")
		}
		counter = views.Counter{Client: testredis.Client(GinkgoT()), Prefix: "redis-test:9000"}
	})
	ping := func(session string, at, duration int, seek bool) bool {
		counted, err := counter.Count(ctx, views.Ping{Video: film, Session: session, At: at, Duration: duration, Seek: seek})
		ExpectWithOffset(1, err).NotTo(HaveOccurred())
		return counted.View
	}
	flush := func() (all []views.Summary) {
		ExpectWithOffset(1, counter.Flush(ctx, func(s views.Summary) error { all = append(all, s); return nil })).To(Succeed())
		return all
	}

	It("counts after ten seconds, once per session", func() {
		Expect([]bool{ping("a", 0, 60, false), ping("a", 9, 60, false), ping("a", 10, 60, false), ping("a", 20, 60, false)}).To(Equal([]bool{false, false, true, false}))
		Expect(ping("b", 0, 60, false)).To(BeFalse())
		Expect(ping("b", 10, 60, false)).To(BeTrue())
		Expect(flush()).To(HaveExactElements(And(HaveField("Video", film), HaveField("Views", int64(2)))))
	})
	It("counts after half of a short video", func() {
		ping("a", 0, 5, false)
		Expect(ping("a", 2, 5, false)).To(BeFalse())
		Expect(ping("a", 3, 5, false)).To(BeTrue())
		ping("b", 0, 4, false)
		Expect(ping("b", 2, 4, false)).To(BeFalse(), "half is not more than half")
	})
	It("counts after what is configured", func() {
		counter.Enough = time.Second
		ping("a", 1, 60, false)
		Expect(ping("a", 2, 60, false)).To(BeTrue())
	})
	It("adds up what was watched around seeks, not what was skipped", func() {
		ping("a", 0, 600, false)
		ping("a", 5, 600, false)
		Expect(ping("a", 300, 600, true)).To(BeFalse())
		Expect(ping("a", 304, 600, false)).To(BeFalse())
		Expect(ping("a", 305, 600, false)).To(BeTrue())
	})
	It("counts the session again after a while", func() {
		counter.Once = 20 * time.Millisecond
		ping("a", 0, 60, false)
		Expect(ping("a", 10, 60, false)).To(BeTrue())
		Eventually(func() bool { return ping("a", 12, 60, false) }).WithTimeout(5 * time.Second).Should(BeTrue())
	})
	It("is offered again under the same id until it is recorded, and then no more", func() {
		ping("a", 0, 60, false)
		ping("a", 10, 60, false)
		var offered views.Summary
		boom := errors.New("boom")
		Expect(counter.Flush(ctx, func(s views.Summary) error { offered = s; return boom })).To(MatchError(boom))
		Expect(flush()).To(Equal([]views.Summary{offered}))
		Expect(flush()).To(BeEmpty())
	})
})
