package media_test

import (
	"image"
	"image/jpeg"
	"os"
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/transcoding"
	"vidilog/workers/media"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("The storyboard of a video", needsFFmpeg, func() {
	draw := func(ctx SpecContext, spec mediatest.Spec) (image.Image, transcoding.Storyboard) {
		GinkgoHelper()
		path, probe := source(ctx, spec)
		layout, ok := transcoding.StoryboardOf(probe.Seconds(), probe.Video.Width, probe.Video.Height)
		Expect(ok).To(BeTrue())
		output := filepath.Join(GinkgoT().TempDir(), "board.jpg")
		Expect(tools.Storyboard(ctx, media.Storyboard{Source: path, Probe: probe, Layout: layout, Output: output})).To(Succeed())
		Expect(names(filepath.Dir(output))).To(ConsistOf("board.jpg"))
		file, err := os.Open(output)
		Expect(err).NotTo(HaveOccurred())
		defer file.Close()
		picture, err := jpeg.Decode(file)
		Expect(err).NotTo(HaveOccurred())
		return picture, layout
	}

	DescribeTable("fills its grid", func(ctx SpecContext, spec mediatest.Spec) {
		picture, layout := draw(ctx, spec)
		Expect(picture.Bounds().Size()).To(Equal(image.Pt(layout.TotalWidth(), layout.TotalHeight())))
		for n := range layout.Columns * layout.Rows {
			x, y := n%layout.Columns*layout.SpriteWidth, n/layout.Columns*layout.SpriteHeight
			sprite := image.Rect(x, y, x+layout.SpriteWidth, y+layout.SpriteHeight)
			Expect(brightness(picture, sprite)).To(BeNumerically(">", 20), "small picture %d is black", n)
		}
	},
		Entry("of a small video", mediatest.Spec{Seconds: 5}),
		Entry("of a portrait with odd small pictures", mediatest.Spec{Width: 154, Height: 320, Seconds: 3}),
		Entry("of two rows", mediatest.Spec{Seconds: 12, FPS: "5"}),
		Entry("of a changing frame rate", mediatest.Spec{Seconds: 4, VariableFPS: true}),
	)

	It("is not made of sound", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{NoVideo: true, Audio: "libmp3lame", Extension: ".mp3"})
		Expect(tools.Storyboard(ctx, media.Storyboard{Source: path, Probe: probe, Output: filepath.Join(GinkgoT().TempDir(), "a.jpg")})).
			To(MatchError(ContainSubstring("must have a picture")))
	})
})
