package effects_test

import (
	"context"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands/commandstest"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/storage"
	"vidilog/workers/effects"
	"vidilog/workers/files"
)

var _ = Describe("Removing everything of a video", func() {
	ctx := context.Background()

	It("waits for its deletion, and may be done twice", func() {
		world := commandstest.New()
		ada, videos := world.Person("ada", user.Ordinary), commandsvideo.New(world.Bus)
		store, err := storage.Open(storage.FoldersBelow(GinkgoT().TempDir()))
		Expect(err).NotTo(HaveOccurred())
		places := files.New(store)
		remover := &effects.Remover{Videos: videos, Files: places, Lingering: func(context.Context, kernel.VideoID) ([]effects.Removal, error) {
			return []effects.Removal{{Preview: "replaced.jpg"}}, nil
		}}
		var name string
		film := world.Film(ada, func(c *commandsvideo.Upload) { name = c.FileName })
		_, err = videos.AttachPictures(ctx, ada.Caller, commandsvideo.AttachPictures{
			VideoID: film, Pictures: video.Pictures{Thumbnail: "t.jpg", Preview: "p.jpg"},
		})
		Expect(err).NotTo(HaveOccurred())
		all := []string{places.WebVideo(false, name), places.Thumbnail("t.jpg"), places.Preview("p.jpg"), places.Preview("replaced.jpg")}
		for _, path := range all {
			write(path)
		}

		Expect(remover.Everything(ctx, film)).To(Succeed())
		for _, path := range all {
			Expect(exists(path)).To(BeTrue(), "%s of a video that stands", path)
		}
		_, err = videos.Delete(ctx, ada.Caller, commandsvideo.Delete{VideoID: film})
		Expect(err).NotTo(HaveOccurred())
		Expect(remover.Everything(ctx, film)).To(Succeed())
		for _, path := range all {
			Expect(exists(path)).To(BeFalse(), path)
		}
		Expect(remover.Everything(ctx, film)).To(Succeed())
	})
})
