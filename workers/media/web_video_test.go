package media_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/transcoding"
	"vidilog/workers/media"
	"vidilog/workers/media/mediatest"
)

// keyFrames are the times of the key frames of a file, in seconds.
func keyFrames(path string) []float64 {
	GinkgoHelper()
	out, err := exec.Command("ffprobe", "-v", "error", "-select_streams", "v", "-skip_frame", "nokey",
		"-show_entries", "frame=pts_time", "-of", "csv=p=0", path).Output()
	Expect(err).NotTo(HaveOccurred())
	var times []float64
	for _, field := range strings.Fields(string(out)) {
		time, err := strconv.ParseFloat(strings.Trim(field, ","), 64)
		Expect(err).NotTo(HaveOccurred())
		times = append(times, time)
	}
	return times
}

var _ = Describe("A web video", needsFFmpeg, func() {
	var output string
	BeforeEach(func() {
		output = filepath.Join(GinkgoT().TempDir(), "new", uuid+"-240.mp4")
	})
	encode := func(ctx context.Context, path string, probe transcoding.Probe, e transcoding.Encoding) transcoding.Probe {
		GinkgoHelper()
		made, err := tools.WebVideo(ctx, media.WebVideo{Source: path, Probe: probe, Encoding: e, Output: output})
		Expect(err).NotTo(HaveOccurred())
		Expect(names(filepath.Dir(output))).To(ConsistOf(filepath.Base(output)))
		return made
	}

	It("is H.264 and AAC with the index in front and key frames every two seconds", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Width: 640, Height: 360, FPS: "60", Seconds: 5, Codec: "mpeg4", Audio: "libmp3lame", Extension: ".avi"})
		made := encode(ctx, path, probe, encoding(240, 30))
		Expect(made.Video.Codec).To(Equal("h264"))
		Expect(made.Video.PixelFormat).To(Equal("yuv420p"))
		Expect([]int{made.Video.Width, made.Video.Height, made.FPS()}).To(Equal([]int{426, 240, 30}))
		Expect(made.Audio.Codec).To(Equal("aac"))
		Expect(made.Audio.Layout).To(Equal("stereo"))
		Expect(made.Duration).To(BeNumerically("~", 5, 0.1))
		Expect(keyFrames(output)).To(ContainElements(BeNumerically("~", 0, 0.05), BeNumerically("~", 2, 0.05), BeNumerically("~", 4, 0.05)))
		content, err := os.ReadFile(output)
		Expect(err).NotTo(HaveOccurred())
		Expect(bytes.Index(content, []byte("moov"))).To(BeNumerically("<", bytes.Index(content, []byte("mdat"))))
		Expect(made.Size).To(Equal(int64(len(content))))
	})

	It("stays below the target bitrate", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Seconds: 4, Bitrate: "3M"})
		made := encode(ctx, path, probe, encoding(240, 30))
		target := transcoding.TargetBitrate(probe.InputBitrate(), 240, probe.Ratio(), 30)
		Expect(made.Video.Bitrate).To(BeNumerically("<=", target*12/10))
	})

	DescribeTable("shows the picture upright and in its shape", func(ctx SpecContext, spec mediatest.Spec, r transcoding.Resolution, width, height int) {
		path, probe := source(ctx, spec)
		made := encode(ctx, path, probe, encoding(r, 30))
		Expect([]int{made.Video.Width, made.Video.Height}).To(Equal([]int{width, height}))
		Expect(made.Resolution()).To(Equal(r.Even()))
		Expect(made.Video.Rotation).To(BeZero())
		Expect(made.Video.SampleAspect).To(Equal(probe.Video.SampleAspect))
	},
		Entry("high", mediatest.Spec{Width: 180, Height: 320}, transcoding.Resolution(144), 144, 256),
		Entry("turned right", mediatest.Spec{Rotation: 90}, transcoding.Resolution(144), 144, 192),
		Entry("turned left", mediatest.Spec{Rotation: 270}, transcoding.Resolution(240), 240, 320),
		Entry("with wide pixels", mediatest.Spec{SampleAspect: "4/3"}, transcoding.Resolution(240), 320, 240),
		Entry("with wide pixels, turned", mediatest.Spec{SampleAspect: "4/3", Rotation: 90}, transcoding.Resolution(240), 240, 320),
		Entry("of odd size", mediatest.Spec{Width: 201, Height: 151, Codec: "ffv1", PixelFormat: "yuv444p", Extension: ".mkv"}, transcoding.Resolution(151), 202, 152),
	)

	It("has eight bits and a steady frame rate whatever the source has", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{PixelFormat: "yuv420p10le", VariableFPS: true})
		made := encode(ctx, path, probe, encoding(240, probe.FPS()))
		Expect(made.Video.PixelFormat).To(Equal("yuv420p"))
		Expect(made.FPS()).To(Equal(20))
	})

	It("brings surround to stereo where it must be encoded", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Audio: "ac3", Channels: 6, Extension: ".mkv"})
		Expect(encode(ctx, path, probe, encoding(240, 30)).Audio.Channels).To(Equal(2))
	})

	It("can be sound only", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Audio: "aac"})
		made := encode(ctx, path, probe, encoding(transcoding.AudioOnly, 0))
		Expect(made.IsAudioOnly()).To(BeTrue())
	})

	DescribeTable("tells nothing of the author's machine", func(ctx SpecContext, quick bool) {
		path, probe := source(ctx, mediatest.Spec{Audio: "aac", Title: "Holiday at 47.37,8.54"})
		Expect(described(path)).To(ContainSubstring("Holiday"))
		encode(ctx, path, probe, transcoding.Encoding{Resolution: 240, FPS: 30, QuickCopy: quick})
		Expect(described(output)).NotTo(ContainSubstring("Holiday"))
	},
		Entry("when encoded", false),
		Entry("when copied", true),
	)

	It("copies without encoding", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Audio: "aac", Extension: ".mkv"})
		made := encode(ctx, path, probe, transcoding.Encoding{Resolution: 240, FPS: 30, QuickCopy: true})
		Expect(made.Video.Profile).To(Equal(probe.Video.Profile))
		Expect(made.Container).To(ContainSubstring("mp4"))
		Expect(packets(output, "v")).To(Equal(packets(path, "v")))
		Expect(packets(output, "a")).To(Equal(packets(path, "a")))
	})

	It("shows a still picture while a sound plays", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{NoVideo: true, Audio: "libmp3lame", Extension: ".mp3", Seconds: 3})
		still := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 850, Height: 480, Codec: "mjpeg", PixelFormat: "yuvj420p", FPS: "1", Seconds: 1, Extension: ".jpg"})
		made, err := tools.WebVideo(ctx, media.WebVideo{Source: path, Probe: probe, Encoding: encoding(480, 25), Still: still, Output: output})
		Expect(err).NotTo(HaveOccurred())
		Expect([]int{made.Video.Width, made.Video.Height, made.FPS()}).To(Equal([]int{850, 480, 25}))
		Expect(made.Audio.Codec).To(Equal("aac"))
		Expect(made.Duration).To(BeNumerically("~", 3, 0.2))
	})

	It("shows a plain ground where there is no picture", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{NoVideo: true, Audio: "flac", Extension: ".flac", Seconds: 3})
		made := encode(ctx, path, probe, encoding(240, 25))
		Expect([]int{made.Video.Width, made.Video.Height, made.FPS()}).To(Equal([]int{426, 240, 25}))
		Expect(made.Duration).To(BeNumerically("~", 3, 0.2))
		Expect(made.HasAudio()).To(BeTrue())
	})

	It("replaces what an earlier attempt made, and removes what a crashed one left", func(ctx SpecContext) {
		directory := filepath.Dir(output)
		Expect(os.MkdirAll(directory, 0o755)).To(Succeed())
		Expect(os.WriteFile(output, []byte("old"), 0o600)).To(Succeed())
		left := filepath.Join(directory, "."+filepath.Base(output)+".0011223344556677.part")
		Expect(os.WriteFile(left, []byte("half"), 0o600)).To(Succeed())
		Expect(os.Chtimes(left, time.Time{}, time.Now().Add(-2*time.Hour))).To(Succeed())
		path, probe := source(ctx, mediatest.Spec{})
		Expect(encode(ctx, path, probe, encoding(144, 30)).Resolution()).To(Equal(transcoding.Resolution(144)))
	})

	It("reports rising progress that ends at 100", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Width: 1280, Height: 720, Seconds: 5, Audio: "aac"})
		var seen []int
		_, err := tools.WebVideo(ctx, media.WebVideo{
			Source: path, Probe: probe, Encoding: encoding(720, 30), Output: output,
			Progress: func(percent int) { seen = append(seen, percent) },
		})
		Expect(err).NotTo(HaveOccurred())
		Expect(len(seen)).To(BeNumerically(">=", 2), "%v", seen)
		for i, percent := range seen[1:] {
			Expect(percent).To(BeNumerically(">", seen[i]), "%v", seen)
		}
		Expect(seen[len(seen)-1]).To(Equal(100))
		Expect(seen[len(seen)-2]).To(BeNumerically("<", 100))
	})

	It("stops with its context, with all processes, and leaves nothing", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Width: 1280, Height: 720, Seconds: 12, Audio: "aac"})
		stopped, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		var once bool
		_, err := tools.WebVideo(stopped, media.WebVideo{
			Source: path, Probe: probe, Encoding: encoding(720, 30), Output: output,
			Progress: func(int) {
				if !once {
					once = true
					Expect(processesWith(output)).NotTo(BeEmpty())
					cancel(errors.New("the video was deleted"))
				}
			},
		})
		Expect(err).To(MatchError(ContainSubstring("the video was deleted")))
		Expect(once).To(BeTrue())
		Expect(processesWith(output)).To(BeEmpty())
		Expect(names(filepath.Dir(output))).To(BeEmpty())
	})

	DescribeTable("shows a picture of high dynamic range in the range of usual screens", func(ctx SpecContext, transfer string) {
		path, probe := source(ctx, mediatest.Spec{PixelFormat: "yuv420p10le", ColorTransfer: transfer, Seconds: 1})
		Expect(probe.Video.IsHDR()).To(BeTrue())
		installed, err := tools.Detect(ctx)
		Expect(err).NotTo(HaveOccurred())
		if !installed.MapsTones {
			Skip("this ffmpeg has no zscale")
		}
		made, err := tools.WebVideo(ctx, media.WebVideo{
			Source: path, Probe: probe, Encoding: transcoding.Encoding{Resolution: 144, FPS: 30}, Output: filepath.Join(GinkgoT().TempDir(), "sdr.mp4"),
		})
		Expect(err).NotTo(HaveOccurred())
		Expect(made.Video.PixelFormat).To(Equal("yuv420p"))
		Expect(made.Video.ColorTransfer).To(Equal("bt709"))
	}, Entry("HDR10", "smpte2084"), Entry("HLG", "arib-std-b67"))

	It("runs at the priority it is given", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{Width: 1280, Height: 720, Seconds: 12, Audio: "aac"})
		polite := media.New(media.Options{Threads: oneThread, Nice: 15})
		stopped, cancel := context.WithCancel(ctx)
		defer cancel()
		priority := ""
		_, _ = polite.WebVideo(stopped, media.WebVideo{
			Source: path, Probe: probe, Encoding: encoding(720, 30), Output: output,
			Progress: func(int) {
				defer cancel()
				for _, pid := range processesWith(output) {
					stat, err := os.ReadFile("/proc/" + pid + "/stat")
					Expect(err).NotTo(HaveOccurred())
					fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
					priority = fields[16] // the 19th field of proc(5), counted from the third
				}
			},
		})
		Expect(priority).To(Equal("15"))
	})

	It("tells what ffmpeg said, without paths, and leaves nothing", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{})
		gone := filepath.Join(GinkgoT().TempDir(), "My Videos", "gone.mp4")
		Expect(os.Mkdir(filepath.Dir(gone), 0o755)).To(Succeed())
		content, err := os.ReadFile(path)
		Expect(err).NotTo(HaveOccurred())
		Expect(os.WriteFile(gone, content[:200], 0o600)).To(Succeed())
		_, err = tools.WebVideo(ctx, media.WebVideo{Source: gone, Probe: probe, Encoding: encoding(240, 30), Output: output})
		var failure *media.ToolError
		Expect(errors.As(err, &failure)).To(BeTrue(), "%v", err)
		Expect(failure.ExitCode).To(BeNumerically(">", 0))
		Expect(failure.Error()).To(ContainSubstring("gone.mp4: Invalid data found"))
		Expect(failure.Error()).NotTo(ContainSubstring("My Videos"))
		Expect(failure.Error()).NotTo(ContainSubstring(filepath.Dir(path)))
		Expect(names(filepath.Dir(output))).To(BeEmpty())
	})

	It("refuses to make a picture of a source that has none", func(ctx SpecContext) {
		path, probe := source(ctx, mediatest.Spec{})
		_, err := tools.WebVideo(ctx, media.WebVideo{Source: path, Probe: probe, Encoding: encoding(transcoding.AudioOnly, 0), Output: output})
		Expect(err).To(MatchError(ContainSubstring("no stream")))
	})
})

// processesWith are the ids of running programs that name the directory of a file in their arguments.
func processesWith(path string) []string {
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	var ids []string
	for _, line := range lines {
		if content, err := os.ReadFile(line); err == nil && bytes.Contains(content, []byte(filepath.Dir(path))) {
			ids = append(ids, strings.Split(line, "/")[2])
		}
	}
	return ids
}

// described is everything ffprobe says of a file.
func described(path string) string {
	GinkgoHelper()
	out, err := exec.Command("ffprobe", "-v", "error", "-show_format", "-show_streams", "-show_chapters", path).Output()
	Expect(err).NotTo(HaveOccurred())
	return string(out)
}

// packets are the sizes of the packets of a stream, "v" or "a": the same after copying.
func packets(path, stream string) string {
	GinkgoHelper()
	out, err := exec.Command("ffprobe", "-v", "error", "-select_streams", stream, "-show_entries", "packet=size", "-of", "csv=p=0", path).Output()
	Expect(err).NotTo(HaveOccurred())
	return string(out)
}
