package catalog_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

var _ = Describe("Files of a video", func() {
	var w *world
	BeforeEach(func(ctx SpecContext) {
		w = newWorld(ctx)
		w.given(ctx, annaHere...)
		w.given(ctx, theFilm())
	})
	read := func(ctx SpecContext) catalog.Video {
		GinkgoHelper()
		v, err := w.Video(ctx, catalog.ByID(film))
		Expect(err).NotTo(HaveOccurred())
		return v
	}

	It("have torrents, which are found by name", func(ctx SpecContext) {
		w.given(ctx, video.TorrentWritten{VideoID: film, Media: "original-1.mp4", Torrent: video.Torrent{FileName: "a.torrent", InfoHash: "cafe"}})
		Expect(read(ctx).Files).To(HaveExactElements(And(HaveField("TorrentName", "a.torrent"), HaveField("InfoHash", "cafe"))))
		Expect(w.Torrent(ctx, "a.torrent")).To(Equal(catalog.Torrent{VideoName: "Video 1", Resolution: 720}))
		_, err := w.Torrent(ctx, "b.torrent")
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeNotFound))
	})
	It("stream no more when the playlist is removed", func(ctx SpecContext) {
		w.given(ctx, video.PlaylistWritten{VideoID: film, Playlist: video.Playlist{MasterName: "m"}})
		Expect(read(ctx).Playlist).NotTo(BeNil())
		w.given(ctx, video.PlaylistRemoved{VideoID: film, MasterName: "m"})
		Expect(read(ctx).Playlist).To(BeNil())
	})
	It("are made anew out of sight, and the video keeps the time of its publication", func(ctx SpecContext) {
		published := read(ctx).PublishedAt
		w.given(ctx, video.TranscodingRequested{VideoID: film, Kind: video.HLS, Files: []transcoding.Encoding{{Resolution: 720}}})
		Expect(read(ctx).State).To(BeEquivalentTo(video.StateToTranscode))
		w.given(ctx, video.Published{VideoID: film, Again: true})
		Expect(read(ctx).State).To(BeEquivalentTo(video.StatePublished))
		Expect(read(ctx).PublishedAt).To(Equal(published))
	})
	It("give an upload of sound its length and shape", func(ctx SpecContext) {
		w.given(ctx, video.Measured{VideoID: film, Seconds: 7, AspectRatio: 1.5})
		Expect([]any{read(ctx).Seconds, read(ctx).AspectRatio}).To(Equal([]any{7, 1.5}))
	})
})
