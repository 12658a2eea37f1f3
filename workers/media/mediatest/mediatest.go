// Package mediatest makes small media files for tests with the real ffmpeg: a moving test picture and a tone. Files are
// kept between runs by their specification, so that a file costs its encoding once.
package mediatest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// TB is the part of testing.TB that is needed; GinkgoT() has it too.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
}

// Spec says what the file is like. The zero value is an MP4 that browsers play: 320x240, 30 frames per second, 2 s, H.264
// in yuv420p, no sound.
type Spec struct {
	// Width and Height in pixels as stored; 320x240 when 0.
	Width, Height int
	// FPS is frames per second, as ffmpeg writes it ("30", "30000/1001"); "30" when empty.
	FPS string
	// Seconds of length; 2 when 0.
	Seconds float64
	// Audio adds a tone: "aac", "libmp3lame", "libopus", "pcm_s16le", … as ffmpeg names the encoder; none when empty.
	Audio string
	// Channels of the tone; 2 when 0.
	Channels int
	// NoVideo leaves the picture out.
	NoVideo bool
	// Codec of the picture as ffmpeg names the encoder; "libx264" when empty.
	Codec string
	// PixelFormat as ffmpeg names it; "yuv420p" when empty.
	PixelFormat string
	// Rotation is how the player must turn the picture clockwise: 0, 90, 180 or 270.
	Rotation int
	// SampleAspect is the shape of a pixel, "4/3"; square when empty.
	SampleAspect string
	// VariableFPS drops every third frame without closing the gaps.
	VariableFPS bool
	// Extension chooses the container: ".mp4" when empty.
	Extension string
	// Unsized makes a file that does not say how long it is, as a browser's recorder does. For ".webm" and ".mkv".
	Unsized bool
	// ColorTransfer marks the picture as BT.2020 with this transfer function ("smpte2084", "arib-std-b67"); nothing when empty.
	ColorTransfer string
	// Title is noted in the file, as title and as comment.
	Title string
	// Bitrate of the picture, as ffmpeg writes it ("200k"); the encoder's choice when empty.
	Bitrate string
}

// cacheVersion is part of every name: raise it when the same Spec gives another file.
const cacheVersion = 1

// Video answers the path of such a file. The file is shared: read it, do not change it.
func Video(tb TB, s Spec) string {
	tb.Helper()
	s = s.filled()
	directory := filepath.Join(os.TempDir(), "vidilog-media")
	if err := os.MkdirAll(directory, 0o755); err != nil {
		tb.Fatalf("make the directory of test media: %v", err)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %+v", cacheVersion, s))
	final := filepath.Join(directory, hex.EncodeToString(sum[:12])+s.Extension)
	if _, err := os.Stat(final); err == nil {
		return final
	}
	work, err := os.MkdirTemp(directory, "making-")
	if err != nil {
		tb.Fatalf("make a test file: %v", err)
	}
	defer os.RemoveAll(work)
	made := s.make(tb, work)
	if err := os.Rename(made, final); err != nil { // atomic: several test programs may want the same file
		tb.Fatalf("keep a test file: %v", err)
	}
	return final
}

func (s Spec) filled() Spec {
	fill := func(value *string, otherwise string) {
		if *value == "" {
			*value = otherwise
		}
	}
	if s.Width == 0 || s.Height == 0 {
		s.Width, s.Height = 320, 240
	}
	if s.Seconds == 0 {
		s.Seconds = 2
	}
	if s.Channels == 0 {
		s.Channels = 2
	}
	fill(&s.FPS, "30")
	fill(&s.Codec, "libx264")
	fill(&s.PixelFormat, "yuv420p")
	fill(&s.Extension, ".mp4")
	return s
}

// make encodes into the work directory, then notes in the container how the picture is to be turned.
func (s Spec) make(tb TB, work string) string {
	made := filepath.Join(work, "made"+s.Extension)
	ffmpeg(tb, append(s.arguments(), made)...)
	if s.Rotation != 0 {
		if err := turn(made, s.Rotation); err != nil {
			tb.Fatalf("turn a test file: %v", err)
		}
	}
	return made
}

func (s Spec) arguments() []string {
	var args, outputs []string
	length := strconv.FormatFloat(s.Seconds, 'f', 3, 64)
	if !s.NoVideo {
		args = append(args, "-f", "lavfi", "-i", fmt.Sprintf("testsrc2=size=%dx%d:rate=%s:duration=%s", s.Width, s.Height, s.FPS, length))
		outputs = append(outputs, "-c:v", s.Codec, "-pix_fmt", s.PixelFormat)
		if filters := s.filters(); filters != "" {
			outputs = append(outputs, "-vf", filters)
		}
		if s.VariableFPS {
			outputs = append(outputs, "-vsync", "vfr")
		}
		if s.Codec == "libx264" {
			outputs = append(outputs, "-preset", "ultrafast")
		}
		if s.ColorTransfer != "" {
			outputs = append(outputs, "-color_primaries", "bt2020", "-colorspace", "bt2020nc", "-color_trc", s.ColorTransfer)
		}
		if s.Bitrate != "" {
			outputs = append(outputs, "-b:v", s.Bitrate)
		}
	}
	if s.Audio != "" {
		args = append(args, "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration="+length)
		outputs = append(outputs, "-c:a", s.Audio, "-ac", strconv.Itoa(s.Channels))
	}
	if s.Title != "" {
		outputs = append(outputs, "-metadata", "title="+s.Title, "-metadata", "comment="+s.Title, "-metadata:s:a", "title="+s.Title)
	}
	if s.Unsized {
		outputs = append(outputs, "-live", "1")
	}
	return append(args, append(outputs, "-t", length)...)
}

func (s Spec) filters() string {
	var list []string
	if s.VariableFPS {
		list = append(list, "select='mod(n,3)'")
	}
	if s.SampleAspect != "" {
		list = append(list, "setsar="+s.SampleAspect)
	}
	return strings.Join(list, ",")
}

func ffmpeg(tb TB, args ...string) {
	tb.Helper()
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		tb.Fatalf("tests of media need ffmpeg; on Debian: apt-get install ffmpeg")
	}
	output, err := exec.CommandContext(context.Background(), "ffmpeg", append([]string{"-hide_banner", "-loglevel", "error", "-nostdin", "-y"}, args...)...).CombinedOutput()
	if err != nil {
		tb.Fatalf("ffmpeg %s: %v\n%s", strings.Join(args, " "), err, output)
	}
}
