package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("An author and an administrator with a browser", Ordered, func() {
	It("publish, edit and delete videos, look after channels, settings, users and the configuration", func(ctx SpecContext) {
		client := browserTools()
		h := begin(ctx, "studio")
		needClient(ctx, h)

		shots := os.Getenv(shotsVariable)
		if shots == "" {
			shots = filepath.Join(folder, "screenshots-studio")
		}
		// large enough for several parts, so that there is a middle to stop in
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 1280, Height: 720, Seconds: 6, Audio: "aac", Bitrate: "5000k"})
		size, err := os.Stat(film)
		Expect(err).NotTo(HaveOccurred())
		Expect(size.Size()).To(BeNumerically(">", 2<<20))
		better := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 640, Height: 360, Seconds: 4, Audio: "aac"})
		studio := exec.CommandContext(ctx, "node", "studio.mjs")
		studio.Dir = client
		studio.Env = append(os.Environ(),
			"BASE_URL="+h.URL(), "ROOT_PASSWORD="+instance.RootPassword, "VIDEO_FILE="+film,
			"REPLACEMENT_FILE="+better, "OUT="+shots)
		said, err := studio.CombinedOutput()
		GinkgoWriter.Printf("%s", said)
		Expect(err).NotTo(HaveOccurred(), "%s", said)
		Expect(filepath.Glob(filepath.Join(shots, "my-videos-*.png"))).NotTo(BeEmpty())
	}, SpecTimeout(14*time.Minute))
})
