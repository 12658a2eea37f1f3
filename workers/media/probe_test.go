package media_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/workers/media"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("Probing", needsFFmpeg, func() {
	It("describes a usual file", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Audio: "aac"})
		file, err := os.Stat(path)
		Expect(err).NotTo(HaveOccurred())
		Expect(probe.Container).To(ContainSubstring("mp4"))
		Expect(probe.Size).To(Equal(file.Size()))
		Expect(probe.Duration).To(BeNumerically("~", 2, 0.05))
		Expect(probe.Bitrate).To(BeNumerically("~", float64(file.Size()*8)/probe.Duration, 2000))
		Expect(probe.Video.Codec).To(Equal("h264"))
		Expect(probe.Video.PixelFormat).To(Equal("yuv420p"))
		Expect([]int{probe.Video.Width, probe.Video.Height, probe.FPS()}).To(Equal([]int{320, 240, 30}))
		Expect(probe.Video.SampleAspect).To(BeEmpty())
		Expect(probe.Audio.Codec).To(Equal("aac"))
		Expect(probe.Audio.Layout).To(Equal("stereo"))
		Expect(probe.Audio.SampleRate).To(Equal(48000))
		Expect(probe.Audio.Bitrate).To(BeNumerically(">", 10_000))
	})

	It("sees that there is no sound", func(ctx SpecContext) {
		_, probe := source(ctx, mediatest.Spec{})
		Expect(probe.HasVideo()).To(BeTrue())
		Expect(probe.HasAudio()).To(BeFalse())
	})

	It("sees that there is nothing but sound", func(ctx SpecContext) {
		_, probe := source(ctx, mediatest.Spec{NoVideo: true, Audio: "libmp3lame", Extension: ".mp3"})
		Expect(probe.IsAudioOnly()).To(BeTrue())
		Expect(probe.Resolution()).To(Equal(transcoding.AudioOnly))
		Expect(probe.Seconds()).To(Equal(2))
	})

	DescribeTable("gives the size of the upright picture", func(ctx SpecContext, spec mediatest.Spec, width, height int, aspect string) {
		_, probe := source(ctx, spec)
		Expect([]int{probe.Video.Width, probe.Video.Height}).To(Equal([]int{width, height}))
		Expect(probe.Video.Rotation).To(Equal(spec.Rotation))
		Expect(probe.Video.SampleAspect).To(Equal(aspect))
	},
		Entry("upright", mediatest.Spec{}, 320, 240, ""),
		Entry("turned right", mediatest.Spec{Rotation: 90}, 240, 320, ""),
		Entry("upside down", mediatest.Spec{Rotation: 180}, 320, 240, ""),
		Entry("turned left", mediatest.Spec{Rotation: 270}, 240, 320, ""),
		Entry("with wide pixels", mediatest.Spec{SampleAspect: "4/3"}, 320, 240, "4:3"),
		Entry("with wide pixels, turned", mediatest.Spec{SampleAspect: "4/3", Rotation: 90}, 240, 320, "3:4"),
	)

	It("averages a variable frame rate", func(ctx SpecContext) {
		_, probe := source(ctx, mediatest.Spec{VariableFPS: true})
		Expect(probe.FPS()).To(Equal(20))
	})

	It("keeps a fractional frame rate", func(ctx SpecContext) {
		_, probe := source(ctx, mediatest.Spec{FPS: "30000/1001"})
		Expect(probe.Video.FrameRate).To(BeNumerically("~", 29.97, 0.01))
		Expect(probe.FPS()).To(Equal(30))
	})

	It("measures a recording that does not say how long it is", func(ctx SpecContext) {
		_, probe := source(ctx, mediatest.Spec{Codec: "libvpx", Audio: "libopus", Extension: ".webm", Unsized: true})
		Expect(probe.Duration).To(BeNumerically("~", 2, 0.1))
	})

	Describe("refuses as unprocessable", func() {
		write := func(name, content string) string {
			path := filepath.Join(GinkgoT().TempDir(), name)
			Expect(os.WriteFile(path, []byte(content), 0o600)).To(Succeed())
			return path
		}
		refused := func(ctx context.Context, path string) string {
			GinkgoHelper()
			_, err := tools.Probe(ctx, path)
			Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeUnprocessable), "%v", err)
			Expect(err.Error()).NotTo(ContainSubstring(filepath.Dir(path)))
			return err.Error()
		}

		It("text", func(ctx SpecContext) {
			Expect(refused(ctx, write("a.mp4", strings.Repeat("this is no video\n", 50)))).To(ContainSubstring("not a video or audio file"))
		})
		It("nothing", func(ctx SpecContext) {
			Expect(refused(ctx, write("a.mp4", ""))).To(ContainSubstring("empty"))
		})
		It("the first half of a file whose index is at its end", func(ctx SpecContext) {
			whole, err := os.ReadFile(mediatest.Video(GinkgoT(), mediatest.Spec{Audio: "aac"}))
			Expect(err).NotTo(HaveOccurred())
			refused(ctx, write("a.mp4", string(whole[:len(whole)/2])))
		})
		It("a playlist that names a file of this machine", func(ctx SpecContext) {
			target := mediatest.Video(GinkgoT(), mediatest.Spec{})
			Expect(refused(ctx, write("a.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile://"+target+"\n#EXT-X-ENDLIST\n"))).
				To(ContainSubstring("known kind"))
		})
		It("a concatenation that names a file of this machine", func(ctx SpecContext) {
			target := mediatest.Video(GinkgoT(), mediatest.Spec{})
			refused(ctx, write("a.mp4", "ffconcat version 1.0\nfile '"+target+"'\n"))
		})
		It("a picture", func(ctx SpecContext) {
			refused(ctx, mediatest.Video(GinkgoT(), mediatest.Spec{Codec: "png", PixelFormat: "rgb24", FPS: "1", Seconds: 1, Extension: ".png"}))
		})
		It("a file that takes too long", func(ctx SpecContext) {
			hurried := media.New(media.Options{ProbeTimeout: time.Nanosecond})
			_, err := hurried.Probe(ctx, mediatest.Video(GinkgoT(), mediatest.Spec{}))
			Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeUnprocessable))
			Expect(err).To(MatchError(ContainSubstring("too long")))
		})
	})

	It("does not blame the file when ffprobe is missing", func(ctx SpecContext) {
		broken := media.New(media.Options{FFprobe: "/nonexistent/ffprobe"})
		_, err := broken.Probe(ctx, mediatest.Video(GinkgoT(), mediatest.Spec{}))
		Expect(err).To(HaveOccurred())
		Expect(kernel.CodeOf(err)).To(BeEmpty())
	})

	It("does not blame the file when the caller goes away", func(ctx SpecContext) {
		gone, cancel := context.WithCancel(ctx)
		cancel()
		_, err := tools.Probe(gone, mediatest.Video(GinkgoT(), mediatest.Spec{}))
		Expect(err).To(MatchError(context.Canceled))
		Expect(kernel.CodeOf(err)).To(BeEmpty())
	})

	It("finds out what is installed", func(ctx SpecContext) {
		installed, err := tools.Detect(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(installed.Version).To(MatchRegexp(`^n?\d+\.`))
	})
})
