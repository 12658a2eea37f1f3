package manifest_test

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"testing"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/catalog/catalogtest"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
	"vidilog/projections/manifest"
)

func TestManifest(t *testing.T) {
	NewWithT(t).Expect(flag.Set("rapid.checks", "40")).To(Succeed())
	RegisterFailHandler(Fail)
	RunSpecs(t, "Manifest")
}

var (
	quiet = engine.Options{Logger: slog.New(slog.DiscardHandler)}
	film  = kernel.VideoID{UUID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("film"))}
	other = kernel.VideoID{UUID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("other"))}
)

type world struct {
	*manifest.Manifest
	log    *enginetest.Log
	engine *engine.Engine
}

func newWorld(ctx context.Context) *world {
	GinkgoHelper()
	log := enginetest.NewLog()
	e, err := engine.Open(ctx, testpg.DSN(GinkgoT()), log, []engine.Definition{manifest.Definition()}, quiet)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(e.Close)
	return &world{Manifest: manifest.New(e.DB(manifest.Name)), log: log, engine: e}
}

func (w *world) given(ctx context.Context, events ...kernel.Event) {
	GinkgoHelper()
	at := w.log.Append()
	for _, e := range events {
		at = w.log.Append(enginetest.Fact{Stream: film.Stream(), Data: e})
	}
	Expect(w.engine.Wait(ctx, []string{manifest.Name}, at)).To(BeTrue(), "the model does not follow")
}

// names are the files of the film as area/name.
func (w *world) names(ctx context.Context) []string {
	GinkgoHelper()
	files, err := w.OfVideo(ctx, film)
	Expect(err).NotTo(HaveOccurred())
	var all []string
	for _, f := range files {
		all = append(all, string(f.Area)+"/"+f.Name)
	}
	return all
}

func uploaded(id kernel.VideoID, name string) video.Uploaded {
	return video.Uploaded{VideoID: id, Original: video.Rendition{Kind: video.WebVideo, FileName: name, Bytes: 12}}
}

func hls(name string) video.RenditionAdded {
	return video.RenditionAdded{VideoID: film, Rendition: video.Rendition{
		Kind: video.HLS, FileName: name + "-fragmented.mp4", PlaylistName: name + ".m3u8", Bytes: 34,
	}}
}

func playlist(round, before string) video.PlaylistWritten {
	e := video.PlaylistWritten{VideoID: film, Playlist: video.Playlist{MasterName: round + "-master.m3u8", HashesName: round + "-hashes.json"}}
	if before != "" {
		e.ReplacedMaster, e.ReplacedHashes = before+"-master.m3u8", before+"-hashes.json"
	}
	return e
}

