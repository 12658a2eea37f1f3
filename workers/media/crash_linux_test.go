package media_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"

	"vidilog/domain/transcoding"
	"vidilog/workers/media"
	"vidilog/workers/media/mediatest"
)

// TestMain turns the test program into a server that transcodes when it is called as such; see "A killed server".
func TestMain(m *testing.M) {
	if path := os.Getenv("MEDIA_TEST_SOURCE"); path != "" {
		transcodeForEver(path, os.Getenv("MEDIA_TEST_OUTPUT"))
	}
	os.Exit(m.Run())
}

func transcodeForEver(path, output string) {
	probe, err := tools.Probe(context.Background(), path)
	for err == nil {
		_, err = tools.WebVideo(context.Background(), media.WebVideo{
			Source: path, Probe: probe, Output: output,
			Encoding: encoding(720, 30), Progress: func(int) { fmt.Println("working") },
		})
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

var _ = Describe("A killed server", needsFFmpeg, func() {
	It("takes its ffmpeg with it, and the next one makes the file", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Width: 1280, Height: 720, Seconds: 12, Audio: "aac"})
		output := filepath.Join(GinkgoT().TempDir(), transcoding.WebVideoName(uuid, 720))
		program, err := os.Executable()
		Expect(err).NotTo(HaveOccurred())
		server := exec.Command(program)
		server.Env = append(os.Environ(), "MEDIA_TEST_SOURCE="+path, "MEDIA_TEST_OUTPUT="+output)
		said := gbytes.NewBuffer()
		server.Stdout, server.Stderr = said, said
		Expect(server.Start()).To(Succeed())
		Eventually(said, 30*time.Second).Should(gbytes.Say("working"))
		Expect(processesWith(output)).NotTo(BeEmpty())

		Expect(server.Process.Kill()).To(Succeed())
		_ = server.Wait()
		Eventually(func() []string { return processesWith(output) }, 10*time.Second).Should(BeEmpty())

		_, err = tools.WebVideo(ctx, media.WebVideo{Source: path, Probe: probe, Encoding: encoding(144, 1), Output: output})
		Expect(err).NotTo(HaveOccurred())
		Expect(output).To(BeARegularFile())
	})
})
