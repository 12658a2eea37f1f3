package e2e_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("A viewer with a browser", Ordered, func() {
	var h *house
	var seen, locked instance.Video

	BeforeAll(func(ctx SpecContext) {
		browserTools()
		h = begin(ctx, "watch")
		needClient(ctx, h)
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 640, Height: 480, Seconds: 16, Audio: "aac"})
		h.publish(ctx, film, "Seen another time", "tags[0]", "seen")
		locked = h.publish(ctx, film, "Locked", "privacy", "5", "videoPasswords[0]", "sesame")
		seen = h.publish(ctx, film, "Seen", "tags[0]", "seen", "description", "From 0:04 on it is **better**.")
		h.change(ctx, seen, "/chapters", `{"chapters":[{"timecode":0,"title":"Before"},{"timecode":4,"title":"After"}]}`)
		h.caption(ctx, seen, "WEBVTT\n\n00:00.000 --> 00:16.000\nThis is said all the time.\n")
	}, NodeTimeout(6*time.Minute))

	It("has all of the watch page, and can use every page with any eyes and hands", func(ctx SpecContext) {
		runInBrowser(ctx, h, "watch.mjs", "VIDEO="+seen.ShortUUID, "LOCKED="+locked.ShortUUID)
	}, SpecTimeout(5*time.Minute))

	It("meets the player in another site's page, which drives it with PeerTube's embed API", func(ctx SpecContext) {
		runInBrowser(ctx, h, "embed.mjs", "VIDEO="+seen.ShortUUID)
	}, SpecTimeout(3*time.Minute))
})

// change sets a part of a video.
func (h *house) change(ctx context.Context, v instance.Video, part, body string) {
	GinkgoHelper()
	path := "/api/v1/videos/" + v.UUID + part
	answer, err := h.root.Do(ctx, http.MethodPut, path, strings.NewReader(body), "Content-Type", "application/json")
	Expect(err).NotTo(HaveOccurred())
	Expect(answer.Status).To(Equal(http.StatusNoContent), "%s: %s", part, answer.Body)
}

// caption gives a video captions in English.
func (h *house) caption(ctx context.Context, v instance.Video, vtt string) {
	GinkgoHelper()
	file := filepath.Join(GinkgoT().TempDir(), "en.vtt")
	Expect(os.WriteFile(file, []byte(vtt), 0o600)).To(Succeed())
	body, contentType, err := instance.Form(nil, "captionfile", file)
	Expect(err).NotTo(HaveOccurred())
	path := "/api/v1/videos/" + v.UUID + "/captions/en"
	answer, err := h.root.Do(ctx, http.MethodPut, path, body, "Content-Type", contentType)
	Expect(err).NotTo(HaveOccurred())
	Expect(answer.Status).To(Equal(http.StatusNoContent), "%s", answer.Body)
}
