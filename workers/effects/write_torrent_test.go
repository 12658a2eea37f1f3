package effects_test

import (
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
	"vidilog/internal/storage"
	"vidilog/workers/effects"
	"vidilog/workers/files"
)

// addresses are those of an instance in tests.
type addresses struct{}

func (addresses) WebVideoURL(_ bool, name string) string { return "https://v.example/web/" + name }
func (addresses) HLSURL(_ bool, id kernel.VideoID, name string) string {
	return "https://v.example/hls/" + id.String() + "/" + name
}

func (addresses) Announced() []string {
	return []string{"wss://v.example/socket", "https://v.example/announce"}
}

var _ = Describe("The torrents of a video", func() {
	var (
		world  *commandstest.World
		videos *commandsvideo.Handlers
		store  *storage.FileSystem
		worker *effects.TorrentWorker
		ada    commandstest.Person
		film   kernel.VideoID
		media  string
	)
	BeforeEach(func() {
		var err error
		world = commandstest.New()
		videos = commandsvideo.New(world.Bus)
		store, err = storage.Open(storage.FoldersBelow(GinkgoT().TempDir()))
		Expect(err).NotTo(HaveOccurred())
		worker = &effects.TorrentWorker{Videos: videos, Files: files.New(store), Addresses: addresses{}, Now: world.Now}
		ada = world.Person("ada", user.Ordinary)
		film = world.Film(ada)
		v, err := videos.Video(GinkgoT().Context(), film)
		Expect(err).NotTo(HaveOccurred())
		media = v.Original
		Expect(os.WriteFile(filepath.Join(store.Folder(storage.WebVideo), media), make([]byte, 1000), 0o600)).To(Succeed())
	})
	write := func(ctx SpecContext, about string) {
		GinkgoHelper()
		work := &river.Job[effects.WriteTorrent]{Args: effects.WriteTorrent{VideoID: film, Media: about, Because: effects.Because{Cause: uuid.New()}}}
		Expect(worker.Work(ctx, work)).To(Succeed())
	}
	read := func(ctx SpecContext) (name string, torrent transcoding.Torrent) {
		GinkgoHelper()
		v, err := videos.Video(ctx, film)
		Expect(err).NotTo(HaveOccurred())
		name = v.Torrents[media]
		content, err := os.ReadFile(filepath.Join(store.Folder(storage.Torrent), name))
		Expect(err).NotTo(HaveOccurred())
		torrent, err = transcoding.ParseTorrent(content)
		Expect(err).NotTo(HaveOccurred())
		return name, torrent
	}
	update := func(ctx SpecContext, change func(*video.Attributes)) {
		GinkgoHelper()
		_, err := videos.Update(ctx, ada.Caller, commandsvideo.Update{VideoID: film, Change: change})
		Expect(err).NotTo(HaveOccurred())
	}

	It("say what a file is called, what is in it and where it is", func(ctx SpecContext) {
		write(ctx, media)
		name, torrent := read(ctx)
		Expect(name).To(HaveSuffix("-720.torrent"))
		Expect(torrent.Name).To(Equal("A film 720p.mkv"))
		Expect(torrent.Length).To(BeEquivalentTo(1000))
		Expect(torrent.Pieces).To(HaveLen(20))
		Expect(torrent.WebSeeds).To(HaveExactElements("https://v.example/web/" + media))
		Expect(torrent.Trackers).To(Equal(addresses{}.Announced()))
	})
	It("follow the name without reading the file again", func(ctx SpecContext) {
		write(ctx, media)
		before, old := read(ctx)
		Expect(os.Remove(filepath.Join(store.Folder(storage.WebVideo), media))).To(Succeed())
		update(ctx, func(a *video.Attributes) { a.Name = "Another: film" })
		write(ctx, "")
		after, torrent := read(ctx)
		Expect(after).NotTo(Equal(before))
		Expect(torrent.Name).To(Equal("Another- film 720p.mkv"))
		Expect(torrent.Pieces).To(Equal(old.Pieces))
		Expect(torrent.InfoHash()).NotTo(Equal(old.InfoHash()))
	})
	It("name no address of a file that is not for everybody, and keep their hash", func(ctx SpecContext) {
		write(ctx, media)
		_, old := read(ctx)
		update(ctx, func(a *video.Attributes) { a.Privacy = video.Private })
		_, err := videos.MoveFiles(ctx, commandstest.System, commandsvideo.MoveFiles{VideoID: film, Private: true})
		Expect(err).NotTo(HaveOccurred())
		write(ctx, "")
		_, torrent := read(ctx)
		Expect(torrent.WebSeeds).To(BeEmpty())
		Expect(torrent.InfoHash()).To(Equal(old.InfoHash()))
	})
	It("stay when nothing has changed", func(ctx SpecContext) {
		write(ctx, media)
		before, _ := read(ctx)
		write(ctx, "")
		after, _ := read(ctx)
		Expect(after).To(Equal(before))
	})
	It("are not made of a video that is gone, and leave nothing", func(ctx SpecContext) {
		_, err := videos.Delete(ctx, ada.Caller, commandsvideo.Delete{VideoID: film})
		Expect(err).NotTo(HaveOccurred())
		write(ctx, media)
		Expect(os.ReadDir(store.Folder(storage.Torrent))).To(BeEmpty())
	})
})
