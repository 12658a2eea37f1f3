package transcoding_test

import (
	"encoding/json"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
)

// camera is a file that browsers play as it is.
func camera(change ...func(*transcoding.Probe)) transcoding.Probe {
	probe := transcoding.Probe{
		Container: "mov,mp4,m4a,3gp,3g2,mj2", Size: 4_711_635, Duration: 12, Bitrate: 3_141_090,
		Video: transcoding.VideoStream{Codec: "h264", Profile: "High", Level: 31, PixelFormat: "yuv420p", Width: 1280, Height: 720, FrameRate: 60, Bitrate: 3_002_882},
		Audio: transcoding.AudioStream{Index: 1, Codec: "aac", Profile: "LC", Bitrate: 128_092, Channels: 2, Layout: "stereo", SampleRate: 48_000},
	}
	for _, c := range change {
		c(&probe)
	}
	return probe
}

func silent(p *transcoding.Probe)   { p.Audio = transcoding.AudioStream{} }
func pictured(p *transcoding.Probe) { p.Video = transcoding.VideoStream{} }
func codec(name string) func(*transcoding.Probe) {
	return func(p *transcoding.Probe) { p.Video.Codec = name }
}

var _ = Describe("Quick copy", func() {
	policy := transcoding.Policy{MaxFPS: 60}
	It("takes what browsers play", func() { Expect(policy.CanQuickCopy(camera())).To(BeTrue()) })
	It("takes it without sound", func() { Expect(policy.CanQuickCopy(camera(silent))).To(BeTrue()) })

	DescribeTable("does not take", func(change func(*transcoding.Probe)) {
		Expect(policy.CanQuickCopy(camera(change))).To(BeFalse())
	},
		Entry("another codec", codec("hevc")),
		Entry("sound only", pictured),
		Entry("10 bit", func(p *transcoding.Probe) { p.Video.PixelFormat = "yuv420p10le" }),
		Entry("1 frame per second", func(p *transcoding.Probe) { p.Video.FrameRate = 1 }),
		Entry("more frames than the policy allows", func(p *transcoding.Probe) { p.Video.FrameRate = 61 }),
		Entry("an unknown bitrate", func(p *transcoding.Probe) { p.Bitrate, p.Video.Bitrate = 0, 0 }),
		Entry("a wasteful bitrate", func(p *transcoding.Probe) { p.Bitrate = 10_506_500 }),
		Entry("other sound than AAC", func(p *transcoding.Probe) { p.Audio.Codec = "mp3" }),
		Entry("AAC of unknown bitrate", func(p *transcoding.Probe) { p.Audio.Bitrate = 0 }),
		Entry("AAC above 384 kb/s", func(p *transcoding.Probe) { p.Audio.Bitrate = 384_001 }),
		Entry("quadrophony", func(p *transcoding.Probe) { p.Audio.Layout = "quad" }),
		Entry("an unknown channel layout", func(p *transcoding.Probe) { p.Audio.Layout = "" }),
	)
})

var _ = Describe("Sound", func() {
	DescribeTable("is treated by codec and bitrate", func(codec string, bitrate int64, expected transcoding.AudioTreatment) {
		stream := transcoding.AudioStream{Codec: codec, Bitrate: bitrate, Channels: 2, Layout: "stereo"}
		Expect(stream.Treatment()).To(Equal(expected))
	},
		Entry("AAC is copied", "aac", int64(384_000), transcoding.AudioTreatment{Copy: true}),
		Entry("too much AAC is reduced", "aac", int64(400_000), transcoding.AudioTreatment{Bitrate: 384_000}),
		Entry("AAC of unknown bitrate", "aac", int64(0), transcoding.AudioTreatment{Bitrate: 256_000}),
		Entry("MP3 up to 192", "mp3", int64(192_000), transcoding.AudioTreatment{Bitrate: 128_000}),
		Entry("MP3 up to 384", "mp3", int64(320_000), transcoding.AudioTreatment{Bitrate: 256_000}),
		Entry("PCM", "pcm_s16le", int64(1_411_200), transcoding.AudioTreatment{Bitrate: 384_000}),
		Entry("Opus in Matroska", "opus", int64(0), transcoding.AudioTreatment{Bitrate: 256_000}),
	)
	It("leaves the bitrate of AAC with a bad layout to the encoder", func() {
		stream := transcoding.AudioStream{Codec: "aac", Bitrate: 128_000, Channels: 4, Layout: "quad"}
		Expect(stream.Treatment()).To(Equal(transcoding.AudioTreatment{}))
	})
})

