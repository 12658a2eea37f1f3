package video_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/video"
)

var _ = Describe("The best file of a video", func() {
	file := func(kind video.RenditionKind, resolution int, name string, hasAudio bool) video.Rendition {
		return video.Rendition{Kind: kind, Resolution: resolution, FileName: name, HasVideo: resolution > 0, HasAudio: hasAudio}
	}
	web240, web720 := file(video.WebVideo, 240, "web240", true), file(video.WebVideo, 720, "web720", true)
	hls240, hls720 := file(video.HLS, 240, "hls240", true), file(video.HLS, 720, "hls720", true)
	silent1080, tone := file(video.HLS, 1080, "silent1080", false), file(video.HLS, 0, "tone", true)

	DescribeTable("with a picture is", func(p video.Preference, expected string, all ...video.Rendition) {
		best, found := video.Video{Renditions: all}.BestPicture(p)
		Expect([]any{best.FileName, found}).To(Equal([]any{expected, expected != ""}))
	},
		Entry("the largest", video.LargestFirst, "hls720", web240, hls720),
		Entry("of two of a size the web video", video.LargestFirst, "web720", hls720, web720, web240),
		Entry("the largest stream where streams come first", video.StreamsFirst, "hls720", web720, hls240, hls720),
		Entry("a small stream rather than a large web video then", video.StreamsFirst, "hls240", web720, hls240),
		Entry("the web video when there is no stream", video.StreamsFirst, "web720", web240, web720),
		Entry("one without sound too", video.LargestFirst, "silent1080", web720, silent1080),
		Entry("none of sound alone", video.LargestFirst, "", tone),
		Entry("none of nothing", video.LargestFirst, ""),
	)
	DescribeTable("with sound is", func(p video.Preference, expected string, all ...video.Rendition) {
		best, found := video.Video{Renditions: all}.BestSound(p)
		Expect([]any{best.FileName, found}).To(Equal([]any{expected, expected != ""}))
	},
		Entry("the largest that has some", video.LargestFirst, "web240", silent1080, web240, tone),
		Entry("sound alone when nothing else has any", video.LargestFirst, "tone", silent1080, tone),
		Entry("a stream of sound alone where streams come first", video.StreamsFirst, "tone", web720, tone),
		Entry("none of a silent film", video.LargestFirst, "", silent1080),
	)
})
