package viewers_test

import (
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/ops/viewers"
)

var _ = Describe("What was watched of a video", func() {
	var s *viewers.Store
	film := uuid.New()
	noon := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	minutes := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
	viewing := func(from, to, seconds int, sections ...int) viewers.Viewing {
		v := viewers.Viewing{ID: uuid.New(), Video: film, Started: minutes(from), Ended: minutes(to), Seconds: seconds}
		for i := 0; i < len(sections); i += 2 {
			v.From, v.To = append(v.From, sections[i]), append(v.To, sections[i+1])
		}
		return v
	}
	BeforeEach(func(ctx SpecContext) {
		s = viewers.New(operational())
		again := viewing(0, 10, 4, 0, 4)
		elsewhere := viewing(0, 10, 9, 0, 9)
		elsewhere.Video = uuid.New()
		for _, v := range []viewers.Viewing{again, again, viewing(5, 20, 2, 0, 1, 3, 4), viewing(60, 61, 1, 2, 3), elsewhere} {
			Expect(s.Add(ctx, v)).To(Succeed())
		}
	})

	It("is summed up, each visit once", func(ctx SpecContext) {
		five := minutes(5)
		Expect(s.Overall(ctx, film, nil, nil)).To(And(
			HaveField("Viewers", int64(3)), HaveField("WatchTime", int64(7)), HaveField("AverageWatchTime", int64(2)),
			HaveField("Peak", int64(2)), HaveField("PeakAt", HaveValue(BeTemporally("==", five)))))
	})
	It("is summed up for a time", func(ctx SpecContext) {
		from, to := minutes(15), minutes(120)
		o, err := s.Overall(ctx, film, &from, &to)
		Expect(err).NotTo(HaveOccurred())
		Expect(o).To(And(HaveField("Viewers", int64(2)), HaveField("WatchTime", int64(1))))
		never := minutes(-100)
		o, err = s.Overall(ctx, film, nil, &never)
		Expect(err).NotTo(HaveOccurred())
		Expect(o).To(Equal(viewers.Overall{Countries: []viewers.Place{}, Regions: []viewers.Place{}}))
	})
	It("tells who stayed until when", func(ctx SpecContext) {
		retained, err := s.Retention(ctx, film, 5, 1)
		Expect(err).NotTo(HaveOccurred())
		third := 1.0 / 3
		Expect(retained).To(HaveExactElements(
			HaveField("Share", BeNumerically("~", 2*third)), HaveField("Share", BeNumerically("~", 2*third)),
			HaveField("Share", BeNumerically("~", 2*third)), HaveField("Share", BeNumerically("~", 1)),
			HaveField("Share", BeNumerically("~", 2*third)), HaveField("Share", BeZero())))
	})
	It("is a series over time", func(ctx SpecContext) {
		values := func(m viewers.Metric) (all []int64) {
			points, err := s.Series(ctx, film, m, noon, minutes(60), "20 minutes")
			Expect(err).NotTo(HaveOccurred())
			for _, p := range points {
				all = append(all, p.Value)
			}
			return all
		}
		Expect(values(viewers.Viewers)).To(Equal([]int64{2, 1, 1, 1}))
		Expect(values(viewers.WatchTime)).To(Equal([]int64{6, 2, 0, 1}))
	})
	It("expires", func(ctx SpecContext) {
		Expect(s.Expire(ctx, time.Since(minutes(30)))).To(Succeed())
		Expect(s.Overall(ctx, film, nil, nil)).To(HaveField("Viewers", int64(1)))
	})
})
