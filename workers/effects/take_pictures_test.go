package effects_test

import (
	"log/slog"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/riverqueue/river"

	"vidilog/commands/commandstest"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
	"vidilog/internal/storage"
	"vidilog/workers/effects"
	"vidilog/workers/files"
	"vidilog/workers/media"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("The pictures of an upload", func() {
	var (
		world  *commandstest.World
		videos *commandsvideo.Handlers
		worker *effects.PicturesWorker
		film   kernel.VideoID
		known  transcoding.Probe
		source string
	)
	BeforeEach(func(ctx SpecContext) {
		world = commandstest.New()
		videos = commandsvideo.New(world.Bus)
		store, err := storage.Open(storage.FoldersBelow(GinkgoT().TempDir()))
		Expect(err).NotTo(HaveOccurred())
		path := mediatest.Video(GinkgoT(), mediatest.Spec{Seconds: 1})
		known, err = media.New(media.Options{}).Probe(ctx, path)
		Expect(err).NotTo(HaveOccurred())
		film = world.Film(world.Person("ada", user.Ordinary))
		v, err := videos.Video(ctx, film)
		Expect(err).NotTo(HaveOccurred())
		source = v.Original
		content, err := os.ReadFile(path)
		Expect(err).NotTo(HaveOccurred())
		Expect(os.WriteFile(filepath.Join(store.Folder(storage.WebVideo), source), content, 0o600)).To(Succeed())
		worker = &effects.PicturesWorker{
			Videos: videos, Files: files.New(store), Logger: slog.New(slog.DiscardHandler),
			Tools: media.New(media.Options{FFprobe: "ffprobe-that-nobody-has"}),
		}
	})
	take := func(ctx SpecContext, work effects.TakePictures) error {
		work.VideoID, work.Because = film, effects.Because{Cause: uuid.New()}
		return worker.Work(ctx, &river.Job[effects.TakePictures]{Args: work})
	}

	It("are taken without looking again at what the upload has found out", func(ctx SpecContext) {
		Expect(take(ctx, effects.TakePictures{Media: source, Probe: known})).To(Succeed())
		v, err := videos.Video(ctx, film)
		Expect(err).NotTo(HaveOccurred())
		Expect(v.Pictures.Thumbnail).NotTo(BeEmpty())
		Expect(worker.Files.Preview(v.Pictures.Preview)).To(BeARegularFile())
	})
	It("are taken of another file only when that has been looked at", func(ctx SpecContext) {
		Expect(take(ctx, effects.TakePictures{Media: "before.mp4", Probe: known})).To(MatchError(ContainSubstring("ffprobe-that-nobody-has")))
	})
	DescribeTable("are asked for with what is known of the file, without its chapters", func(fact kernel.Event, isAnew bool) {
		Expect(effects.Follow(eventstore.Event{Data: fact})).To(ContainElement(effects.TakePictures{
			Anew: isAnew, Media: "film.mp4", Probe: transcoding.Probe{Container: "mov", Duration: 3},
		}))
	},
		Entry("of an upload", video.Uploaded{
			Original: video.Rendition{FileName: "film.mp4"},
			Probe:    transcoding.Probe{Container: "mov", Duration: 3, Chapters: []transcoding.Chapter{{Title: "One"}}},
		}, false),
		Entry("of a file that replaces one", video.SourceReplaced{
			Original: video.Rendition{FileName: "film.mp4"},
			Probe:    transcoding.Probe{Container: "mov", Duration: 3, Chapters: []transcoding.Chapter{{Title: "One"}}},
		}, true),
	)
})