var _ = Describe("The manifest", func() {
	var w *world
	BeforeEach(func(ctx SpecContext) { w = newWorld(ctx) })

	It("holds the storyboard of the moment", func(ctx SpecContext) {
		w.given(ctx, uploaded(film, "o.mov"), video.StoryboardAttached{VideoID: film, Storyboard: video.Storyboard{FileName: "a.jpg"}})
		Expect(w.names(ctx)).To(ConsistOf("web-videos/o.mov", "storyboards/a.jpg"))
		w.given(ctx, video.StoryboardAttached{VideoID: film, Storyboard: video.Storyboard{FileName: "b.jpg"}, Replaced: "a.jpg"})
		Expect(w.names(ctx)).To(ConsistOf("web-videos/o.mov", "storyboards/b.jpg"))
	})

	It("holds the torrent of a file as long as the file", func(ctx SpecContext) {
		torrent := func(name, replaced string) video.TorrentWritten {
			return video.TorrentWritten{VideoID: film, Media: "o.mov", Torrent: video.Torrent{FileName: name}, Replaced: replaced}
		}
		w.given(ctx, uploaded(film, "o.mov"), torrent("a.torrent", ""), torrent("b.torrent", "a.torrent"))
		Expect(w.names(ctx)).To(ConsistOf("web-videos/o.mov", "torrents/b.torrent"))
		w.given(ctx, video.RenditionRemoved{VideoID: film, Kind: video.WebVideo, FileName: "o.mov", TorrentName: "b.torrent"})
		Expect(w.names(ctx)).To(BeEmpty())
	})

	It("forgets the playlists of a video that no longer streams", func(ctx SpecContext) {
		w.given(ctx, uploaded(film, "o.mov"), playlist("1", ""),
			video.PlaylistRemoved{VideoID: film, MasterName: "1-master.m3u8", HashesName: "1-hashes.json"})
		Expect(w.names(ctx)).To(ConsistOf("web-videos/o.mov"))
	})

	It("holds the original, and what takes its place", func(ctx SpecContext) {
		w.given(ctx, uploaded(film, "o.mov"))
		Expect(w.OfVideo(ctx, film)).To(HaveExactElements(manifest.File{
			Area: manifest.WebVideos, VideoID: film, Name: "o.mov", Bytes: 12, Since: 1,
		}))
		w.given(ctx, video.RenditionRemoved{VideoID: film, Kind: video.WebVideo, FileName: "o.mov"},
			video.RenditionAdded{VideoID: film, Rendition: video.Rendition{Kind: video.WebVideo, FileName: "n.mp4", Bytes: 9}})
		Expect(w.names(ctx)).To(Equal([]string{"web-videos/n.mp4"}))
	})

	It("holds HLS files and the playlist in force", func(ctx SpecContext) {
		w.given(ctx, uploaded(film, "o.mov"), hls("a"), playlist("1", ""), hls("b"), playlist("2", "1"))
		Expect(w.names(ctx)).To(Equal([]string{
			"hls/2-hashes.json", "hls/2-master.m3u8", "hls/a-fragmented.mp4", "hls/a.m3u8", "hls/b-fragmented.mp4", "hls/b.m3u8",
			"web-videos/o.mov",
		}))
		w.given(ctx, video.RenditionRemoved{VideoID: film, Kind: video.HLS, FileName: "a-fragmented.mp4", PlaylistName: "a.m3u8"})
		Expect(w.names(ctx)).NotTo(ContainElement(HavePrefix("hls/a")))
		f, found, err := w.File(ctx, manifest.HLS, "b.m3u8")
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeTrue())
		Expect(f.Bytes).To(BeEquivalentTo(-1), "the log does not say how large a playlist is")
		Expect(f.Since).To(BeEquivalentTo(4))
	})

	It("exchanges one picture and keeps the other since it was there", func(ctx SpecContext) {
		w.given(ctx, uploaded(film, "o.mov"),
			video.PicturesAttached{VideoID: film, Pictures: video.Pictures{Thumbnail: "t1.jpg", Preview: "p.jpg"}},
			video.PicturesAttached{
				VideoID: film, Pictures: video.Pictures{Thumbnail: "t2.jpg", Preview: "p.jpg"}, Replaced: video.Pictures{Thumbnail: "t1.jpg"},
			})
		Expect(w.names(ctx)).To(Equal([]string{"previews/p.jpg", "thumbnails/t2.jpg", "web-videos/o.mov"}))
		f, _, err := w.File(ctx, manifest.Previews, "p.jpg")
		Expect(err).NotTo(HaveOccurred())
		Expect(f.Since).To(BeEquivalentTo(2))
	})

	It("says where the files lie", func(ctx SpecContext) {
		hidden := uploaded(film, "o.mov")
		hidden.PrivateFiles = true
		w.given(ctx, hidden)
		Expect(w.OfVideo(ctx, film)).To(HaveEach(HaveField("IsPrivate", true)))
		w.given(ctx, video.FilesMoved{VideoID: film})
		Expect(w.OfVideo(ctx, film)).To(HaveEach(HaveField("IsPrivate", false)))
	})

	It("wants nothing of a deleted video", func(ctx SpecContext) {
		w.given(ctx, uploaded(film, "o.mov"), hls("a"), playlist("1", ""), uploaded(other, "x.mov"), video.Deleted{VideoID: film})
		Expect(w.names(ctx)).To(BeEmpty())
		_, found, err := w.File(ctx, manifest.HLS, "a.m3u8")
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeFalse())
		Expect(w.OfVideo(ctx, other)).To(HaveLen(1))
	})

	It("is walked by area in the bytewise order of names", func(ctx SpecContext) {
		w.given(ctx, uploaded(film, "b.mov"), uploaded(other, "B.mov"), hls("z"))
		walk := func(area manifest.Area) (names []string) {
			Expect(w.Each(ctx, area, func(f manifest.File) error { names = append(names, f.Name); return nil })).To(Succeed())
			return names
		}
		Expect(walk(manifest.WebVideos)).To(Equal([]string{"B.mov", "b.mov"}))
		Expect(walk(manifest.HLS)).To(Equal([]string{"z-fragmented.mp4", "z.m3u8"}))
		enough := errors.New("enough")
		Expect(w.Each(ctx, manifest.HLS, func(manifest.File) error { return enough })).To(MatchError(enough))
	})

	It("is the same however the log is cut, and by COPY", func() {
		enginetest.CheckSplits(GinkgoT(), testpg.DSN(GinkgoT()), manifest.Definition(), func(t *rapid.T) []enginetest.Fact {
			shape := catalogtest.Shape{
				Videos: rapid.IntRange(0, 8).Draw(t, "videos"), Seed: rapid.Uint64().Draw(t, "seed"),
				Faults: 300, Deletions: 400, Hidden: 400, WithoutJobs: true,
			}
			var facts []enginetest.Fact
			for e := range shape.Events() {
				facts = append(facts, enginetest.Fact{Stream: e.Stream, Data: e.Data})
			}
			return facts
		})
	})
})
