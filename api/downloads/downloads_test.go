package downloads_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/downloads"
	"vidilog/api/rest/access"
	"vidilog/api/shape"
	"vidilog/commands"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/storage"
	"vidilog/projections/catalog"
)

// glue puts files one behind the other: what ffmpeg makes of them is tested with it.
type glue struct {
	cover string
	fails error // after what has been written
	says  string
}

func (g *glue) Remux(_ context.Context, inputs []string, cover string, to io.Writer) error {
	g.cover = cover
	if g.fails != nil {
		if g.says != "" {
			_, _ = io.WriteString(to, g.says)
		}
		return g.fails
	}
	for _, input := range inputs {
		content, err := os.ReadFile(input)
		if err != nil {
			return err
		}
		if _, err := to.Write(content); err != nil {
			return err
		}
	}
	return nil
}

var _ = Describe("Downloads", Ordered, func() {
	var (
		owner           commands.Caller
		public, private catalog.Video
		remuxer         *glue
		api             *downloads.API
		routes          http.Handler
	)
	const sound, picture = 9001, 9002

	BeforeAll(func(ctx SpecContext) {
		w := apitest.New(ctx)
		p := w.Person("ada", user.Ordinary)
		owner = p.Caller
		named := func(u *commandsvideo.Upload) { u.Attributes.Name = `A/film "one"` }
		public, private = w.Show(ctx, p, video.Public, named), w.Show(ctx, p, video.PasswordProtected)
		w.Given(ctx, public.ID.Stream(),
			video.RenditionAdded{VideoID: public.ID, Rendition: video.Rendition{FileID: sound, Kind: video.HLS, Bytes: 5, FileName: "sound-0-fragmented.mp4", PlaylistName: "s.m3u8", HasAudio: true}},
			video.RenditionAdded{VideoID: public.ID, Rendition: video.Rendition{FileID: picture, Kind: video.HLS, Resolution: 360, Bytes: 7, FileName: "picture-360-fragmented.mp4", PlaylistName: "p.m3u8", HasVideo: true}})
		var err error
		public, err = w.Catalog.Video(ctx, catalog.ByID(public.ID))
		Expect(err).NotTo(HaveOccurred())
		store, err := storage.Open(storage.FoldersBelow(GinkgoT().TempDir()))
		Expect(err).NotTo(HaveOccurred())
		for at, content := range map[storage.Location]string{
			{Kind: storage.WebVideo, Name: original(public).Name}:                         "film",
			{Kind: storage.PrivateWebVideo, Name: original(private).Name}:                 "secret",
			{Kind: storage.HLS, Name: public.ID.String() + "/sound-0-fragmented.mp4"}:     "sound",
			{Kind: storage.HLS, Name: public.ID.String() + "/picture-360-fragmented.mp4"}: "picture",
		} {
			_, err := store.Put(ctx, at, strings.NewReader(content))
			Expect(err).NotTo(HaveOccurred())
		}
		api = &downloads.API{
			Catalog: w.Catalog, Store: store, Logger: slog.New(slog.DiscardHandler), Admit: w.Guard().Files,
			Limit: func(next http.Handler) http.Handler { return next },
		}
	})
	BeforeEach(func() {
		remuxer = &glue{}
		api.Remuxer = remuxer
		routes = api.Router()
	})
	get := func(as commands.Caller, path string, headers ...string) apitest.Answer {
		return apitest.Ask(routes, as, http.MethodGet, "/download"+path, "", headers...)
	}
	generate := func(v catalog.Video, query string) apitest.Answer {
		return get(commands.Anonymous(), "/videos/generate/"+v.ID.String()+"?"+query)
	}

	Describe("of one file", func() {
		It("have a name for people", func() {
			for _, id := range []string{public.ID.String(), shape.ShortUUID(public.ID.UUID), strconv.FormatInt(public.Number, 10)} {
				a := get(commands.Anonymous(), "/web-videos/"+id+"-720.mp4")
				Expect([]any{a.Status, a.Body}).To(Equal([]any{200, "film"}), id)
				Expect(a.Header.Get("Content-Disposition")).To(HavePrefix(`attachment; filename="A_film \"one\"-720p`))
			}
			a := get(commands.Anonymous(), "/streaming-playlists/hls/videos/"+public.ID.String()+"-360-fragmented.mp4")
			Expect([]any{a.Status, a.Body}).To(Equal([]any{200, "picture"}))
		})
		It("may be gone on with, and are not sent twice", func() {
			path := "/web-videos/" + public.ID.String() + "-720.mp4"
			a := get(commands.Anonymous(), path, "Range", "bytes=1-")
			Expect([]any{a.Status, a.Body, a.Header.Get("Cache-Control")}).To(Equal([]any{206, "ilm", "public, max-age=0"}))
			Expect(get(commands.Anonymous(), path, "If-None-Match", a.Header.Get("Etag")).Status).To(Equal(http.StatusNotModified))
		})
		DescribeTable("are not found", func(path string, status int) {
			Expect(get(commands.Anonymous(), strings.ReplaceAll(path, "{id}", public.ID.String())).Status).To(Equal(status))
		},
			Entry("in another resolution", "/web-videos/{id}-1080.mp4", 404), Entry("in a resolution beyond all numbers", "/web-videos/{id}-99999999999999999999.mp4", 404),
			Entry("without one", "/web-videos/{id}.mp4", 404), Entry("of another kind", "/streaming-playlists/hls/videos/{id}-720-fragmented.mp4", 404),
			Entry("of no video", "/web-videos/9c9de5e8-0a1e-484a-b099-e80766180a6d-720.mp4", 404), Entry("of no id", "/web-videos/a$b-720.mp4", 400))
		It("are for those who may read the files", func() {
			path := "/web-videos/" + private.ID.String() + "-720.mp4"
			Expect(get(commands.Anonymous(), path).Status).To(Equal(http.StatusForbidden))
			Expect(get(commands.Anonymous(), path, access.PasswordHeader, "wrong").Status).To(Equal(http.StatusForbidden))
			Expect(get(commands.Anonymous(), path, access.PasswordHeader, apitest.Password).Body).To(Equal("secret"))
			a := get(owner, path)
			Expect([]any{a.Body, a.Header.Get("Cache-Control")}).To(Equal([]any{"secret", "private, max-age=0"}))
		})
	})

	Describe("made of several files", func() {
		ids := func(list ...int) string {
			var q []string
			for _, id := range list {
				q = append(q, "videoFileIds="+strconv.Itoa(id))
			}
			return strings.Join(q, "&")
		}
		It("join picture and sound", func() {
			a := generate(public, ids(picture, sound))
			Expect([]any{a.Status, len(a.Body), a.Header.Get("Content-Type")}).To(Equal([]any{200, len("picturesound"), "video/mp4"}))
			Expect(a.Header.Get("Content-Disposition")).To(ContainSubstring(".mp4"))
		})
		It("are sound files when only sound is wanted", func() {
			a := generate(public, ids(sound))
			Expect([]any{a.Body, a.Header.Get("Content-Type")}).To(Equal([]any{"sound", "audio/mp4"}))
			Expect(a.Header.Get("Content-Disposition")).To(ContainSubstring(".m4a"))
		})
		DescribeTable("are refused", func(query func() string, status int) {
			Expect(generate(public, query()).Problem()).To(HaveKeyWithValue("status", float64(status)))
		},
			Entry("of no files", func() string { return "" }, 400), Entry("of three", func() string { return ids(1, 2, 3) }, 400),
			Entry("of words", func() string { return "videoFileIds=a" }, 400), Entry("of files of another video", func() string { return ids(424242) }, 404),
			Entry("of two pictures", func() string { return ids(int(original(public).Number), picture) }, 400))
		It("are for those who may read the files", func() {
			query := ids(int(original(private).Number))
			Expect(generate(private, query).Status).To(Equal(http.StatusForbidden))
			Expect(get(owner, "/videos/generate/"+private.ID.String()+"?"+query).Body).To(Equal("secret"))
		})
		It("answer an error as long as nothing was sent, and else break off", func() {
			remuxer.fails = errors.New("broken")
			a := generate(public, ids(sound))
			Expect(a.Problem()).To(HaveKeyWithValue("status", 500.0))
			Expect(a.Header).NotTo(HaveKey("Content-Disposition"))
			remuxer.says = "half"
			Expect(func() { generate(public, ids(sound)) }).To(PanicWith(http.ErrAbortHandler))
		})
	})
})

// original is the file that was uploaded.
func original(v catalog.Video) catalog.File { return v.FilesOf(catalog.WebVideo)[0] }
