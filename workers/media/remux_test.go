package media_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/workers/media"
	"vidilog/workers/media/mediatest"
)

// refusing takes some bytes and then no more, as a reader who has gone.
type refusing struct{ left int }

var errGone = errors.New("gone")

func (r *refusing) Write(p []byte) (int, error) {
	if r.left -= len(p); r.left < 0 {
		return 0, errGone
	}
	return len(p), nil
}

var _ = Describe("A file made of others", needsFFmpeg, func() {
	It("has the picture of one and the sound of the other, and is an mp4 although it was never whole on disk", func(ctx SpecContext) {
		picture, _ := source(ctx, mediatest.Spec{})
		sound, _ := source(ctx, mediatest.Spec{Width: 64, Height: 64, Audio: "aac"})
		out, err := os.Create(filepath.Join(GinkgoT().TempDir(), "out.mp4"))
		Expect(err).NotTo(HaveOccurred())
		defer out.Close()
		onlySound := filepath.Join(GinkgoT().TempDir(), "sound.mp4")
		Expect(tools.Remux(ctx, media.Remux{Inputs: []string{sound}}, io.Discard)).To(Succeed())
		made, err := os.Create(onlySound)
		Expect(err).NotTo(HaveOccurred())
		defer made.Close()
		Expect(tools.Remux(ctx, media.Remux{Inputs: []string{sound}}, made)).To(Succeed())
		Expect(tools.Remux(ctx, media.Remux{Inputs: []string{picture, onlySound}}, out)).To(Succeed())
		probe, err := tools.Probe(ctx, out.Name())
		Expect(err).NotTo(HaveOccurred())
		Expect(probe.HasVideo()).To(BeTrue())
		Expect(probe.HasAudio()).To(BeTrue())
	})
	It("ends when nobody reads it", func(ctx SpecContext) {
		path, _ := source(ctx, mediatest.Spec{Seconds: 12})
		Expect(tools.Remux(ctx, media.Remux{Inputs: []string{path}}, &refusing{left: 1000})).To(MatchError(errGone))
		ending, cancel := context.WithTimeout(ctx, time.Nanosecond)
		defer cancel()
		Expect(tools.Remux(ending, media.Remux{Inputs: []string{path}}, io.Discard)).To(MatchError(context.DeadlineExceeded))
	})
	It("is refused when there is nothing to make it of", func(ctx SpecContext) {
		Expect(tools.Remux(ctx, media.Remux{}, io.Discard)).NotTo(Succeed())
		var failure *media.ToolError
		Expect(tools.Remux(ctx, media.Remux{Inputs: []string{"/nonexistent.mp4"}}, io.Discard)).To(BeAssignableToTypeOf(failure))
	})
})
