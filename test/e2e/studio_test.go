package e2e_test

import (
	"os"
	"path/filepath"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/workers/media/mediatest"
)

var _ = Describe("An author and an administrator with a browser", Ordered, func() {
	It("publish, edit and delete videos, look after channels, settings, users and the configuration", func(ctx SpecContext) {
		browserTools()
		h := begin(ctx, "studio")
		needClient(ctx, h)
		// large enough for several parts, so that there is a middle to stop in
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 1280, Height: 720, Seconds: 6, Audio: "aac", Bitrate: "5000k"})
		size, err := os.Stat(film)
		Expect(err).NotTo(HaveOccurred())
		Expect(size.Size()).To(BeNumerically(">", 2<<20))
		better := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 640, Height: 360, Seconds: 4, Audio: "aac"})
		shots := runInBrowser(ctx, h, "studio.mjs", "VIDEO_FILE="+film, "REPLACEMENT_FILE="+better)
		Expect(filepath.Glob(filepath.Join(shots, "my-videos-*.png"))).NotTo(BeEmpty())
	}, SpecTimeout(14*time.Minute))
})
