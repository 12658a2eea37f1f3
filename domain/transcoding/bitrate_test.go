package transcoding_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/transcoding"
)

const wide = 1.7778

var _ = Describe("Bitrates", func() {
	// PeerTube's figures at 16:9 in kb/s.
	DescribeTable("of a resolution at 30 and 60 frames per second",
		func(r transcoding.Resolution, average30, average60, maximum30, minimum30 int) {
			kilo := func(bits int64) int { return int(bits / 1000) }
			Expect(kilo(transcoding.AverageBitrate(r, wide, 30))).To(Equal(average30), "average at 30")
			Expect(kilo(transcoding.AverageBitrate(r, wide, 60))).To(Equal(average60), "average at 60")
			Expect(kilo(transcoding.MaximumBitrate(r, wide, 30))).To(Equal(maximum30), "maximum at 30")
			Expect(kilo(transcoding.MinimumBitrate(r, wide, 30))).To(Equal(minimum30), "minimum at 30")
		},
		Entry("144p", transcoding.Resolution(144), 210, 420, 353, 22),
		Entry("240p", transcoding.Resolution(240), 522, 1044, 890, 61),
		Entry("360p", transcoding.Resolution(360), 1036, 2073, 1797, 138),
		Entry("480p", transcoding.Resolution(480), 1474, 2949, 2703, 245),
		Entry("720p", transcoding.Resolution(720), 3041, 6082, 5253, 552),
		Entry("1080p", transcoding.Resolution(1080), 6220, 12441, 10575, 1244),
		Entry("1440p", transcoding.Resolution(1440), 9953, 19906, 17694, 2211),
		Entry("2160p", transcoding.Resolution(2160), 19906, 39813, 34836, 4976),
	)

	It("puts an unusual size into the bucket below it", func() {
		Expect(transcoding.AverageBitrate(700, 1, 30)).To(Equal(int64(700 * 700 * 30 * 12 / 100)))
	})
	It("treats a portrait like the landscape of the same shape", func() {
		Expect(transcoding.AverageBitrate(720, 0.5, 30)).To(Equal(transcoding.AverageBitrate(720, 2, 30)))
	})
	It("has fixed figures without a picture", func() {
		Expect(transcoding.AverageBitrate(0, 0, 0)).To(Equal(int64(192_000)))
		Expect(transcoding.MaximumBitrate(0, 0, 0)).To(Equal(int64(256_000)))
		Expect(transcoding.MinimumBitrate(0, 0, 0)).To(Equal(int64(10_000)))
	})

	Describe("The target", func() {
		It("is the average for a source of unknown bitrate", func() {
			Expect(transcoding.TargetBitrate(0, 720, wide, 30)).To(Equal(transcoding.AverageBitrate(720, wide, 30)))
		})
		It("is 30 % above a lower source", func() {
			Expect(transcoding.TargetBitrate(1_000_000, 720, wide, 30)).To(Equal(int64(1_300_000)))
		})
		It("does not fall below the minimum", func() {
			Expect(transcoding.TargetBitrate(1_000, 720, wide, 30)).To(Equal(transcoding.MinimumBitrate(720, wide, 30)))
		})
	})
})

func TestTargetBitrateStaysBetweenItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := transcoding.Resolution(rapid.IntRange(2, 4400).Draw(t, "resolution"))
		ratio := rapid.Float64Range(0.2, 5).Draw(t, "ratio")
		fps := rapid.IntRange(1, 120).Draw(t, "fps")
		input := rapid.Int64Range(0, 1_000_000_000).Draw(t, "input")
		target := transcoding.TargetBitrate(input, r, ratio, fps)
		low, average := transcoding.MinimumBitrate(r, ratio, fps), transcoding.AverageBitrate(r, ratio, fps)
		if target < low || target > max(low, average) {
			t.Fatalf("target %d is outside %d–%d", target, low, average)
		}
		if raised := transcoding.TargetBitrate(input+1000, r, ratio, fps); input > 0 && raised < target {
			t.Fatalf("a better source got less: %d, then %d", target, raised)
		}
	})
}
