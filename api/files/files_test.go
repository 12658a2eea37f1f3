package files_test

import (
	"context"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/files"
	"vidilog/api/rest/access"
	"vidilog/commands"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/internal/embedded/testredis"
	"vidilog/internal/ops/filetokens"
	"vidilog/internal/storage"
	"vidilog/projections/catalog"
)

// master is a playlist as ours are written.
const master = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nb-720.m3u8\n#EXT-X-MAP:URI=\"b-720-fragmented.mp4\",BYTERANGE=\"1@0\"\n"

var _ = Describe("Files", Ordered, func() {
	var (
		owner, stranger commands.Caller
		public, private catalog.Video
		others          catalog.Video // private, the stranger's
		token           string
		api             *files.API
		isOpen          bool
	)
	BeforeAll(func(ctx SpecContext) {
		w := apitest.New(ctx)
		p, q := w.Person("owner", user.Ordinary), w.Person("stranger", user.Ordinary)
		owner, stranger = p.Caller, q.Caller
		public, private, others = w.Show(ctx, p, video.Public), w.Show(ctx, p, video.Private), w.Show(ctx, q, video.Private)
		tokens := filetokens.Store{Client: testredis.Client(GinkgoT()), Prefix: "redis-test"}
		var err error
		token, _, err = tokens.Issue(ctx, private.ID.UUID, time.Now())
		Expect(err).NotTo(HaveOccurred())
		store, err := storage.Open(storage.FoldersBelow(GinkgoT().TempDir()))
		Expect(err).NotTo(HaveOccurred())
		for _, v := range []catalog.Video{private, others} {
			for name, content := range map[string]string{"a-master.m3u8": master, "b-720.m3u8": master, "b-720-fragmented.mp4": "bytes"} {
				put(ctx, store, storage.Location{Kind: storage.PrivateHLS, Name: v.ID.String() + "/" + name}, content)
			}
			put(ctx, store, storage.Location{Kind: storage.PrivateWebVideo, Name: v.Files[0].Name}, "film")
		}
		put(ctx, store, storage.Location{Kind: storage.WebVideo, Name: public.Files[0].Name}, "film")
		put(ctx, store, storage.Location{Kind: storage.HLS, Name: public.ID.String() + "/a-master.m3u8"}, master)
		put(ctx, store, storage.Location{Kind: storage.Thumbnail, Name: "a.jpg"}, "picture")
		api = &files.API{
			Catalog: w.Catalog, Store: store, IsOpen: func() bool { return isOpen },
			Access: &access.Guard{Catalog: w.Catalog, Passwords: commandsvideo.New(w.Bus), Tokens: tokens},
		}
	})
	BeforeEach(func() { api.Rights, isOpen = files.NewRights(), false })

	get := func(as commands.Caller, path string, headers ...string) apitest.Answer {
		return apitest.Ask(api, as, http.MethodGet, path, "", headers...)
	}
	hls := func(of catalog.Video, file string) string {
		return "/static/streaming-playlists/hls/private/" + of.ID.String() + "/" + file
	}
	Describe("of private videos", func() {
		It("are for nobody without a credential", func() {
			a := get(commands.Anonymous(), hls(private, "b-720-fragmented.mp4"))
			Expect(a.Problem()).To(And(HaveKeyWithValue("status", 403.0),
				HaveKeyWithValue("detail", "Video password header, video file token query parameter and bearer token are all missing")))
		})
		It("are for the owner and for nobody else who is logged in", func() {
			for _, path := range []string{hls(private, "b-720-fragmented.mp4"), "/static/web-videos/private/" + private.Files[0].Name, "/static/webseed/private/" + private.Files[0].Name} {
				Expect(get(owner, path).Status).To(Equal(http.StatusOK), path)
				Expect(get(stranger, path).Status).To(Equal(http.StatusForbidden), path)
			}
		})
		It("open to a token of the video, and not to that of another", func() {
			Expect(get(commands.Anonymous(), hls(private, "b-720-fragmented.mp4")+"?videoFileToken="+token).Status).To(Equal(http.StatusOK))
			Expect(get(commands.Anonymous(), hls(others, "b-720-fragmented.mp4")+"?videoFileToken="+token).Status).To(Equal(http.StatusForbidden))
		})
		It("are forbidden alike whether they are there or not", func() {
			for _, path := range []string{
				"/static/web-videos/private/none.mp4", hls(private, "none.mp4"), "/static/streaming-playlists/hls/private/none/a.mp4",
				"/static/streaming-playlists/hls/private/9c9de5e8-0a1e-484a-b099-e80766180a6d/a.mp4",
			} {
				Expect(get(stranger, path).Problem()).To(HaveKeyWithValue("status", 403.0), path)
			}
		})
		DescribeTable("do not open by way of a video of one's own", func(path func() string) {
			Expect(get(stranger, hls(others, "b-720.m3u8")).Status).To(Equal(http.StatusOK))
			Expect(get(stranger, path()).Status).To(BeElementOf(http.StatusForbidden, http.StatusNotFound))
			Expect(get(stranger, hls(private, "b-720.m3u8")).Status).To(Equal(http.StatusForbidden), "what was decided about the one is not remembered for the other")
		},
			Entry("within its folder", func() string { return hls(private, others.ID.String()+"/b-720.m3u8") }),
			Entry("beside it", func() string { return hls(private, "../"+others.ID.String()+"/b-720.m3u8") }),
			Entry("from it", func() string { return hls(others, "../"+private.ID.String()+"/b-720.m3u8") }),
		)
		It("do not open to what somebody else's credential was sent with", func() {
			path := hls(private, "b-720.m3u8") + "?videoFileToken=wrong"
			Expect(get(owner, path).Status).To(Equal(http.StatusOK))
			Expect(get(commands.Anonymous(), path).Status).To(Equal(http.StatusForbidden))
		})
		It("are for all where the configuration says so", func() {
			isOpen = true
			Expect(get(commands.Anonymous(), hls(private, "b-720.m3u8")).Status).To(Equal(http.StatusOK))
		})
		It("are not to be kept by caches that many share", func() {
			Expect(get(owner, hls(private, "b-720-fragmented.mp4")).Header.Get("Cache-Control")).To(HavePrefix("private"))
		})
	})

	Describe("that are playlists", func() {
		query := "?videoFileToken="
		It("carry the token where a player asks for it, and those they name ask in turn", func() {
			a := get(commands.Anonymous(), hls(private, "a-master.m3u8")+query+token+"&reinjectVideoFileToken=true")
			Expect(a.Body).To(ContainSubstring("b-720.m3u8?videoFileToken=" + token + "&reinjectVideoFileToken=true\n"))
			a = get(commands.Anonymous(), hls(private, "b-720.m3u8")+query+token+"&reinjectVideoFileToken=true")
			Expect(a.Body).To(ContainSubstring(`URI="b-720-fragmented.mp4?videoFileToken=` + token + `"`))
		})
		It("carry nothing where nobody asks", func() {
			for _, q := range []string{query + token, query + token + "&reinjectVideoFileToken=false"} {
				Expect(get(commands.Anonymous(), hls(private, "a-master.m3u8")+q).Body).To(Equal(master))
			}
		})
		It("carry nothing a playlist could be broken with", func() {
			a := get(owner, hls(private, "a-master.m3u8")+query+"x%0A%23EXT%22&reinjectVideoFileToken=true")
			Expect(a.Status).To(Equal(http.StatusOK))
			Expect(strings.Count(a.Body, "\n")).To(Equal(strings.Count(master, "\n")))
		})
	})

	Describe("that are public", func() {
		path := func() string { return "/static/web-videos/" + public.Files[0].Name }
		It("are asked for again each time, and not sent again", func() {
			a := get(commands.Anonymous(), path())
			Expect([]any{a.Status, a.Body, a.Header.Get("Cache-Control")}).To(Equal([]any{200, "film", "public, max-age=0"}))
			Expect(get(commands.Anonymous(), path(), "If-None-Match", a.Header.Get("Etag")).Status).To(Equal(http.StatusNotModified))
		})
		It("come in ranges, and say so of one that cannot be", func() {
			a := get(commands.Anonymous(), path(), "Range", "bytes=1-2")
			Expect([]any{a.Status, a.Body, a.Header.Get("Content-Range")}).To(Equal([]any{206, "il", "bytes 1-2/4"}))
			a = get(commands.Anonymous(), path(), "Range", "bytes=4-9")
			Expect(a.Problem()).To(HaveKeyWithValue("code", "RangeNotSatisfiableError"))
			Expect(a.Header.Get("Content-Range")).To(Equal("bytes */4"))
		})
		It("are not found below other names", func() {
			for _, p := range []string{"/static/web-videos/none.mp4", "/static/web-videos/", "/static/none", "/static/web-videos/../web-videos/" + public.Files[0].Name} {
				Expect(get(commands.Anonymous(), p).Status).To(Equal(http.StatusNotFound), p)
			}
			Expect(get(commands.Anonymous(), "/lazy-static/thumbnails/none.jpg").Body).To(BeEmpty())
		})
		It("are kept for two days when they are pictures", func() {
			Expect(get(commands.Anonymous(), "/lazy-static/thumbnails/a.jpg").Header.Get("Cache-Control")).To(Equal("public, max-age=172800"))
		})
	})
})

// put writes a file.
func put(ctx context.Context, store *storage.FileSystem, at storage.Location, content string) {
	GinkgoHelper()
	_, err := store.Put(ctx, at, strings.NewReader(content))
	Expect(err).NotTo(HaveOccurred())
}
