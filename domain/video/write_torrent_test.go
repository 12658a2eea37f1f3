package video_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

var _ = Describe("Writing a torrent", func() {
	torrent := func(name string) video.Torrent { return video.Torrent{FileName: name, InfoHash: "hash of " + name} }
	written := func(name, replaced string) video.TorrentWritten {
		return video.TorrentWritten{VideoID: id, Media: "h", Torrent: torrent(name), Replaced: replaced}
	}

	It("gives it to one file", func() {
		after := scenario.Given(uploaded(), added(hls(720, "h"))).When(video.WriteTorrent{Media: "h", Torrent: torrent("a")}).Then(written("a", ""))
		Expect(after.State().Torrents).To(Equal(map[string]string{"h": "a"}))
	})
	It("names the one it replaces", func() {
		scenario.Given(uploaded(), added(hls(720, "h")), written("a", "")).When(video.WriteTorrent{Media: "h", Torrent: torrent("b")}).Then(written("b", "a"))
	})
	It("again is nothing", func() {
		scenario.Given(uploaded(), added(hls(720, "h")), written("a", "")).When(video.WriteTorrent{Media: "h", Torrent: torrent("a")}).ThenNothing()
	})
	It("is refused when the file or the video has gone, so that the caller removes what it made", func() {
		scenario.Given(uploaded()).When(video.WriteTorrent{Media: "h", Torrent: torrent("a")}).ThenError(kernel.CodeNotFound)
		scenario.Given(uploaded(), video.Deleted{VideoID: id}).When(video.WriteTorrent{Media: "original.mp4", Torrent: torrent("a")}).
			ThenError(kernel.CodeNotFound)
	})
	It("ends with the file it is of", func() {
		gone := removed(hls(720, "h"))
		gone.TorrentName = "a"
		after := scenario.Given(uploaded(), added(hls(720, "h")), written("a", "")).When(video.AddRendition{Rendition: hls(720, "new")}).
			Then(gone, added(hls(720, "new")))
		Expect(after.State().Torrents).To(BeEmpty())
	})
	It("is asked for by a new name", func() {
		renamed := uploaded().Attributes
		renamed.Name = "Another name"
		events := scenario.Given(uploaded()).When(video.Update{Attributes: renamed}).Events()
		Expect(events[0]).To(HaveField("Renames", true))
		other := uploaded().Attributes
		other.NSFW = !other.NSFW
		events = scenario.Given(uploaded()).When(video.Update{Attributes: other}).Events()
		Expect(events[0]).To(HaveField("Renames", false))
	})
})
