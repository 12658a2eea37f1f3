package catalog_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

func beNotFound() OmegaMatcher {
	return WithTransform(kernel.CodeOf, Equal(kernel.CodeNotFound))
}

var _ = Describe("A video", func() {
	var w *world
	BeforeEach(func(ctx SpecContext) {
		w = newWorld(ctx)
		w.given(ctx, annaHere...) // positions 1 to 4
	})
	read := func(ctx SpecContext) catalog.Video {
		GinkgoHelper()
		v, err := w.Video(ctx, catalog.ByID(film))
		Expect(err).NotTo(HaveOccurred())
		return v
	}
	waiting := func(e *video.Uploaded) { e.State = video.StateToTranscode }

	It("shows what was uploaded, with channel and account", func(ctx SpecContext) {
		category, language, text := 3, "fr", "About"
		made := time.Date(2020, 5, 6, 7, 8, 9, 0, time.FixedZone("", 3600))
		w.given(ctx, theFilm(func(e *video.Uploaded) {
			e.Attributes.Category, e.Attributes.Language, e.Attributes.Description = &category, &language, &text
			e.Attributes.Tags, e.Attributes.OriginallyPublishedAt = []string{"One", "two"}, &made
		}))
		v := read(ctx)
		Expect(v.ID).To(Equal(film))
		Expect(v.Number).To(BeEquivalentTo(1))
		Expect(v.Name).To(Equal("Video 1"))
		Expect(*v.Category).To(Equal(3))
		Expect(v.Licence).To(BeNil())
		Expect(*v.Language).To(Equal("fr"))
		Expect(*v.Description).To(Equal("About"))
		Expect(v.Tags).To(Equal([]string{"One", "two"}))
		Expect(*v.OriginallyPublishedAt).To(BeTemporally("==", made))
		Expect([]any{v.Privacy, v.State, v.CommentsPolicy, v.DownloadEnabled, v.Seconds, v.AspectRatio}).
			To(Equal([]any{1, 1, 1, true, 60, 1.7778}))
		Expect([]time.Time{v.CreatedAt.UTC(), v.UpdatedAt.UTC(), v.PublishedAt.UTC()}).To(HaveEach(at(5)))
		Expect(v.Revision).To(BeEquivalentTo(5))
		Expect(v.Channel.Handle).To(Equal("news"))
		Expect(v.Channel.Number).To(BeEquivalentTo(9))
		Expect(v.Channel.Account.Name).To(Equal("anna"))
		Expect(v.Channel.Account.UserNumber).To(BeEquivalentTo(7))
		Expect(v.Files).To(ConsistOf(HaveField("Name", "original-1.mp4")))
		Expect(v.Files[0]).To(Equal(catalog.File{
			Number: 100, Kind: catalog.WebVideo, Resolution: 720, Width: 1280, Height: 720, FPS: 25, Bytes: 5000,
			Name: "original-1.mp4", HasVideo: true, HasAudio: true, VideoCodec: "avc1.64001f", AudioCodec: "mp4a.40.2",
		}))
		Expect(v.Playlist).To(BeNil())

		source, err := w.Source(ctx, film)
		Expect(err).NotTo(HaveOccurred())
		Expect(source.FileName).To(Equal("a.mov"))
		Expect(source.Bytes).To(BeEquivalentTo(5000))
	})

	It("is found by UUID, by integer and by the name of a file", func(ctx SpecContext) {
		w.given(ctx, theFilm())
		byNumber, err := w.Video(ctx, catalog.ByNumber(1))
		Expect(err).NotTo(HaveOccurred())
		Expect(byNumber).To(Equal(read(ctx)))
		key, err := w.VideoKey(ctx, catalog.ByNumber(1))
		Expect(err).NotTo(HaveOccurred())
		Expect(key).To(Equal(byNumber.Key))
		ofFile, err := w.VideoOfFile(ctx, "original-1.mp4")
		Expect(err).NotTo(HaveOccurred())
		Expect(ofFile).To(Equal(key))
	})

	It("is not found when there is none", func(ctx SpecContext) {
		_, err := w.Video(ctx, catalog.ByID(film))
		Expect(err).To(beNotFound())
		_, err = w.Video(ctx, catalog.ByNumber(1))
		Expect(err).To(beNotFound())
		_, err = w.VideoOfFile(ctx, "original-1.mp4")
		Expect(err).To(beNotFound())
		_, err = w.Source(ctx, film)
		Expect(err).To(beNotFound())
	})

	It("gets renditions and a playlist, each with a new revision and without a new date", func(ctx SpecContext) {
		w.given(ctx, theFilm(), // 5
			video.RenditionRemoved{VideoID: film, Kind: video.WebVideo, Resolution: 720, FileName: "original-1.mp4"},
			hlsRendition(240), hlsRendition(720),
			video.PlaylistWritten{VideoID: film, Playlist: video.Playlist{
				IntegerID: 4, MasterName: "m.m3u8", HashesName: "h.json", Media: []string{"media-240-fragmented.mp4"},
			}}) // 9
		v := read(ctx)
		Expect(v.Revision).To(BeEquivalentTo(9))
		Expect(v.UpdatedAt.UTC()).To(Equal(at(5)))
		Expect(v.FilesOf(catalog.WebVideo)).To(BeEmpty())
		Expect(v.FilesOf(catalog.HLS)).To(HaveExactElements(
			HaveField("PlaylistName", "media-720.m3u8"), HaveField("PlaylistName", "media-240.m3u8")))
		Expect(*v.Playlist).To(Equal(catalog.Playlist{
			Number: 4, MasterName: "m.m3u8", HashesName: "h.json", Media: []string{"media-240-fragmented.mp4"},
		}))
	})

	It("gets pictures", func(ctx SpecContext) {
		w.given(ctx, theFilm(), video.PicturesAttached{VideoID: film, Pictures: video.Pictures{Thumbnail: "t.jpg", Preview: "p.jpg"}})
		Expect([]any{read(ctx).Thumbnail, read(ctx).Preview}).To(Equal([]any{"t.jpg", "p.jpg"}))
		Expect(read(ctx).Revision).To(BeEquivalentTo(6))
	})

	It("has its files where they were moved to, not where its privacy wants them", func(ctx SpecContext) {
		e := theFilm()
		hidden := e.Attributes
		hidden.Privacy = video.Private
		w.given(ctx, e, video.Updated{VideoID: film, ChannelID: news, Attributes: hidden})
		Expect(read(ctx).HasPrivateFiles).To(BeFalse())
		w.given(ctx, video.FilesMoved{VideoID: film, Private: true})
		Expect(read(ctx).HasPrivateFiles).To(BeTrue())
		Expect(read(ctx).Revision).To(BeEquivalentTo(7))
	})

	Describe("is published", func() {
		It("again when its transcoding is done", func(ctx SpecContext) {
			w.given(ctx, theFilm(waiting))
			Expect(read(ctx).State).To(Equal(2))
			w.given(ctx, video.Published{VideoID: film}) // 6
			Expect(read(ctx).State).To(Equal(1))
			Expect(read(ctx).CreatedAt.UTC()).To(Equal(at(5)))
			Expect(read(ctx).PublishedAt.UTC()).To(Equal(at(6)))
		})

		It("again when it was private", func(ctx SpecContext) {
			e := theFilm(func(e *video.Uploaded) { e.Attributes.Privacy = video.Private })
			open := e.Attributes
			open.Privacy = video.Unlisted
			w.given(ctx, e, video.Updated{VideoID: film, ChannelID: news, Attributes: open}) // 5, 6
			Expect(read(ctx).PublishedAt.UTC()).To(Equal(at(6)))
		})

		It("no later by any other change", func(ctx SpecContext) {
			e := theFilm(func(e *video.Uploaded) { e.Attributes.Privacy = video.Internal })
			open := e.Attributes
			open.Privacy = video.Public
			w.given(ctx, e, video.Updated{VideoID: film, ChannelID: sports, Attributes: open})
			Expect(read(ctx).PublishedAt.UTC()).To(Equal(at(5)))
			Expect(read(ctx).UpdatedAt.UTC()).To(Equal(at(6)))
			Expect(read(ctx).Channel.Handle).To(Equal("sports"))
		})
	})

	It("says why its transcoding failed, until it is published after all", func(ctx SpecContext) {
		w.given(ctx, theFilm(waiting), video.TranscodingFailed{VideoID: film, Reason: "broken"})
		Expect([]any{read(ctx).State, read(ctx).Failure}).To(Equal([]any{7, "broken"}))
		w.given(ctx, video.Published{VideoID: film})
		Expect([]any{read(ctx).State, read(ctx).Failure}).To(Equal([]any{1, ""}))
	})

	It("counts views without a new revision", func(ctx SpecContext) {
		w.given(ctx, theFilm())
		before := read(ctx)
		w.given(ctx, video.ViewsCounted{VideoID: film, Views: 3, From: at(0), To: at(9)},
			video.ViewsCounted{VideoID: film, Views: 4, From: at(9), To: at(18)})
		after := read(ctx)
		Expect(after.Counters).To(Equal(catalog.Counters{Views: 7}))
		after.Counters = before.Counters
		Expect(after).To(Equal(before))
	})

	It("touches its channel's date, which lists do not show, when it is uploaded", func(ctx SpecContext) {
		w.given(ctx, theFilm(), uploaded(2)) // 5, 6
		Expect(read(ctx).Channel.UpdatedAt.UTC()).To(Equal(at(6)))
		Expect(read(ctx).Revision).To(BeEquivalentTo(5))
		Expect(read(ctx).DetailRevision).To(BeEquivalentTo(6))
	})

	It("leaves nothing behind when it is deleted", func(ctx SpecContext) {
		w.given(ctx, theFilm(), hlsRendition(240), video.ViewsCounted{VideoID: film, Views: 3, From: at(0), To: at(9)},
			video.Deleted{VideoID: film, OwnerID: anna})
		_, err := w.Video(ctx, catalog.ByID(film))
		Expect(err).To(beNotFound())
		_, err = w.Source(ctx, film)
		Expect(err).To(beNotFound())
		for _, table := range []string{"videos", "video_sources", "video_files", "video_playlists", "video_counters", "video_views"} {
			var rows int
			Expect(w.engine.DB(catalog.Name).QueryRow(ctx, "select count(*) from "+table).Scan(&rows)).To(Succeed())
			Expect(rows).To(BeZero(), table)
		}
	})

	It("is answered with others in the order asked for", func(ctx SpecContext) {
		second, third := uploaded(2), uploaded(3)
		w.given(ctx, theFilm(), second, third, video.Deleted{VideoID: third.VideoID, OwnerID: anna})
		found, err := w.VideosByID(ctx, []kernel.VideoID{second.VideoID, third.VideoID, film})
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(HaveExactElements(HaveField("Number", BeEquivalentTo(2)), HaveField("Number", BeEquivalentTo(1))))
		Expect(found[0].Files).To(ConsistOf(HaveField("Name", "original-2.mp4")))
	})
})
