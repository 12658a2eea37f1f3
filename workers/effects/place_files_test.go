package effects_test

import (
	"context"
	"os"
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/riverqueue/river"

	"vidilog/commands/commandstest"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/storage"
	"vidilog/workers/effects"
	"vidilog/workers/files"
)

// interrupted lets something happen once when files have been linked and the log does not say so yet.
type interrupted struct {
	*files.Files
	then func()
}

func (i *interrupted) LinkRendition(kind video.RenditionKind, id kernel.VideoID, names []string, toPrivate bool) error {
	err := i.Files.LinkRendition(kind, id, names, toPrivate)
	if then := i.then; then != nil && kind == video.HLS {
		i.then = nil
		then()
	}
	return err
}

var _ = Describe("Moving the files of a video whose privacy changes", func() {
	ctx := context.Background()
	var (
		world  *commandstest.World
		ada    commandstest.Person
		videos *commandsvideo.Handlers
		places *interrupted
		mover  *effects.PlaceWorker
		film   kernel.VideoID
		name   string
		// lingering are removals that wait for their time.
		lingering []effects.Removal
	)
	BeforeEach(func() {
		world = commandstest.New()
		ada, videos = world.Person("ada", user.Ordinary), commandsvideo.New(world.Bus)
		store, err := storage.Open(storage.FoldersBelow(GinkgoT().TempDir()))
		Expect(err).NotTo(HaveOccurred())
		places = &interrupted{Files: files.New(store)}
		lingering = nil
		mover = &effects.PlaceWorker{Videos: videos, Files: places, Lingering: func(context.Context, kernel.VideoID) ([]effects.Removal, error) {
			return lingering, nil
		}}
		film = world.Film(ada, func(c *commandsvideo.Upload) { c.Attributes.Privacy, name = video.Private, c.FileName })
		write(places.WebVideo(true, name))
	})
	turn := func(privacy video.Privacy) {
		_, err := videos.Update(ctx, ada.Caller, commandsvideo.Update{VideoID: film, Change: func(a *video.Attributes) { a.Privacy = privacy }})
		Expect(err).NotTo(HaveOccurred())
	}
	move := func() error {
		return mover.Work(ctx, &river.Job[effects.PlaceFiles]{Args: effects.PlaceFiles{VideoID: film}})
	}
	// where answers whether there are public and private files, and which the log names.
	where := func() []bool {
		v, err := videos.Video(ctx, film)
		Expect(err).NotTo(HaveOccurred())
		return []bool{exists(places.WebVideo(false, name)), exists(places.WebVideo(true, name)), v.PrivateFiles}
	}

	It("takes them where the privacy wants them, and doing it twice comes to the same", func() {
		turn(video.Public)
		Expect(move()).To(Succeed())
		Expect(where()).To(Equal([]bool{true, false, false}))
		Expect(move()).To(Succeed())
		turn(video.Internal)
		Expect(move()).To(Succeed())
		Expect(where()).To(Equal([]bool{false, true, true}))
	})
	It("leaves nothing in public when the privacy has changed back meanwhile", func() {
		turn(video.Public)
		places.then = func() { turn(video.Private) }
		Expect(move()).To(Succeed())
		Expect(where()).To(Equal([]bool{false, true, true}))
	})
	It("goes on where a crash has ended it: the place that the log names always has all of them", func() {
		turn(video.Public)
		Expect(places.LinkRendition(video.WebVideo, film, []string{name}, false)).To(Succeed())
		Expect(where()).To(Equal([]bool{true, true, true}), "linked, not recorded")
		_, err := videos.MoveFiles(ctx, commandstest.System, commandsvideo.MoveFiles{VideoID: film})
		Expect(err).NotTo(HaveOccurred())
		Expect(where()).To(Equal([]bool{true, true, false}), "recorded, not taken away")
		Expect(move()).To(Succeed())
		Expect(where()).To(Equal([]bool{true, false, false}))
	})
	It("hides what waits for its removal once the video leaves public, and no sooner", func() {
		const replaced, media, playlist = "replaced-720.mp4", "replaced-fragmented.mp4", "replaced.m3u8"
		hls := func(private bool, name string) string {
			folder, err := places.HLSDirectory(private, film)
			Expect(err).NotTo(HaveOccurred())
			return filepath.Join(folder, name)
		}
		lingering = []effects.Removal{
			{VideoID: film, Kind: video.WebVideo, Names: []string{replaced}, Torrent: "replaced.torrent"},
			{VideoID: film, Kind: video.HLS, Names: []string{media, playlist}},
			{VideoID: film, Thumbnail: "replaced.jpg"},
		}
		turn(video.Public)
		for _, path := range []string{places.WebVideo(false, replaced), hls(false, media), hls(false, playlist)} {
			write(path)
		}
		Expect(move()).To(Succeed())
		Expect(exists(places.WebVideo(false, replaced))).To(BeTrue(), "players may go on reading")
		turn(video.Private)
		Expect(move()).To(Succeed())
		for _, path := range []string{places.WebVideo(false, replaced), hls(false, media), hls(false, playlist), places.WebVideo(true, replaced)} {
			Expect(exists(path)).To(BeFalse(), path)
		}
		Expect(where()).To(Equal([]bool{false, true, true}))
	})
	It("takes along a rendition that a job has written into the old place meanwhile", func() {
		turn(video.Public)
		late := video.Rendition{Kind: video.WebVideo, Resolution: 240, FileName: "late-240.mp4"}
		places.then = func() {
			write(places.WebVideo(true, late.FileName))
			world.Record(film.Stream(), video.RenditionAdded{VideoID: film, Rendition: late})
		}
		Expect(move()).To(Succeed())
		Expect(exists(places.WebVideo(true, late.FileName))).To(BeTrue())
		Expect(move()).To(Succeed(), "asked for by the rendition")
		Expect(exists(places.WebVideo(true, late.FileName))).To(BeFalse())
		Expect(exists(places.WebVideo(false, late.FileName))).To(BeTrue())
	})
})

func write(path string) {
	Expect(os.MkdirAll(filepath.Dir(path), 0o755)).To(Succeed())
	Expect(os.WriteFile(path, []byte("film"), 0o600)).To(Succeed())
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
