package media

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

var _ = Describe("What ffmpeg said", func() {
	DescribeTable("is cleaned for people", func(said, shown string) {
		Expect(clean(said, []string{"/srv/My Videos/in", "", "/"})).To(Equal(shown))
	},
		Entry("of directories with blanks that are known", "/srv/My Videos/in/a.mp4: Invalid data", "a.mp4: Invalid data"),
		Entry("of other directories", "Error opening '/var/lib/vidilog/x/b.mp4'", "Error opening 'b.mp4'"),
		Entry("of the protocol", "file:/tmp/x/a.mp4: No such file or directory", "a.mp4: No such file or directory"),
		Entry("of addresses", "[mov,mp4 @ 0x55d0aa01] moov atom not found", "[mov,mp4] moov atom not found"),
		Entry("of control characters", "a\x1b[31mred\x00\r\n", "a[31mred"),
		Entry("of broken text", "caf\xe9", "caf\uFFFD"),
		Entry("but not of fractions", "timebase 1/30000 with 30/1 fps", "timebase 1/30000 with 30/1 fps"),
	)

	It("is kept to its last 4 kB", func() {
		said := tail{limit: stderrTail}
		for range 1000 {
			_, _ = said.Write([]byte("a line that says little\n"))
		}
		_, _ = said.Write([]byte("the reason"))
		Expect(said.String()).To(HaveLen(stderrTail))
		Expect(said.String()).To(HaveSuffix("the reason"))
		_, _ = said.Write([]byte(strings.Repeat("x", 3*stderrTail)))
		Expect(said.String()).To(HaveLen(stderrTail))
	})

	It("is told with the way it ended", func() {
		Expect((&ToolError{Tool: "ffmpeg", ExitCode: 1, Detail: "first\nlast"}).Error()).To(Equal("ffmpeg failed with code 1: first\nlast"))
		Expect((&ToolError{Tool: "ffmpeg", ExitCode: -1}).Error()).To(Equal("ffmpeg was killed"))
		Expect((&ToolError{Detail: "first\nlast"}).LastLine()).To(Equal("last"))
	})
})

var _ = Describe("An answer of ffprobe", func() {
	stream := func(change func(*ffprobeStream)) ffprobeAnswer {
		s := ffprobeStream{Index: 1, Type: "video", Codec: "h264", Width: 640, Height: 480, AverageRate: "25/1"}
		change(&s)
		return ffprobeAnswer{Streams: []ffprobeStream{{Index: 0, Type: "audio", Codec: "aac", Duration: "3.5"}, s}}
	}

	It("leaves cover art and pictures of chapters out", func() {
		for _, disposition := range []string{"attached_pic", "timed_thumbnails"} {
			probe, err := stream(func(s *ffprobeStream) { s.Disposition = map[string]int{disposition: 1} }).probe()
			Expect(err).NotTo(HaveOccurred())
			Expect(probe.IsAudioOnly()).To(BeTrue())
		}
	})
	It("passes over streams that ffmpeg does not know", func() {
		answer := stream(func(*ffprobeStream) {})
		answer.Streams[0].Codec = "none"
		answer.Streams = append(answer.Streams, ffprobeStream{Index: 2, Type: "audio", Codec: "aac"})
		Expect(answer.probe()).To(HaveField("Audio.Index", 2))
	})
	It("takes the length of the longest stream where the file says none", func() {
		Expect(stream(func(s *ffprobeStream) { s.Duration = "2" }).probe()).To(HaveField("Duration", 3.5))
	})
	It("falls back to the base rate", func() {
		probe, err := stream(func(s *ffprobeStream) { s.AverageRate, s.BaseRate = "0/0", "24/1" }).probe()
		Expect(err).NotTo(HaveOccurred())
		Expect(probe.FPS()).To(Equal(24))
	})
	It("understands the rotation tag of old files", func() {
		Expect(stream(func(s *ffprobeStream) { s.Tags = map[string]string{"rotate": "-90"} }).probe()).To(HaveField("Video.Rotation", 270))
	})
	DescribeTable("is refused", func(change func(*ffprobeStream), reason string) {
		_, err := stream(change).probe()
		Expect(err).To(MatchError(ContainSubstring(reason)))
	},
		Entry("with a picture without size", func(s *ffprobeStream) { s.Width = 0 }, "no size"),
		Entry("with a side that is too long", func(s *ffprobeStream) { s.Width = 16385 }, "at most 16384 a side"),
		Entry("with too many pixels", func(s *ffprobeStream) { s.Width, s.Height = 16384, 16384 }, "67108864 in all"),
		Entry("with absurd pixels", func(s *ffprobeStream) { s.SampleAspect = "2147483647:1" }, "at most"),
	)
	It("is refused with too many streams", func() {
		_, err := ffprobeAnswer{Streams: make([]ffprobeStream, maxStreams+1)}.probe()
		Expect(err).To(MatchError(ContainSubstring("129 streams")))
	})
})
