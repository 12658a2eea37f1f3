package media_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestUploads(t *testing.T) {
	if testing.Short() {
		t.Skip("runs ffmpeg")
	}
	RegisterFailHandler(Fail)
	RunSpecs(t, "What is made of uploads", Label("media"))
}

// folder is for the inputs of all specs.
var folder string

var _ = BeforeSuite(func() {
	var err error
	folder, err = os.MkdirTemp("", "vidilog-uploads-")
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(os.RemoveAll, folder)
})

// The ground of most inputs: a second and a half of moving picture, and a tone.
var (
	picture = []string{"-f", "lavfi", "-i", "testsrc2=size=320x240:rate=30:duration=1.5"}
	tone    = []string{"-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=1.5"}
)

func pictureOf(spec string) []string { return []string{"-f", "lavfi", "-i", "testsrc2=" + spec} }

func join(parts ...[]string) []string {
	var all []string
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// upload makes an input with ffmpeg and answers its path.
func upload(ctx context.Context, name string, arguments ...string) string {
	GinkgoHelper()
	path := filepath.Join(folder, name)
	all := join([]string{"-hide_banner", "-loglevel", "error", "-nostdin", "-y"}, arguments, []string{path})
	output, err := exec.CommandContext(ctx, "ffmpeg", all...).CombinedOutput()
	Expect(err).NotTo(HaveOccurred(), "ffmpeg %v\n%s", all, output)
	return path
}
