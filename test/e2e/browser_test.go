package e2e_test

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
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

// needClient leaves the test out, or fails it, when the binary has no client in it.
func needClient(ctx context.Context, h *house) {
	GinkgoHelper()
	page, err := h.Anonymous().Do(ctx, http.MethodGet, "/", nil)
	Expect(err).NotTo(HaveOccurred())
	need(strings.Contains(string(page.Body), "/client/assets/"),
		"the web client is not built into the binary: run make client, then this test again")
}

// runInBrowser runs a script of client/e2e against an instance and answers the folder of its screenshots.
func runInBrowser(ctx context.Context, h *house, script string, more ...string) string {
	GinkgoHelper()
	shots := os.Getenv(shotsVariable)
	if shots == "" {
		shots = filepath.Join(folder, "screenshots")
	}
	Expect(os.MkdirAll(shots, 0o755)).To(Succeed())
	run := exec.CommandContext(ctx, "node", script)
	run.Dir = browserTools()
	run.Env = append(os.Environ(), append(more, "BASE_URL="+h.site(), "ROOT_PASSWORD="+instance.RootPassword, "OUT="+shots)...)
	said, err := run.CombinedOutput()
	GinkgoWriter.Printf("%s", said)
	Expect(err).NotTo(HaveOccurred(), "%s", said)
	return shots
}

// site is the address that the instance gives itself: its pages and files have one origin there.
func (h *house) site() string { return strings.Replace(h.URL(), "127.0.0.1", "localhost", 1) }

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
