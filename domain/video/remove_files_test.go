package video_test

import (
	. "github.com/onsi/ginkgo/v2"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

// numbered gives a rendition its number; silent and heard say what is in it.
func numbered(file int64, r video.Rendition) video.Rendition {
	r.FileID, r.HasVideo, r.HasAudio = file, r.Resolution > 0, true
	return r
}

func silent(r video.Rendition) video.Rendition { r.HasAudio = false; return r }

var _ = Describe("Removing streams", func() {
	large, small := numbered(11, hls(720, "h720")), numbered(12, hls(240, "h240"))
	written := video.PlaylistWritten{VideoID: id, Playlist: video.Playlist{MasterName: "m", HashesName: "s"}}
	gone := video.PlaylistRemoved{VideoID: id, MasterName: "m", HashesName: "s"}
	streaming := scenario.Given(uploaded(), added(large), added(small), written)
	alone := scenario.Given(uploaded(), added(large), written, removed(original))

	It("takes all of them and the playlist", func() {
		streaming.When(video.RemoveStreams{}).Then(removed(small), removed(large), gone)
	})
	It("takes one and leaves the playlist to be written anew", func() {
		streaming.When(video.RemoveStream{FileID: 11}).Then(removed(large))
	})
	It("takes the playlist with the last", func() {
		scenario.Given(uploaded(), added(large), written).When(video.RemoveStream{FileID: 11}).Then(removed(large), gone)
	})
	It("is refused without streams", func() {
		scenario.Given(uploaded()).When(video.RemoveStreams{}).ThenError(kernel.CodeInvalid)
		scenario.Given(uploaded()).When(video.RemoveStream{FileID: 11}).ThenError(kernel.CodeInvalid)
	})
	It("is refused when nothing to watch would be left", func() {
		alone.When(video.RemoveStreams{}).ThenError(kernel.CodeInvalid)
		alone.When(video.RemoveStream{FileID: 11}).ThenError(kernel.CodeInvalid)
	})
	It("knows only files of the video", func() {
		streaming.When(video.RemoveStream{FileID: 99}).ThenError(kernel.CodeNotFound)
	})
	It("leaves the sound that silent pictures need", func() {
		tone := numbered(13, hls(0, "h0"))
		scenario.Given(uploaded(), added(silent(large)), added(tone), written).When(video.RemoveStream{FileID: 13}).ThenError(kernel.CodeInvalid)
		scenario.Given(uploaded(), added(large), added(tone), written).When(video.RemoveStream{FileID: 13}).Then(removed(tone))
	})
})

var _ = Describe("Removing web videos", func() {
	file, stream := numbered(21, web(240, "w240")), numbered(11, hls(720, "h720"))
	written := video.PlaylistWritten{VideoID: id, Playlist: video.Playlist{MasterName: "m", HashesName: "s"}}

	It("takes all of a video that streams", func() {
		scenario.Given(uploaded(), added(file), added(stream), written).When(video.RemoveWebVideos{}).Then(removed(original), removed(file))
	})
	It("takes one", func() {
		scenario.Given(uploaded(), added(file)).When(video.RemoveWebVideo{FileID: 21}).Then(removed(file))
	})
	It("takes the last of a video that streams", func() {
		scenario.Given(uploaded(), added(stream), added(file), written, removed(original)).When(video.RemoveWebVideo{FileID: 21}).Then(removed(file))
	})
	It("is refused where there are none", func() {
		scenario.Given(uploaded(), added(stream), written, removed(original)).When(video.RemoveWebVideos{}).ThenError(kernel.CodeInvalid)
	})
	It("is refused when nothing to watch would be left", func() {
		scenario.Given(uploaded(), added(file)).When(video.RemoveWebVideos{}).ThenError(kernel.CodeInvalid)
		scenario.Given(uploaded(), added(file), removed(original)).When(video.RemoveWebVideo{FileID: 21}).ThenError(kernel.CodeInvalid)
	})
	It("knows only files of the video", func() {
		scenario.Given(uploaded(), added(file)).When(video.RemoveWebVideo{FileID: 99}).ThenError(kernel.CodeNotFound)
	})
})
