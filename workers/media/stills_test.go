package media_test

import (
	"image"
	"image/jpeg"
	"os"
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/workers/media"
	"vidilog/workers/media/mediatest"
)

// brightness is the mean of a part of a picture, 0 to 255.
func brightness(picture image.Image, part image.Rectangle) float64 {
	sum, count := 0.0, 0.0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			r, g, b, _ := picture.At(x, y).RGBA()
			sum += float64(r+g+b) / 3 / 257
			count++
		}
	}
	return sum / count
}

var _ = Describe("Pictures of a video", needsFFmpeg, func() {
	take := func(ctx SpecContext, spec mediatest.Spec) (thumbnail, preview image.Image) {
		GinkgoHelper()
		path, probe := source(ctx, spec)
		directory := GinkgoT().TempDir()
		small, large := filepath.Join(directory, "a.jpg"), filepath.Join(directory, "b.jpg")
		Expect(tools.Stills(ctx, media.Stills{Source: path, Probe: probe, Pictures: media.ThumbnailAndPreview(small, large)})).To(Succeed())
		Expect(names(directory)).To(ConsistOf("a.jpg", "b.jpg"))
		open := func(path string) image.Image {
			file, err := os.Open(path)
			Expect(err).NotTo(HaveOccurred())
			defer file.Close()
			picture, err := jpeg.Decode(file)
			Expect(err).NotTo(HaveOccurred())
			return picture
		}
		return open(small), open(large)
	}

	DescribeTable("have exactly their sizes", func(ctx SpecContext, spec mediatest.Spec) {
		thumbnail, preview := take(ctx, spec)
		Expect(thumbnail.Bounds().Size()).To(Equal(image.Pt(280, 157)))
		Expect(preview.Bounds().Size()).To(Equal(image.Pt(850, 480)))
		Expect(brightness(preview, preview.Bounds())).To(BeNumerically(">", 20), "the picture is black")
	},
		Entry("of a small video", mediatest.Spec{}),
		Entry("of a large one", mediatest.Spec{Width: 1280, Height: 720, Seconds: 12, Audio: "aac"}),
		Entry("of a portrait", mediatest.Spec{Width: 180, Height: 320}),
		Entry("of a turned one", mediatest.Spec{Rotation: 90}),
		Entry("of a square", mediatest.Spec{Width: 200, Height: 200}),
		Entry("of a thread", mediatest.Spec{Width: 2000, Height: 4}),
		Entry("of a needle", mediatest.Spec{Width: 4, Height: 2000}),
		Entry("with wide pixels", mediatest.Spec{SampleAspect: "4/3"}),
		Entry("of ten bits", mediatest.Spec{PixelFormat: "yuv420p10le", VariableFPS: true}),
		Entry("of a single frame", mediatest.Spec{FPS: "1", Seconds: 1}),
		Entry("of a recording without length", mediatest.Spec{Codec: "libvpx", Audio: "libopus", Extension: ".webm", Unsized: true}),
	)

	It("stand before a darker copy when the video is high", func(ctx SpecContext) {
		_, preview := take(ctx, mediatest.Spec{Width: 180, Height: 320})
		side := brightness(preview, image.Rect(0, 0, 200, 480))
		middle := brightness(preview, image.Rect(300, 0, 550, 480))
		Expect(side).To(BeNumerically(">", 10))
		Expect(side).To(BeNumerically("<", 0.75*middle))
	})

	It("are not made of sound", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{NoVideo: true, Audio: "libmp3lame", Extension: ".mp3"})
		directory := GinkgoT().TempDir()
		Expect(tools.Stills(ctx, media.Stills{Source: path, Probe: probe, Pictures: media.ThumbnailAndPreview(directory+"/a.jpg", directory+"/b.jpg")})).
			To(MatchError(ContainSubstring("must have one")))
	})
})
