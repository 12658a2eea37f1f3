package video_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

func web(resolution int, name string) video.Rendition {
	return video.Rendition{Kind: video.WebVideo, Resolution: resolution, FileName: name}
}

func hls(resolution int, name string) video.Rendition {
	return video.Rendition{Kind: video.HLS, Resolution: resolution, FileName: name, PlaylistName: name + ".m3u8"}
}

func added(r video.Rendition) video.RenditionAdded {
	return video.RenditionAdded{VideoID: id, Rendition: r}
}

func removed(r video.Rendition) video.RenditionRemoved {
	return video.RenditionRemoved{VideoID: id, Kind: r.Kind, Resolution: r.Resolution, FileName: r.FileName, PlaylistName: r.PlaylistName}
}

var _ = Describe("Adding a rendition", func() {
	It("of another resolution or kind stands beside the others", func() {
		after := scenario.Given(uploaded()).When(video.AddRendition{Rendition: hls(720, "h")}).Then(added(hls(720, "h"))).
			When(video.AddRendition{Rendition: web(480, "w")}).Then(added(web(480, "w")))
		Expect(after.State().Renditions).To(ConsistOf(original, hls(720, "h"), web(480, "w")))
	})
	It("takes the place of the one of the same kind and resolution", func() {
		after := scenario.Given(uploaded(), added(hls(720, "old"))).When(video.AddRendition{Rendition: hls(720, "new")}).
			Then(removed(hls(720, "old")), added(hls(720, "new")))
		Expect(after.State().StreamMedia()).To(Equal([]string{"new"}))
	})
	It("takes the place of the original it was made of, whatever its resolution", func() {
		after := scenario.Given(uploaded()).When(video.AddRendition{Rendition: web(480, "w"), Supersedes: "original.mp4"}).
			Then(removed(original), added(web(480, "w")))
		Expect(after.State().Renditions).To(ConsistOf(web(480, "w")))
		Expect(after.State().Original).To(BeEmpty(), "there is no original any more")
	})
	It("reported twice is one", func() {
		scenario.Given(uploaded(), added(hls(720, "h"))).When(video.AddRendition{Rendition: hls(720, "h")}).ThenNothing()
	})
	It("can be looked up by kind and resolution", func() {
		state := scenario.Given(uploaded(), added(hls(720, "h"))).State()
		found, ok := state.Rendition(video.RenditionKey{Kind: video.HLS, Resolution: 720})
		Expect(ok).To(BeTrue())
		Expect(found).To(Equal(hls(720, "h")))
		_, ok = state.Rendition(video.RenditionKey{Kind: video.HLS, Resolution: 480})
		Expect(ok).To(BeFalse())
	})
})

var _ = Describe("Dropping web videos", func() {
	It("removes all progressive files", func() {
		after := scenario.Given(uploaded(), added(hls(720, "h")), added(web(480, "w"))).When(video.DropWebVideos{}).
			Then(removed(original), removed(web(480, "w")))
		Expect(after.State().Renditions).To(ConsistOf(hls(720, "h")))
		after.When(video.DropWebVideos{}).ThenNothing()
	})
	It("is refused while the video could not be watched without them", func() {
		scenario.Given(uploaded()).When(video.DropWebVideos{}).ThenError(kernel.CodeConflict)
	})
})

var _ = Describe("Writing the playlist", func() {
	playlist := func(master string, media ...string) video.Playlist {
		return video.Playlist{IntegerID: 4, MasterName: master, HashesName: master + ".json", Media: media}
	}
	streaming := scenario.Given(uploaded(), added(hls(720, "h720")), added(hls(480, "h480")))

	It("records what it lists, lowest resolution first", func() {
		after := streaming.When(video.WritePlaylist{Playlist: playlist("m1", "h480", "h720")}).
			Then(video.PlaylistWritten{VideoID: id, Playlist: playlist("m1", "h480", "h720")})
		Expect(after.State().Playlist.MasterName).To(Equal("m1"))
		after.When(video.WritePlaylist{Playlist: playlist("m1", "h480", "h720")}).ThenNothing()
	})
	It("keeps the number of the first one and names what it replaces", func() {
		next := playlist("m2", "h480", "h720")
		next.IntegerID = 99
		scenario.Given(uploaded(), added(hls(480, "h480")), video.PlaylistWritten{VideoID: id, Playlist: playlist("m1", "h480")}, added(hls(720, "h720"))).
			When(video.WritePlaylist{Playlist: next}).
			Then(video.PlaylistWritten{
				VideoID: id, Playlist: playlist("m2", "h480", "h720"), ReplacedMaster: "m1", ReplacedHashes: "m1.json",
			})
	})
	DescribeTable("is refused when the renditions are others by now:", func(media ...string) {
		streaming.When(video.WritePlaylist{Playlist: playlist("m1", media...)}).ThenError(kernel.CodeConflict)
	},
		Entry("one is missing", "h480"), Entry("one is too many", "h480", "h720", "h1080"), Entry("in another order", "h720", "h480"),
		Entry("one is another", "h480", "x"), Entry("none"),
	)
})

