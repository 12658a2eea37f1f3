package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing/fstest"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/shape"
	"vidilog/api/web"
)

const marks = "<head><!-- title tag --><!-- description tag --><!-- custom css tag --><!-- meta tags --><!-- server config --></head>"

func files(names ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for _, name := range names {
		m[name] = &fstest.MapFile{Data: []byte(name + marks)}
	}
	return m
}

func serving(m fstest.MapFS) *web.API {
	return &web.API{
		Site: shape.Site{URL: "https://here.example", Host: "here.example"}, Client: web.NewClient(m, "v1"),
		Instance: func() web.Instance {
			return web.Instance{Name: "Here & now", Description: "Films", CSS: "b { color: red }"}
		},
		Config: func() ([]byte, error) { return []byte(`{"a":"<b> & c"}`), nil },
	}
}

func get(h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	w.Header().Set("X-Frame-Options", "DENY")
	h.ServeHTTP(w, r)
	return w
}

func unzipped(body io.Reader) string {
	GinkgoHelper()
	r, err := gzip.NewReader(body)
	Expect(err).NotTo(HaveOccurred())
	content, err := io.ReadAll(r)
	Expect(err).NotTo(HaveOccurred())
	return string(content)
}

var _ = Describe("A page", func() {
	It("has the marks filled in, for any address", func() {
		answer := get(serving(files("index.html")), "/videos/browse")
		Expect(answer.Code).To(Equal(200))
		Expect(answer.Body.String()).To(ContainSubstring("<title>Here &amp; now</title>"))
		Expect(answer.Body.String()).To(ContainSubstring(`<meta name="description" content="Films" />`))
		Expect(answer.Body.String()).To(ContainSubstring(`<style class="custom-css-style">b { color: red }</style>`))
		Expect(answer.Body.String()).To(ContainSubstring(`window.PeerTubeServerConfig = "{\"a\":\"\u003cb> & c\"}"</script>`))
		Expect(answer.Header().Get("X-Frame-Options")).To(Equal("DENY"))
	})
	It("is that of a teapot, however that is asked", func() {
		for _, method := range []string{http.MethodGet, http.MethodPost, "BREW"} {
			answer := httptest.NewRecorder()
			serving(files("index.html")).ServeHTTP(answer, httptest.NewRequest(method, "/teapot", nil))
			Expect(answer.Code).To(Equal(418), method)
			Expect(answer.Header().Get("Safe")).To(Equal("if-sepia-awake"))
			Expect(answer.Header().Get("Accept-Additions")).To(Equal("Non-Dairy;1,Sugar;1"))
			Expect(answer.Body.String()).To(HavePrefix("index.html"))
		}
		answer := httptest.NewRecorder()
		serving(files("index.html")).ServeHTTP(answer, httptest.NewRequest(http.MethodPost, "/videos/browse", nil))
		Expect(answer.Code).To(Equal(404))
	})
	It("may be framed when it is an embed, and is not indexed when there is nothing in it", func() {
		answer := get(serving(files("index.html", "embed.html")), "/videos/embed/no-such-id")
		Expect(answer.Code).To(Equal(200))
		Expect(answer.Header()).NotTo(HaveKey("X-Frame-Options"))
		Expect(answer.Body.String()).To(HavePrefix("embed.html"))
		Expect(answer.Body.String()).To(ContainSubstring(`<meta name="robots" content="noindex" />`))
	})
	DescribeTable("has status 404 and says nothing where an id means nothing", func(address string) {
		answer := get(serving(files("index.html")), address)
		Expect(answer.Code).To(Equal(404))
		Expect(answer.Body.String()).To(HavePrefix("index.html"))
	},
		Entry("on the watch page", "/w/nothing"), Entry("at the older address", "/videos/watch/nothing"),
		Entry("of a playlist", "/w/p/nothing"), Entry("of an account elsewhere", "/a/bob@far.example"),
	)
	It("leaves out a style that would end its element", func() {
		Expect(web.Style("x</STYLE><script>")).To(Equal(`<style class="custom-css-style"></style>`))
	})
	It("describes the site as an app", func() {
		answer := get(serving(files("index.html")), "/manifest.webmanifest")
		Expect(answer.Header().Get("Content-Type")).To(Equal("application/manifest+json"))
		Expect(answer.Body.String()).To(ContainSubstring(`"short_name":"Here \u0026 now"`))
	})
})