var _ = Describe("The plan of an upload", func() {
	policy := transcoding.Policy{Resolutions: resolutions{0, 240, 480, 720, 1080}, MaxFPS: 60}
	encode := func(r transcoding.Resolution, fps int) transcoding.Encoding {
		return transcoding.Encoding{Resolution: r, FPS: fps}
	}

	It("encodes the largest and makes the lower ones, slow ones of a fast source", func() {
		Expect(policy.Plan(camera(codec("vp9")))).To(Equal(transcoding.Plan{
			WebVideo: encode(720, 60), HLS: encode(720, 60), HLSByCopy: true,
			Lower: []transcoding.Encoding{encode(0, 0), encode(480, 30), encode(240, 30)},
		}))
	})
	It("copies a playable upload, and encodes its HLS", func() {
		plan, err := policy.Plan(camera())
		Expect(err).NotTo(HaveOccurred())
		Expect(plan.WebVideo).To(Equal(transcoding.Encoding{Resolution: 720, FPS: 60, QuickCopy: true}))
		Expect(plan.HLS).To(Equal(encode(720, 60)))
		Expect(plan.HLSByCopy).To(BeFalse())
	})
	It("copies an upload of a size that is not enabled, and makes HLS of the next smaller one", func() {
		plan, err := policy.Plan(camera(func(p *transcoding.Probe) { p.Video.Width, p.Video.Height = 1200, 700 }))
		Expect(err).NotTo(HaveOccurred())
		Expect(plan.WebVideo).To(Equal(transcoding.Encoding{Resolution: 700, FPS: 60, QuickCopy: true}))
		Expect(plan.HLS).To(Equal(encode(480, 60)))
	})
	It("counts a portrait by its width", func() {
		plan, err := policy.Plan(camera(codec("hevc"), func(p *transcoding.Probe) { p.Video.Width, p.Video.Height = 720, 1280 }))
		Expect(err).NotTo(HaveOccurred())
		Expect(plan.WebVideo.Resolution).To(Equal(transcoding.Resolution(720)))
	})
	It("merges sound with a still picture", func() {
		plan, err := policy.Plan(camera(pictured))
		Expect(err).NotTo(HaveOccurred())
		Expect(plan.MergesAudio).To(BeTrue())
		Expect(plan.WebVideo).To(Equal(encode(480, 25)))
		Expect(plan.Lower).To(Equal([]transcoding.Encoding{encode(0, 0), encode(240, 25)}))
	})
	It("rounds 29.97 frames per second to 30", func() {
		plan, err := policy.Plan(camera(codec("vp9"), func(p *transcoding.Probe) { p.Video.FrameRate = 30000.0 / 1001 }))
		Expect(err).NotTo(HaveOccurred())
		Expect(plan.WebVideo.FPS).To(Equal(30))
	})
	It("refuses a file with nothing in it", func() {
		_, err := policy.Plan(camera(silent, pictured))
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeUnprocessable))
	})
	It("refuses a picture that stands still", func() {
		_, err := policy.Plan(camera(func(p *transcoding.Probe) { p.Video.FrameRate = 0.4 }))
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeUnprocessable))
	})
	It("survives being written into an event", func() {
		plan, err := policy.Plan(camera())
		Expect(err).NotTo(HaveOccurred())
		text, err := json.Marshal(plan)
		Expect(err).NotTo(HaveOccurred())
		var read transcoding.Plan
		Expect(json.Unmarshal(text, &read)).To(Succeed())
		Expect(read).To(Equal(plan))
	})
})

var _ = Describe("A probe", func() {
	It("leaves out streams that the file lacks when written", func() {
		text, err := json.Marshal(camera(silent))
		Expect(err).NotTo(HaveOccurred())
		Expect(string(text)).NotTo(ContainSubstring(`"audio"`))
	})
	It("knows portrait, ratio and length as the API shows them", func() {
		probe := camera(func(p *transcoding.Probe) { p.Video.Width, p.Video.Height, p.Duration = 720, 1280, 9.5 })
		Expect(probe.IsPortrait()).To(BeTrue())
		Expect(probe.Ratio()).To(Equal(0.5625))
		Expect(probe.Seconds()).To(Equal(10))
		Expect(camera().Ratio()).To(Equal(1.7778))
	})
	DescribeTable("knows the size that a viewer sees", func(aspect string, width int) {
		video := transcoding.VideoStream{Width: 720, Height: 576, SampleAspect: aspect}
		shownWidth, shownHeight := video.DisplaySize()
		Expect([]int{shownWidth, shownHeight}).To(Equal([]int{width, 576}))
	},
		Entry("with square pixels", "", 720),
		Entry("with wide pixels", "64:45", 1024),
		Entry("with high pixels", "1:2", 360),
		Entry("with nonsense", "0:0", 720),
	)
	It("prefers the bitrate of the file to that of the stream", func() {
		Expect(camera().InputBitrate()).To(Equal(int64(3_141_090)))
		Expect(camera(func(p *transcoding.Probe) { p.Bitrate = 0 }).InputBitrate()).To(Equal(int64(3_002_882)))
	})
})
