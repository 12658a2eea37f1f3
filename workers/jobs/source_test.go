package jobs_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/workers/jobs"
)

var _ = Describe("What a rendition is made of", func() {
	file := func(kind video.RenditionKind, resolution int, name string, hasAudio bool) video.Rendition {
		return video.Rendition{Kind: kind, Resolution: resolution, FileName: name, HasVideo: resolution > 0, HasAudio: hasAudio}
	}
	upload := file(video.WebVideo, 1080, "upload", true)
	web720, web240 := file(video.WebVideo, 720, "web720", true), file(video.WebVideo, 240, "web240", true)
	hls720, silent720, tone := file(video.HLS, 720, "hls720", true), file(video.HLS, 720, "silent720", false), file(video.HLS, 0, "tone", true)

	DescribeTable("is", func(o job.Order, all []video.Rendition, picture, sound string) {
		chosen, heard, err := jobs.Choose(video.Video{Original: "upload", Renditions: all}, o)
		Expect(err).NotTo(HaveOccurred())
		Expect([]string{chosen.FileName, heard.FileName}).To(Equal([]string{picture, sound}))
	},
		Entry("the upload for the first file", job.Order{Optimises: true, Resolution: 720}, []video.Rendition{web720, upload}, "upload", ""),
		Entry("the web video of the size for a stream by copy", job.Order{CopyCodecs: true, Resolution: 240},
			[]video.Rendition{web720, web240}, "web240", ""),
		Entry("the largest otherwise", job.Order{Resolution: 240}, []video.Rendition{web240, web720, hls720}, "web720", ""),
		Entry("the stream when the web videos are about to go", job.Order{Resolution: 240, FromStreams: true},
			[]video.Rendition{upload, web720, hls720}, "hls720", ""),
		Entry("the web video when there is no stream yet", job.Order{Resolution: 240, FromStreams: true}, []video.Rendition{web720}, "web720", ""),
		Entry("a silent stream and the sound beside it", job.Order{Resolution: 240}, []video.Rendition{silent720, tone}, "silent720", "tone"),
		Entry("a silent stream alone when the sound stays apart", job.Order{Resolution: 240, WithoutSound: true},
			[]video.Rendition{silent720, tone}, "silent720", ""),
		Entry("what has sound, for sound", job.Order{Resolution: 0}, []video.Rendition{silent720, tone}, "tone", ""),
	)
	DescribeTable("is nothing", func(o job.Order, all ...video.Rendition) {
		_, _, err := jobs.Choose(video.Video{Original: "gone", Renditions: all}, o)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeUnprocessable))
	},
		Entry("for the first file of an upload that has been replaced", job.Order{Optimises: true, Resolution: 720}, web720),
		Entry("for sound of a silent film", job.Order{Resolution: 0}, silent720),
		Entry("for a picture of sound", job.Order{Resolution: 240}, tone),
	)
})
