package video_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

var _ = Describe("Requesting a transcoding", func() {
	settings := transcoding.Settings{Enabled: true, HLS: true, Policy: transcoding.Policy{
		Resolutions: []transcoding.Resolution{0, 240, 480, 1080}, MaxFPS: 60,
	}}
	loud := video.Rendition{Kind: video.WebVideo, Resolution: 720, FPS: 50, FileName: "loud", HasVideo: true, HasAudio: true}
	files := []transcoding.Encoding{{Resolution: 720, FPS: 50}, {Resolution: 0}, {Resolution: 480, FPS: 25}, {Resolution: 240, FPS: 25}}

	It("records the files to be made, the largest first, and takes the video out of sight", func() {
		after := scenario.Given(uploaded(), added(loud)).When(video.RequestTranscoding{Kind: video.HLS, Settings: settings}).
			Then(video.TranscodingRequested{VideoID: id, OwnerID: uploaded().OwnerID, Kind: video.HLS, Files: files, Settings: settings})
		Expect(after.State().State).To(Equal(video.StateToTranscode))
	})
	It("adds the sound that split streams share, though it is not enabled", func() {
		split := settings
		split.SplitAudioAndVideo, split.Policy.Resolutions = true, nil
		scenario.Given(uploaded(), added(loud)).When(video.RequestTranscoding{Kind: video.HLS, Settings: split}).
			Then(video.TranscodingRequested{
				VideoID: id, OwnerID: uploaded().OwnerID, Kind: video.HLS, Settings: split,
				Files: []transcoding.Encoding{{Resolution: 720, FPS: 50}, {Resolution: 0}},
			})
	})
	It("is refused while one runs, with PeerTube's code", func() {
		_, err := video.RequestTranscoding{Kind: video.HLS, Settings: settings, IsRunning: true}.Decide(scenario.Given(uploaded(), added(loud)).State())
		Expect(err).To(MatchError(&kernel.Error{Code: kernel.CodeConflict}))
		Expect(err).To(HaveField("APICode", "video_already_being_transcoded"))
	})
	It("is taken when it is forced", func() {
		events, err := video.RequestTranscoding{Kind: video.HLS, Settings: settings, IsRunning: true, Force: true}.
			Decide(scenario.Given(uploaded(), added(loud)).State())
		Expect(err).NotTo(HaveOccurred())
		Expect(events).To(HaveLen(1))
	})
	It("is refused where the instance does not transcode", func() {
		scenario.Given(uploaded(), added(loud)).When(video.RequestTranscoding{Kind: video.HLS}).ThenError(kernel.CodeInvalid)
	})
	It("is refused for a video that is gone", func() {
		scenario.Given(uploaded(), video.Deleted{VideoID: id}).When(video.RequestTranscoding{Kind: video.HLS, Settings: settings}).
			ThenError(kernel.CodeNotFound)
	})
	It("leaves the time of publication alone when the video is shown again", func() {
		wish := video.TranscodingRequested{VideoID: id, Kind: video.HLS}
		published := video.Published{VideoID: id}
		scenario.Given(uploaded(), published, wish).When(video.Publish{}).Then(video.Published{VideoID: id, Again: true})
	})
})

var _ = Describe("The first picture of an upload that is sound alone", func() {
	merged := video.Rendition{Kind: video.WebVideo, Resolution: 480, Width: 854, Height: 480, FileName: "merged", HasVideo: true, Seconds: 7}
	tone := func() video.Uploaded {
		e := uploaded()
		e.Original.HasVideo = false
		return e
	}

	It("gives the video its length and shape", func() {
		after := scenario.Given(tone()).When(video.AddRendition{Rendition: merged}).
			Then(added(merged), video.Measured{VideoID: id, Seconds: 7, AspectRatio: 1.7792})
		Expect(after.State().Seconds).To(Equal(7))
	})
	It("does so once", func() {
		smaller := merged
		smaller.Resolution, smaller.FileName = 240, "smaller"
		scenario.Given(tone(), added(merged)).When(video.AddRendition{Rendition: smaller}).Then(added(smaller))
	})
})
