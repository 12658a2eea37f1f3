package catalog_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/video"
)

var _ = Describe("The figures of a channel", func() {
	now := epoch.AddDate(0, 2, 0)
	views := func(number int, count int64, daysAgo int) video.ViewsCounted {
		day := now.AddDate(0, 0, -daysAgo)
		return video.ViewsCounted{VideoID: uploaded(number).VideoID, Views: count, From: day, To: day.Add(time.Hour)}
	}
	It("are its videos, all views, and those of each of the last days", func(ctx SpecContext) {
		w := newWorld(ctx)
		w.given(ctx, annaHere...)
		w.given(ctx, uploaded(1), uploaded(2), views(1, 3, 0), views(2, 4, 0), views(1, 5, 30), views(1, 7, 31))
		channels, err := w.ChannelsOfAccount(ctx, annas)
		Expect(err).NotTo(HaveOccurred())
		found, err := w.StatsOfChannels(ctx, channels, now)
		Expect(err).NotTo(HaveOccurred())
		stats := found[channels[0].ID]
		Expect([]any{stats.Videos, stats.Views}).To(Equal([]any{int64(2), int64(19)}))
		Expect(stats.Days).To(HaveLen(31))
		Expect([]any{stats.Days[0], stats.Days[1], stats.Days[30]}).To(Equal([]any{int64(5), int64(0), int64(7)}))
		Expect(stats.Since).To(Equal(now.AddDate(0, 0, -30).Truncate(24 * time.Hour)))
	})
	It("are nothing where nothing is", func(ctx SpecContext) {
		w := newWorld(ctx)
		w.given(ctx, annaHere...)
		channels, err := w.ChannelsOfAccount(ctx, annas)
		Expect(err).NotTo(HaveOccurred())
		found, err := w.StatsOfChannels(ctx, channels, now)
		Expect(err).NotTo(HaveOccurred())
		Expect(found[channels[0].ID].Days).To(HaveEach(int64(0)))
	})
})