var _ = Describe("Attaching pictures", func() {
	attach := func(p video.Pictures) video.AttachPictures { return video.AttachPictures{Pictures: p} }
	attached := func(p, replaced video.Pictures) video.PicturesAttached {
		return video.PicturesAttached{VideoID: id, Pictures: p, Replaced: replaced}
	}
	generated := video.Pictures{Thumbnail: "gt", Preview: "gp", Generated: true}
	own := video.Pictures{Thumbnail: "t", Preview: "p"}

	It("records them", func() {
		after := scenario.Given(uploaded()).When(attach(own)).Then(attached(own, video.Pictures{}))
		Expect(after.State().Pictures).To(Equal(own))
		after.When(attach(own)).ThenNothing()
	})
	It("replaces the generated ones by the author's", func() {
		scenario.Given(uploaded(), attached(generated, video.Pictures{})).When(attach(own)).
			Then(attached(own, video.Pictures{Thumbnail: "gt", Preview: "gp"}))
	})
	It("replaces one and keeps the other", func() {
		scenario.Given(uploaded(), attached(own, video.Pictures{})).When(attach(video.Pictures{Preview: "p2"})).
			Then(attached(video.Pictures{Thumbnail: "t", Preview: "p2"}, video.Pictures{Preview: "p"}))
	})
	It("takes generated ones again", func() {
		again := video.Pictures{Thumbnail: "gt2", Preview: "gp2", Generated: true}
		scenario.Given(uploaded(), attached(generated, video.Pictures{})).When(attach(again)).
			Then(attached(again, video.Pictures{Thumbnail: "gt", Preview: "gp"}))
	})
	It("never lets generated ones replace the author's", func() {
		scenario.Given(uploaded(), attached(own, video.Pictures{})).When(attach(generated)).ThenError(kernel.CodeConflict)
	})
	DescribeTable("lets generated ones stand in for what the author has not set", func(has, then video.Pictures) {
		scenario.Given(uploaded(), attached(has, video.Pictures{})).When(attach(generated)).Then(attached(then, video.Pictures{})).
			When(attach(generated)).ThenError(kernel.CodeConflict)
	},
		Entry("the preview", video.Pictures{Thumbnail: "t"}, video.Pictures{Thumbnail: "t", Preview: "gp"}),
		Entry("the thumbnail", video.Pictures{Preview: "p"}, video.Pictures{Thumbnail: "gt", Preview: "p"}),
	)
})

var _ = Describe("Moving files", func() {
	private := video.Updated{VideoID: id, ChannelID: channel, Attributes: attributes(func(a *video.Attributes) { a.Privacy = video.Private })}
	moved := func(private bool) video.FilesMoved { return video.FilesMoved{VideoID: id, Private: private} }

	It("follows the privacy", func() {
		after := scenario.Given(uploaded(), private).When(video.MoveFiles{Private: true}).Then(moved(true))
		Expect(after.State().PrivateFiles).To(BeTrue())
		after.When(video.MoveFiles{Private: true}).ThenNothing()
	})
	It("and follows it back", func() {
		public := video.Updated{VideoID: id, ChannelID: channel, Attributes: attributes()}
		scenario.Given(uploaded(), private, moved(true), public).When(video.MoveFiles{Private: false}).Then(moved(false))
	})
	It("is refused when the privacy asks for the other place by now", func() {
		scenario.Given(uploaded()).When(video.MoveFiles{Private: true}).ThenError(kernel.CodeConflict)
	})
})

var _ = Describe("Whatever becomes of a video's files", func() {
	It("there is one rendition per kind and resolution, and a playlist never lists what is not there when it is written", func() {
		rapid.Check(GinkgoT(), func(t *rapid.T) {
			history := []kernel.Event{uploaded(waiting)}
			state := domaintest.Fold[video.Video](history...)
			for i := range rapid.IntRange(0, 20).Draw(t, "steps") {
				events, _ := drawFileVerb(t, state, i).Decide(state)
				for _, e := range events {
					state = state.Apply(e)
				}
				history = append(history, events...)
				seen := map[video.RenditionKey]bool{}
				for _, r := range state.Renditions {
					if seen[r.Key()] {
						t.Fatalf("%v is there twice: %v", r.Key(), state.Renditions)
					}
					seen[r.Key()] = true
				}
				if len(state.Renditions) == 0 {
					t.Fatalf("nothing is left to watch after %v", events)
				}
			}
			domaintest.Fold[video.Video](history...)
		})
	})
})

func drawFileVerb(t *rapid.T, state video.Video, step int) domaintest.Verb[video.Video] {
	name := rapid.StringMatching(`[a-d]`).Draw(t, "name") + string(rune('a'+step))
	resolution := rapid.SampledFrom([]int{240, 480, 720}).Draw(t, "resolution")
	return rapid.SampledFrom([]domaintest.Verb[video.Video]{
		video.AddRendition{Rendition: web(resolution, name)},
		video.AddRendition{Rendition: hls(resolution, name)},
		video.AddRendition{Rendition: web(resolution, name), Supersedes: state.Original},
		video.DropWebVideos{},
		video.WritePlaylist{Playlist: video.Playlist{MasterName: name, Media: state.StreamMedia()}},
		video.Publish{},
		video.AttachPictures{Pictures: video.Pictures{Thumbnail: name, Generated: resolution == 240}},
	}).Draw(t, "verb")
}
