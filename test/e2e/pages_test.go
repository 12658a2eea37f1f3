package e2e_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

// What crawlers, previews and other sites read of a page, as PeerTube's suites client/index-html, embed-html and og-twitter-tags
// check it; these need federation and playlists before they begin.
var _ = Describe("A page, as a program reads it", Ordered, func() {
	var h *house
	var public, unlisted, private instance.Video

	read := func(ctx SpecContext, path string, status int) string {
		GinkgoHelper()
		answer, err := h.Anonymous().Do(ctx, http.MethodGet, path, nil, "Accept", "text/html")
		Expect(err).NotTo(HaveOccurred())
		Expect(answer.Status).To(Equal(status), path)
		return string(answer.Body)
	}

	BeforeAll(func(ctx SpecContext) {
		h = begin(ctx, "pages")
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Audio: "aac"})
		public = h.publish(ctx, film, "Fish & ships", "description", "my<br> super __description__ for *server* 1<p></p>")
		unlisted = h.publish(ctx, film, "hardly known", "privacy", "2")
		private = h.publish(ctx, film, "personal matters", "privacy", "3")
	}, NodeTimeout(4*time.Minute))

	It("has the tags of a video at all its addresses", func(ctx SpecContext) {
		for _, base := range []string{"/w/", "/videos/watch/"} {
			for _, id := range []string{strconv.FormatInt(public.ID, 10), public.UUID, public.ShortUUID, public.ShortUUID + ";threadId=1"} {
				page := read(ctx, base+id, http.StatusOK)
				Expect(page).To(ContainSubstring(`<title>Fish &amp; ships - `))
				Expect(page).To(ContainSubstring(`<meta name="description" content="my super description for server 1" />`))
				Expect(page).To(ContainSubstring(`<meta property="og:type" content="video" />`))
				Expect(page).To(ContainSubstring(`<meta property="og:url" content="` + h.site() + `/w/` + public.ShortUUID + `" />`))
				Expect(page).To(ContainSubstring(`<meta property="twitter:card" content="player" />`))
				Expect(page).To(ContainSubstring(`<link rel="canonical" href="` + h.site() + `/w/` + public.ShortUUID + `" />`))
				Expect(page).NotTo(ContainSubstring("noindex"))
			}
		}
	})
	It("keeps an unlisted video from search engines", func(ctx SpecContext) {
		page := read(ctx, "/w/"+unlisted.UUID, http.StatusOK)
		Expect(page).To(ContainSubstring("hardly known"))
		Expect(page).To(ContainSubstring(`<meta name="robots" content="noindex" />`))
	})
	It("says nothing of a video that is not for everybody", func(ctx SpecContext) {
		Expect(read(ctx, "/w/"+private.UUID, http.StatusNotFound)).NotTo(ContainSubstring("personal matters"))
		embed := read(ctx, "/videos/embed/"+private.UUID, http.StatusOK)
		Expect(embed).NotTo(ContainSubstring("personal matters"))
		Expect(embed).To(ContainSubstring(`<meta name="robots" content="noindex" />`))
	})
	It("has the tags of accounts and channels", func(ctx SpecContext) {
		for path, canonical := range map[string]string{
			"/accounts/root": "/a/root/video-channels", "/a/root/videos": "/a/root/video-channels", "/@root": "/a/root/video-channels",
			"/video-channels/root_channel": "/c/root_channel/videos", "/c/root_channel": "/c/root_channel/videos",
			"/@root_channel": "/c/root_channel/videos",
		} {
			page := read(ctx, path, http.StatusOK)
			Expect(page).To(ContainSubstring(`<link rel="canonical" href="`+h.site()+canonical+`" />`), path)
			Expect(page).To(ContainSubstring(`<meta property="twitter:card" content="summary" />`), path)
			Expect(page).To(ContainSubstring(`<meta property="og:type" content="website" />`), path)
		}
		read(ctx, "/a/nobody", http.StatusNotFound)
	})
	It("carries the configuration as the API answers it, without signup", func(ctx SpecContext) {
		var config map[string]any
		Expect(h.Anonymous().Get(ctx, "/api/v1/config", &config)).To(Succeed())
		delete(config, "signup")
		m := regexp.MustCompile(`window\.PeerTubeServerConfig = ("(?:[^"\\]|\\.)*")</script>`).FindStringSubmatch(read(ctx, "/about", http.StatusOK))
		Expect(m).NotTo(BeNil())
		var text string
		Expect(json.Unmarshal([]byte(m[1]), &text)).To(Succeed())
		var carried map[string]any
		Expect(json.Unmarshal([]byte(text), &carried)).To(Succeed())
		Expect(carried).To(Equal(config))
	})
	It("may be framed by others when it is an embed only", func(ctx SpecContext) {
		for path, option := range map[string]string{"/": "DENY", "/w/" + public.UUID: "DENY", "/videos/embed/" + public.UUID: ""} {
			answer, err := h.Anonymous().Do(ctx, http.MethodGet, path, nil)
			Expect(err).NotTo(HaveOccurred())
			Expect(answer.Header.Get("X-Frame-Options")).To(Equal(option), path)
		}
	})
})
