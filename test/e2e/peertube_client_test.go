package e2e_test

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/workers/media/mediatest"
)

// clientVariable names the folder of PeerTube's built client, client/dist of its tree, which is not part of this repository.
const clientVariable = "PEERTUBE_CLIENT_DIST"

var _ = Describe("PeerTube's own web client in front of the API", Ordered, func() {
	It("boots, logs in, uploads, edits, plays, comments, reports and administrates without errors in the console", func(ctx SpecContext) {
		dist := os.Getenv(clientVariable)
		if dist == "" {
			Skip(clientVariable + " is not set")
		}
		browserTools()
		h := begin(ctx, "peertube-client")
		Expect(h.Stop()).To(Succeed())
		Expect(h.Start("NODE_CONFIG=" + withClient(dist))).To(Succeed())

		film := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 1280, Height: 720, Seconds: 12, Audio: "aac"})
		runInBrowser(ctx, h, "peertube/walk.mjs", "VIDEO_FILE="+film)
	}, SpecTimeout(14*time.Minute))
})

// withClient is the configuration of an instance that shows another client, and bears one that asks fast.
func withClient(dist string) string {
	path, err := json.Marshal(dist)
	Expect(err).NotTo(HaveOccurred())
	return fmt.Sprintf(`{"rates_limit":{"api":{"max":1000000},"client":{"max":1000000},"login":{"max":1000}},
		"vidilog":{"client":{"dist":%s}}}`, path)
}
