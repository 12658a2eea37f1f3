package catalog_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/domain/rating"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

var _ = Describe("Ratings", func() {
	bobs := kernel.AccountID{UUID: id("account bob")}
	rates := func(who kernel.AccountID, number int, was, now rating.Rating) rating.Changed {
		return rating.Changed{AccountID: who, VideoID: uploaded(number).VideoID, Rating: now, Was: was}
	}
	var w *world
	BeforeEach(func(ctx SpecContext) {
		w = newWorld(ctx)
		w.given(ctx, annaHere...)
		w.given(ctx, uploaded(1), uploaded(2),
			rates(annas, 1, rating.None, rating.Like), rates(bobs, 1, rating.None, rating.Like), rates(bobs, 2, rating.None, rating.Dislike))
	})
	counters := func(ctx SpecContext, number int64) catalog.Counters {
		GinkgoHelper()
		key, err := w.VideoKey(ctx, catalog.ByNumber(number))
		Expect(err).NotTo(HaveOccurred())
		return key.Counters
	}

	It("are counted, and change with a change of mind", func(ctx SpecContext) {
		Expect(counters(ctx, 1)).To(Equal(catalog.Counters{Likes: 2}))
		Expect(counters(ctx, 2)).To(Equal(catalog.Counters{Dislikes: 1}))
		w.given(ctx, rates(bobs, 1, rating.Like, rating.Dislike), rates(bobs, 2, rating.Dislike, rating.None))
		Expect(counters(ctx, 1)).To(Equal(catalog.Counters{Likes: 1, Dislikes: 1}))
		Expect(counters(ctx, 2)).To(Equal(catalog.Counters{}))
	})
	It("are known by account and video", func(ctx SpecContext) {
		Expect(w.Rating(ctx, bobs, uploaded(2).VideoID)).To(Equal("dislike"))
		Expect(w.Rating(ctx, annas, uploaded(2).VideoID)).To(Equal("none"))
		w.given(ctx, rates(bobs, 2, rating.Dislike, rating.None))
		Expect(w.Rating(ctx, bobs, uploaded(2).VideoID)).To(Equal("none"))
	})
	It("are listed by account, the latest first, of one rating or of both", func(ctx SpecContext) {
		list := func(only string, oldest bool, start, count int) ([]int64, int) {
			GinkgoHelper()
			rated, total, err := w.RatingsOf(ctx, bobs, only, oldest, start, count)
			Expect(err).NotTo(HaveOccurred())
			var numbers []int64
			for _, r := range rated {
				numbers = append(numbers, r.Key.Number)
			}
			return numbers, total
		}
		numbers, total := list("", false, 0, 10)
		Expect(numbers).To(Equal([]int64{2, 1}))
		Expect(total).To(Equal(2))
		numbers, _ = list("", true, 0, 10)
		Expect(numbers).To(Equal([]int64{1, 2}))
		numbers, total = list("", true, 1, 1)
		Expect(numbers).To(Equal([]int64{2}))
		Expect(total).To(Equal(2))
		numbers, total = list("like", false, 0, 10)
		Expect(numbers).To(Equal([]int64{1}))
		Expect(total).To(Equal(1))
	})
	It("go with the video, also those that come after it", func(ctx SpecContext) {
		w.given(ctx, video.Deleted{VideoID: uploaded(2).VideoID, OwnerID: anna}, rates(annas, 2, rating.None, rating.Like))
		_, total, err := w.RatingsOf(ctx, bobs, "", false, 0, 10)
		Expect(err).NotTo(HaveOccurred())
		Expect(total).To(Equal(1))
		_, total, err = w.RatingsOf(ctx, annas, "", false, 0, 10)
		Expect(err).NotTo(HaveOccurred())
		Expect(total).To(Equal(1))
	})
})
