package process_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/domaintest"
	"vidilog/domain/job"
	"vidilog/domain/process"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

var _ = Describe("A transcoding that an administrator asks for", func() {
	wish := func(kind video.RenditionKind, settings transcoding.Settings, resolutions ...transcoding.Resolution) video.TranscodingRequested {
		e := video.TranscodingRequested{VideoID: film, OwnerID: owner, Kind: kind, Settings: settings}
		for _, r := range resolutions {
			e.Files = append(e.Files, transcoding.Encoding{Resolution: r, FPS: 30})
		}
		return e
	}
	before := given(uploaded(source, true, false, 240, 720), ended("web-720", process.Done), ended("hls-720", process.Done), isPlayable)

	DescribeTable("makes the largest first and the others of it", func(e video.TranscodingRequested, expected ...string) {
		Expect(plan(react(process.Transcoding{}, e))).To(Equal(expected))
	},
		Entry("as streams", wish(video.HLS, transcoding.Settings{}, 720, 480, 240), "hls-720 after nothing", "hls-480 after hls-720", "hls-240 after hls-720"),
		Entry("as split streams", wish(video.HLS, transcoding.Settings{SplitAudioAndVideo: true}, 720, 0),
			"hls-720 after nothing without sound", "hls-0 after hls-720"),
		Entry("as web videos", wish(video.WebVideo, transcoding.Settings{}, 720, 240), "web-720 after nothing", "web-240 after web-720"),
	)
	It("comes before all others, however much its owner uploads", func() {
		d := react(process.Transcoding{}, wish(video.HLS, transcoding.Settings{}, 720))
		Expect(d.Intents).To(HaveExactElements(And(HaveField("Priority", 0), HaveField("CountsUploads", false))))
	})
	It("cancels what is open of the last one", func() {
		d := react(before, wish(video.WebVideo, transcoding.Settings{}, 720))
		Expect(d.Own).To(HaveExactElements(ended("hls-240", process.Dropped), hasEnded, HaveField("WebVideos", true)))
		Expect(d.Intents[0]).To(Equal(process.CancelJob{
			JobID: jobNamed("hls-240"), State: job.StateCancelled, Reason: "an administrator has asked for another transcoding",
		}))
		after := domaintest.Fold[process.Transcoding](d.Own...)
		Expect(after.IsRunning()).To(BeTrue())
		Expect(after.Steps).To(HaveLen(1))
	})
	It("keeps the web videos and shows the video again with its first result", func() {
		at := domaintest.Fold[process.Transcoding](react(before, wish(video.HLS, transcoding.Settings{}, 720)).Own...)
		d := react(at, completed("hls-720"))
		Expect(d.Own).To(HaveExactElements(ended("hls-720", process.Done), hasEnded))
		Expect(react(at.Apply(d.Own[0]), video.PlaylistWritten{VideoID: film}).Intents).To(HaveExactElements(publish))
	})
})
