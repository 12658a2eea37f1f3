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

var _ = Describe("Somebody who watches", func() {
	ctx := context.Background()
	var counter views.Counter
	film, other := uuid.New(), uuid.New()
	BeforeEach(func() {
		if testing.Short() {
			Skip("needs Redis")
		}
		counter = views.Counter{Client: testredis.Client(GinkgoT()), Prefix: "redis-test:9000"}
	})
	ping := func(video uuid.UUID, session string, at int, seek bool) bool {
		GinkgoHelper()
		counted, err := counter.Count(ctx, views.Ping{Video: video, Session: session, At: at, Duration: 600, Seek: seek})
		Expect(err).NotTo(HaveOccurred())
		return counted.Viewer
	}
	finished := func(quiet time.Duration) (all []views.Viewing) {
		GinkgoHelper()
		Expect(counter.Finished(ctx, quiet, func(v views.Viewing) error { all = append(all, v); return nil })).To(Succeed())
		return all
	}

	It("is a viewer at once, however often they say so, until they are quiet for a while", func() {
		counter.Present = 200 * time.Millisecond
		Expect(ping(film, "a", 0, false)).To(BeTrue())
		Expect(ping(film, "a", 1, false)).To(BeFalse())
		Expect(ping(film, "b", 0, false)).To(BeTrue())
		Expect(ping(other, "a", 0, false)).To(BeTrue())
		Expect(counter.Viewers(ctx)).To(Equal(map[uuid.UUID]int64{film: 2, other: 1}))
		Eventually(func() (map[uuid.UUID]int64, error) { return counter.Viewers(ctx) }).WithTimeout(5 * time.Second).Should(BeEmpty())
		Expect(ping(film, "a", 2, false)).To(BeTrue())
	})
	It("leaves behind what they watched once they are quiet, in sections around what they skipped", func() {
		ping(film, "a", 0, false)
		ping(film, "a", 5, false)
		ping(film, "a", 300, true)
		ping(film, "a", 302, false)
		ping(film, "a", 100, false)
		ping(film, "a", 101, false)
		Expect(finished(time.Hour)).To(BeEmpty())
		Expect(finished(0)).To(HaveExactElements(And(
			HaveField("Video", film), HaveField("Seconds", 8),
			HaveField("Sections", []views.Section{{From: 0, To: 5}, {From: 300, To: 302}, {From: 100, To: 101}}),
			HaveField("Started", BeTemporally("~", time.Now(), time.Minute)),
		)))
		Expect(finished(0)).To(BeEmpty())
	})
	It("leaves nothing behind when they watched nothing", func() {
		ping(film, "a", 3, false)
		Expect(finished(0)).To(BeEmpty())
	})
	It("leaves the same behind until it is recorded", func() {
		ping(film, "a", 0, false)
		ping(film, "a", 5, false)
		var offered views.Viewing
		boom := errors.New("boom")
		Expect(counter.Finished(ctx, 0, func(v views.Viewing) error { offered = v; return boom })).To(MatchError(boom))
		Expect(finished(0)).To(Equal([]views.Viewing{offered}))
	})
	It("is remembered in so many sections and no more", func() {
		for i := range 120 {
			ping(film, "a", i, true)
			ping(film, "a", i+1, false)
		}
		all := finished(0)
		Expect(all).To(HaveLen(1))
		Expect(len(all[0].Sections)).To(BeNumerically("<=", 100))
	})
})
