package videos_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/rest/uploads"
	"vidilog/commands/commandstest"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
	"vidilog/internal/storage"
	"vidilog/projections/catalog"
)

// probed says of every file what ffprobe said of one: these tests are about the answer, not about films.
type probed transcoding.Probe

func (p probed) Probe(context.Context, string) (transcoding.Probe, error) {
	return transcoding.Probe(p), nil
}

// form is the body of an upload.
func form(channel int64) (body, contentType string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, value := range map[string]string{"name": "A film", "channelId": fmt.Sprint(channel), "privacy": "1"} {
		Expect(w.WriteField(name, value)).To(Succeed())
	}
	file, err := w.CreateFormFile("videofile", "film.mp4")
	Expect(err).NotTo(HaveOccurred())
	_, err = file.Write([]byte("a film"))
	Expect(err).NotTo(HaveOccurred())
	Expect(w.Close()).To(Succeed())
	return b.String(), w.FormDataContentType()
}

var _ = Describe("The answer of an upload", func() {
	var (
		w   *apitest.World
		ada commandstest.Person
	)
	upload := func(within time.Duration) <-chan apitest.Answer {
		GinkgoHelper()
		store, err := storage.Open(storage.FoldersBelow(GinkgoT().TempDir()))
		Expect(err).NotTo(HaveOccurred())
		api := w.Videos()
		api.Files, api.Prober = store, probed(w.Upload(ada).Probe)
		api.Settings = func() transcoding.Settings { return transcoding.Settings{} }
		api.Defaults = func() video.Attributes { return w.Upload(ada).Attributes }
		api.Kinds = func() uploads.Kinds { return uploads.KindsFor(false, false, false) }
		api.KeepsOriginals = func() bool { return false }
		api.Pictures = uploads.Pictures{
			Videos: w.Catalog.VideosByID, Within: within,
			Position: func() eventstore.Position { return w.Engine.Position(catalog.Name) },
			Past: func(ctx context.Context, position eventstore.Position) bool {
				return w.Engine.Past(ctx, catalog.Name, position)
			},
		}
		body, contentType := form(ada.ChannelIntegerID)
		answered := make(chan apitest.Answer, 1)
		go func() {
			answered <- apitest.Ask(api.Router(), ada.Caller, http.MethodPost, "/api/v1/videos/upload", body, "Content-Type", contentType)
		}()
		return answered
	}
	uploaded := func(ctx context.Context) (id kernel.VideoID) {
		GinkgoHelper()
		Eventually(ctx, func() int {
			page, err := w.Catalog.MyVideos(ctx, ada.UserID, catalog.Filter{Count: 1})
			Expect(err).NotTo(HaveOccurred())
			if len(page.Keys) > 0 {
				id = page.Keys[0].ID
			}
			return len(page.Keys)
		}).Should(Equal(1))
		return id
	}
	BeforeEach(func(ctx SpecContext) {
		w = apitest.New(ctx)
		ada = w.Person("ada", user.Ordinary)
		w.Settle(ctx)
	})

	It("waits for thumbnail and preview, which are made beside it", func(ctx SpecContext) {
		answered := upload(time.Minute)
		id := uploaded(ctx)
		Consistently(answered).WithTimeout(200 * time.Millisecond).ShouldNot(Receive())
		_, err := commandsvideo.New(w.Bus).AttachPictures(ctx, commandstest.System, commandsvideo.AttachPictures{
			VideoID: id, Pictures: video.Pictures{Thumbnail: "t.jpg", Preview: "p.jpg", Generated: true},
		})
		Expect(err).NotTo(HaveOccurred())
		Eventually(ctx, answered).Should(Receive(HaveField("Status", http.StatusOK)))
	}, NodeTimeout(50*time.Second))

	It("comes without them when they take too long, and the video stands", func(ctx SpecContext) {
		answered := upload(100 * time.Millisecond)
		Eventually(ctx, answered).Should(Receive(HaveField("Status", http.StatusOK)))
		uploaded(ctx)
	}, NodeTimeout(50*time.Second))
})