var _ = Describe("PeerTube's client", func() {
	built := files("en-US/index.html", "fr-FR/index.html", "zh-Hans-CN/index.html", "assets/x.html", "standalone/videos/embed.html",
		"locale/player.fr-FR.json", "en-US/main-ABCDEF12.js")

	DescribeTable("comes in the language", func(address, cookie, accepted, folder string) {
		answer := get(serving(built), address, "Cookie", "clientLanguage="+cookie, "Accept-Language", accepted)
		Expect(answer.Body.String()).To(HavePrefix(folder + "/index.html"))
	},
		Entry("of the address", "/fr", "", "", "fr-FR"),
		Entry("that is remembered", "/", "zh-Hans-CN", "fr", "zh-Hans-CN"),
		Entry("that the browser asks for", "/videos", "", "de;q=0.9, fr-CA;q=0.8", "fr-FR"),
		Entry("English otherwise", "/videos", "tlh", "de", "en-US"),
	)
	It("is asked for its language in the address once", func() {
		Expect(get(serving(built), "/fr").Header().Get("Set-Cookie")).To(HavePrefix("clientLanguage=fr-FR; Path=/; Max-Age=7776000; Secure"))
		Expect(get(serving(built), "/videos", "Accept-Language", "fr").Header()).NotTo(HaveKey("Set-Cookie"))
	})
	It("has its embed page and translations elsewhere", func() {
		Expect(get(serving(built), "/videos/embed/x").Body.String()).To(HavePrefix("standalone/videos/embed.html"))
		Expect(get(serving(built).Assets(), "/client/locales/fr/player.json").Body.String()).To(HavePrefix("locale/player.fr-FR.json"))
		Expect(get(serving(built).Assets(), "/client/locales/xx/player.json").Code).To(Equal(404))
	})
})

var _ = Describe("A file of the client", func() {
	It("may be kept for ever when its name carries a hash, for an hour otherwise", func() {
		assets := serving(files("index.html", "assets/main-x.js", "favicon.svg")).Assets()
		Expect(get(assets, "/client/assets/main-x.js").Header().Get("Cache-Control")).To(ContainSubstring("immutable"))
		Expect(get(assets, "/client/favicon.svg").Header().Get("Cache-Control")).To(Equal("public, max-age=3600"))
	})
	It("is compressed for those who can read that, and for parts of it never", func() {
		assets := serving(files("index.html", "assets/main-x.js")).Assets()
		answer := get(assets, "/client/assets/main-x.js", "Accept-Encoding", "br, gzip;q=0.8")
		Expect(answer.Header().Get("Content-Encoding")).To(Equal("gzip"))
		Expect(answer.Header().Get("Content-Type")).To(Equal("text/javascript; charset=utf-8"))
		Expect(unzipped(answer.Body)).To(HavePrefix("assets/main-x.js"))
		for _, headers := range [][]string{{"Accept-Encoding", "gzip;q=0"}, {"Accept-Encoding", "gzip", "Range", "bytes=0-5"}} {
			Expect(get(assets, "/client/assets/main-x.js", headers...).Body.String()).To(HavePrefix("assets"))
		}
		Expect(unzipped(get(serving(files("index.html")), "/", "Accept-Encoding", "gzip").Body)).To(HavePrefix("index.html"))
	})
	DescribeTable("is not there", func(address string) {
		Expect(get(serving(files("index.html", "assets/main-x.js")).Assets(), address).Code).To(Equal(404))
	},
		Entry("when it is a page with open marks", "/client/index.html"), Entry("when it is a folder", "/client/assets/"),
		Entry("when it is above the client", "/client/../web_test.go"), Entry("when nobody built it", "/client/assets/other.js"),
	)
	It("gives way to an image of the administrator", func() {
		api := serving(files("index.html", "assets/images/logo.svg"))
		api.Overrides = fstest.MapFS{"assets/images/logo.svg": &fstest.MapFile{Data: []byte("own")}}
		Expect(get(api.Assets(), "/client/assets/images/logo.svg").Body.String()).To(Equal("own"))
	})
})

var _ = Describe("A description in one line", func() {
	DescribeTable("is the text of", func(source, line string) { Expect(web.Shortened(source)).To(Equal(line)) },
		Entry("markup and tags", "my<br> super __description__ for *server* 1<p></p>", "my super description for server 1"),
		Entry("tags around all", `<strong>"super description"</strong>`, `"super description"`),
		Entry("blocks of HTML", "<div>\nhello\n</div>", "hello"),
		Entry("links", "see [the site](https://example.org) or <https://x.example>", "see the site or https://x.example"),
		Entry("lines and paragraphs", "one\ntwo\n\nthree", "one two three"),
		Entry("a list", "- one\n- two", "one, two"),
		Entry("entities", "R&amp;B \\*live\\*", "R&B *live*"),
		Entry("nothing", "", ""),
	)
	It("has at most 200 characters", func() {
		line := web.Shortened(strings.Repeat("é", 300))
		Expect([]rune(line)).To(HaveLen(200))
		Expect(line).To(HaveSuffix("é..."))
	})
})
