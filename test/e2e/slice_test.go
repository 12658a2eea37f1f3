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

// shotsVariable names a folder for the screenshots; without it they go with the test's other files.
const shotsVariable = "SCREENSHOTS"

// browserVariable makes a missing browser or an unbuilt client a failure. `make test-e2e` sets it; a plain `go test ./...` in a fresh
// clone leaves this one test out instead.
const browserVariable = "REQUIRE_BROWSER"

// need stops the test when something is missing that it cannot do without.
func need(isThere bool, otherwise string) {
	GinkgoHelper()
	if !isThere && os.Getenv(browserVariable) == "" {
		Skip(otherwise)
	}
	Expect(isThere).To(BeTrue(), otherwise)
}

var _ = Describe("A person with a browser", Ordered, func() {
	It("logs in, uploads, sees the transcoding, watches, and the browser has nothing to complain about", func(ctx SpecContext) {
		client := browserTools()
		h := begin(ctx, "slice")
		needClient(ctx, h)

		shots := os.Getenv(shotsVariable)
		if shots == "" {
			shots = filepath.Join(folder, "screenshots")
		}
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 640, Height: 360, Seconds: 6, Audio: "aac"})
		slice := exec.CommandContext(ctx, "node", "slice.mjs")
		slice.Dir = client
		slice.Env = append(os.Environ(),
			"BASE_URL="+h.URL(), "ROOT_PASSWORD="+instance.RootPassword, "VIDEO_FILE="+film, "OUT="+shots)
		said, err := slice.CombinedOutput()
		GinkgoWriter.Printf("%s", said)
		Expect(err).NotTo(HaveOccurred(), "%s", said)
		Expect(filepath.Glob(filepath.Join(shots, "watch*.png"))).NotTo(BeEmpty())
	}, SpecTimeout(8*time.Minute))
})

// browserTools makes sure that everything the browser's script needs is there, and answers its folder.
func browserTools() string {
	GinkgoHelper()
	for _, tool := range []string{"node", "npm"} {
		_, err := exec.LookPath(tool)
		need(err == nil, "the test in a browser needs "+tool+": apt-get install nodejs npm")
	}
	need(chromium() != "", "the test in a browser needs Chromium: apt-get install chromium, or set CHROMIUM to its path")
	root, err := instance.Root()
	Expect(err).NotTo(HaveOccurred())
	folder := filepath.Join(root, "client", "e2e")
	if _, err := os.Stat(filepath.Join(folder, "node_modules", "playwright-core")); err == nil {
		return folder
	}
	install := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	install.Dir = folder
	output, err := install.CombinedOutput()
	Expect(err).NotTo(HaveOccurred(), "npm ci in client/e2e: %s", output)
	return folder
}

func chromium() string {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
