package media_test

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/rest/uploads"
)

var (
	h264   = []string{"-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"}
	mpeg2  = []string{"-c:v", "mpeg2video", "-pix_fmt", "yuv420p"}
	mpeg1  = []string{"-c:v", "mpeg1video", "-pix_fmt", "yuv420p"}
	format = func(name string) []string { return []string{"-f", name} }
	sounds = func(encoder string) []string { return []string{"-c:a", encoder, "-ac", "2", "-strict", "-2"} }
)

// containers says how a file of each extension is made: with a picture of 320x240 and a tone, or with one of them.
var containers = map[string][]string{
	".mp4": join(picture, tone, h264, sounds("aac")), ".m4v": join(picture, tone, h264, sounds("aac"), format("mp4")),
	".f4v": join(picture, tone, h264, sounds("aac"), format("f4v")), ".mov": join(picture, tone, h264, sounds("pcm_s16le")),
	".qt": join(picture, tone, h264, sounds("aac"), format("mov")), ".mqv": join(picture, tone, h264, sounds("aac"), format("mov")),
	".webm": join(picture, tone, []string{"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"}, sounds("libopus")),
	".ogv":  join(picture, tone, []string{"-c:v", "libtheora"}, sounds("libvorbis")),
	".mkv":  join(picture, tone, []string{"-c:v", "ffv1"}, sounds("flac")),
	".avi":  join(picture, tone, []string{"-c:v", "mpeg4"}, sounds("libmp3lame")),
	".flv":  join(picture, tone, []string{"-c:v", "flv"}, []string{"-c:a", "libmp3lame", "-ar", "44100"}),
	".wmv":  join(picture, tone, []string{"-c:v", "wmv2"}, sounds("wmav2"), format("asf")),
	".3gp":  join(picture, tone, []string{"-c:v", "h263", "-s", "176x144"}, []string{"-c:a", "aac", "-ac", "1"}, format("3gp")),
	".3gpp": join(picture, tone, h264, sounds("aac"), format("3gp")), ".3g2": join(picture, tone, h264, sounds("aac"), format("3g2")),
	".3gpp2": join(picture, tone, h264, sounds("aac"), format("3g2")), ".nut": join(picture, tone, h264, sounds("aac"), format("nut")),
	".ts": join(picture, tone, h264, sounds("aac"), format("mpegts")), ".mts": join(picture, tone, h264, sounds("ac3"), format("mpegts")),
	".m2ts": join(picture, tone, h264, sounds("ac3"), format("mpegts")),
	".mpg":  join(picture, tone, mpeg1, sounds("mp2"), format("mpeg")), ".mpeg": join(picture, tone, mpeg2, sounds("mp2"), format("mpeg")),
	".mpe": join(picture, tone, mpeg2, sounds("mp2"), format("mpeg")), ".vob": join(picture, tone, mpeg2, sounds("ac3"), format("vob")),
	".m2v": join(picture, mpeg2, format("mpeg2video")), ".m1v": join(picture, mpeg1, format("mpeg1video")),
	".mpv": join(picture, mpeg2, format("mpeg2video")),
	".mxf": join(pictureOf("size=320x240:rate=25:duration=1.5"), tone, mpeg2, []string{"-c:a", "pcm_s16le"}, format("mxf")),

	".mp3": join(tone, sounds("libmp3lame")), ".ogg": join(tone, sounds("libvorbis")), ".wma": join(tone, sounds("wmav2"), format("asf")),
	".wav": join(tone, sounds("pcm_s16le")), ".flac": join(tone, sounds("flac")), ".aac": join(tone, sounds("aac"), format("adts")),
	".m4a": join(tone, sounds("aac"), format("ipod")), ".m4b": join(tone, sounds("aac"), format("ipod")),
	".ac3": join(tone, sounds("ac3"), format("ac3")),
}

var _ = Describe("An upload of every kind", func() {
	for _, extension := range uploads.KindsFor(true, true, true).Extensions {
		It(extension+" becomes a film that browsers play", func(ctx SpecContext) {
			arguments, known := containers[extension]
			Expect(known).To(BeTrue(), "the table knows how to make it")
			path := upload(ctx, "film"+extension, arguments...)
			made := madeOf(ctx, path, settings(true, true, 240))
			hasPicture := strings.Contains(strings.Join(arguments, " "), "testsrc2")
			if hasPicture {
				Expect(made).To(HaveLen(2))
			} else {
				Expect(made).To(HaveLen(4), "480 lines for the picture that is put to it, and 240")
			}
			hasSound := strings.Contains(strings.Join(arguments, " "), "sine")
			for _, f := range made {
				Expect(f.probe.HasVideo()).To(BeTrue(), "a sound gets a picture")
				Expect(f.probe.Video.Codec).To(Equal("h264"))
				Expect(f.probe.Video.PixelFormat).To(Equal("yuv420p"))
				Expect(f.probe.HasAudio()).To(Equal(hasSound))
				if hasSound {
					Expect(f.probe.Audio.Codec).To(Equal("aac"))
				}
				if hasPicture {
					Expect(int(f.probe.Resolution())).To(BeElementOf(240, 144))
				}
				Expect(f.probe.Duration).To(BeNumerically("~", 1.5, 0.3))
			}
		})
	}
})
