package history_test

import (
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/ops/history"
)

var _ = Describe("A watch history", func() {
	var s *history.Store
	anna, bob := uuid.New(), uuid.New()
	film, lecture, concert := uuid.New(), uuid.New(), uuid.New()
	BeforeEach(func(ctx SpecContext) {
		s = history.New(operational())
		Expect(s.Note(ctx, anna, film, 8)).To(Succeed())
		Expect(s.Note(ctx, anna, lecture, 3)).To(Succeed())
		Expect(s.Note(ctx, bob, concert, 5)).To(Succeed())
	})

	It("knows where each person stopped", func(ctx SpecContext) {
		Expect(s.Positions(ctx, anna, []uuid.UUID{film, lecture, concert})).To(Equal(map[uuid.UUID]int{film: 8, lecture: 3}))
		Expect(s.Note(ctx, anna, film, 2)).To(Succeed())
		Expect(s.Positions(ctx, anna, []uuid.UUID{film})).To(Equal(map[uuid.UUID]int{film: 2}))
		Expect(s.Positions(ctx, bob, []uuid.UUID{film})).To(BeEmpty())
	})
	It("lists the latest first", func(ctx SpecContext) {
		Expect(s.Watched(ctx, anna)).To(Equal([]uuid.UUID{lecture, film}))
		Expect(s.Note(ctx, anna, film, 9)).To(Succeed())
		Expect(s.Watched(ctx, anna)).To(Equal([]uuid.UUID{film, lecture}))
	})
	It("forgets one video, or all before a moment, of this person only", func(ctx SpecContext) {
		Expect(s.Forget(ctx, bob, film)).To(Succeed())
		Expect(s.Watched(ctx, anna)).To(HaveLen(2))
		before := time.Now()
		Expect(s.Note(ctx, anna, concert, 1)).To(Succeed())
		Expect(s.ForgetBefore(ctx, anna, &before)).To(Succeed())
		Expect(s.Watched(ctx, anna)).To(Equal([]uuid.UUID{concert}))
		Expect(s.ForgetBefore(ctx, anna, nil)).To(Succeed())
		Expect(s.Watched(ctx, anna)).To(BeEmpty())
		Expect(s.Watched(ctx, bob)).To(Equal([]uuid.UUID{concert}))
	})
	It("expires", func(ctx SpecContext) {
		Expect(s.Expire(ctx, time.Hour)).To(Succeed())
		Expect(s.Watched(ctx, anna)).To(HaveLen(2))
		Expect(s.Expire(ctx, 0)).To(Succeed())
		Expect(s.Watched(ctx, anna)).To(BeEmpty())
	})
})
