package e2e_test

import (
	"path/filepath"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/workers/media/mediatest"
)

var _ = Describe("A person with a browser", Ordered, func() {
	It("logs in, uploads, sees the transcoding, watches, and the browser has nothing to complain about", func(ctx SpecContext) {
		browserTools()
		h := begin(ctx, "slice")
		needClient(ctx, h)
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 640, Height: 360, Seconds: 6, Audio: "aac"})
		shots := runInBrowser(ctx, h, "slice.mjs", "VIDEO_FILE="+film)
		Expect(filepath.Glob(filepath.Join(shots, "watch*.png"))).NotTo(BeEmpty())
	}, SpecTimeout(8*time.Minute))
})
