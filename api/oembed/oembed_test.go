package oembed_test

import (
	"net/http"
	"net/url"
	"strconv"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/apitest"
	"vidilog/api/oembed"
	"vidilog/api/shape"
	"vidilog/commands"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

var _ = Describe("oEmbed", Ordered, func() {
	films := map[video.Privacy]catalog.Video{}
	var routes http.Handler

	BeforeAll(func(ctx SpecContext) {
		w := apitest.New(ctx)
		p := w.Person("ada", user.Ordinary)
		for _, privacy := range []video.Privacy{video.Public, video.Unlisted, video.Private, video.Internal, video.PasswordProtected} {
			films[privacy] = w.Show(ctx, p, privacy, func(u *commandsvideo.Upload) { u.Attributes.Name = `A "film" <b>` })
		}
		w.Given(ctx, films[video.Public].ID.Stream(), video.PicturesAttached{
			VideoID: films[video.Public].ID, Pictures: video.Pictures{Preview: "p.jpg", Thumbnail: "t.jpg"},
		})
		routes = (&oembed.API{Site: apitest.Site, Catalog: w.Catalog}).Router()
	})
	get := func(path string) apitest.Answer {
		return apitest.Ask(routes, commands.Anonymous(), http.MethodGet, path, "")
	}
	ask := func(page, more string) apitest.Answer {
		return get("/services/oembed?url=" + url.QueryEscape(page) + more)
	}
	page := func(of video.Privacy) string { return apitest.Site.URL + "/w/" + shape.ShortUUID(films[of].ID.UUID) }

	It("says how a video is embedded, and escapes its name", func() {
		a := ask(page(video.Public), "")
		Expect(a.Status).To(Equal(http.StatusOK))
		id := films[video.Public].ID.String()
		Expect(a.Body).To(MatchJSON(`{"type":"video","version":"1.0","width":560,"height":315,"title":"A \"film\" <b>","author_name":"Main ada channel",
			"html":"<iframe width=\"560\" height=\"315\" sandbox=\"allow-same-origin allow-scripts allow-popups allow-forms\" title=\"A &#34;film&#34; &lt;b&gt;\" src=\"https://video.example/videos/embed/` + id + `\" frameborder=\"0\" allowfullscreen></iframe>",
			"author_url":"https://video.example/video-channels/ada_channel","provider_name":"PeerTube","provider_url":"https://video.example",
			"thumbnail_url":"https://video.example/lazy-static/previews/p.jpg","thumbnail_width":850,"thumbnail_height":480}`))
	})
	It("keeps to the size that is asked for, the picture too", func() {
		var answer map[string]any
		ask(page(video.Public), "&maxwidth=300&maxheight=400").JSON(&answer)
		Expect(answer).To(And(HaveKeyWithValue("width", 300.0), HaveKeyWithValue("height", 315.0), Not(HaveKey("thumbnail_url"))))
	})
	It("carries the player's parameters of the address, and no others", func() {
		var answer struct{ HTML string }
		ask(page(video.Public)+`?start=5&evil="><script>&loop=1`, "").JSON(&answer)
		Expect(answer.HTML).To(ContainSubstring(films[video.Public].ID.String() + `?start=5&loop=1"`))
		Expect(answer.HTML).NotTo(ContainSubstring("script>"))
	})
	It("knows a video by each form of its address", func() {
		v := films[video.Public]
		for _, address := range []string{"/w/" + v.ID.String(), "/videos/watch/" + v.ID.String(), "/videos/watch/" + strconv.FormatInt(v.Number, 10)} {
			Expect(ask(apitest.Site.URL+address, "").Status).To(Equal(http.StatusOK), address)
		}
	})
	DescribeTable("is for what anybody may see", func(of video.Privacy, status int) { Expect(ask(page(of), "").Status).To(Equal(status)) },
		Entry("public", video.Public, 200), Entry("unlisted, by its UUID", video.Unlisted, 200), Entry("private", video.Private, 403),
		Entry("internal", video.Internal, 403), Entry("protected", video.PasswordProtected, 403))
	It("is not for an unlisted video by its number", func() {
		Expect(ask(apitest.Site.URL+"/w/"+strconv.FormatInt(films[video.Unlisted].Number, 10), "").Status).To(Equal(http.StatusForbidden))
	})
	DescribeTable("refuses", func(address, more string, status int) {
		a := ask(address, more)
		Expect(a.Problem()).To(HaveKeyWithValue("status", float64(status)))
	},
		Entry("another site's address", "https://other.example/w/1", "", 400), Entry("no address", "hello", "", 400), Entry("a script", "javascript:alert(1)", "", 400),
		Entry("another page of ours", apitest.Site.URL+"/c/ada_channel", "", 400), Entry("no id", apitest.Site.URL+"/w/a$b", "", 400),
		Entry("no video", apitest.Site.URL+"/w/9c9de5e8-0a1e-484a-b099-e80766180a6d", "", 404), Entry("a playlist", apitest.Site.URL+"/w/p/1", "", 404),
		Entry("XML", apitest.Site.URL+"/w/1", "&format=xml", 501), Entry("another format", apitest.Site.URL+"/w/1", "&format=yaml", 400),
		Entry("a width in words", apitest.Site.URL+"/w/1", "&maxwidth=wide", 400))
	DescribeTable("leads to an account", func(handle string, status int, location string) {
		a := get("/services/redirect/accounts/" + handle)
		Expect([]any{a.Status, a.Header.Get("Location")}).To(Equal([]any{status, location}))
	},
		Entry("by name", "ada", 302, "https://video.example/accounts/ada"), Entry("by handle", "ada@video.example", 302, "https://video.example/accounts/ada"),
		Entry("not elsewhere", "ada@other.example", 404, ""), Entry("not nowhere", "none", 404, ""))
})
