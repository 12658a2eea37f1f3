package transcoding

import (
	"math"
	"strconv"
	"strings"
)

// Probe is what is known of a media file: one video and one audio stream, those that players would choose.
// A stream that the file lacks has its zero value.
type Probe struct {
	// Container is the demuxer that reads the file, in ffprobe's words: "mov,mp4,m4a,3gp,3g2,mj2".
	Container string `json:"container"`
	// Size is in bytes.
	Size int64 `json:"size"`
	// Duration is in seconds.
	Duration float64 `json:"duration"`
	// Bitrate is that of all streams together, in bits per second; 0 when unknown.
	Bitrate int64 `json:"bitrate,omitzero"`

	Video VideoStream `json:"video,omitzero"`
	Audio AudioStream `json:"audio,omitzero"`

	// Chapters are those that the file names.
	Chapters []Chapter `json:"chapters,omitempty"`
}

// Chapter is a part of a media file that has a title.
type Chapter struct {
	// Start is in seconds.
	Start float64 `json:"start"`
	Title string  `json:"title"`
}

// VideoStream describes the moving picture. Cover art is none.
type VideoStream struct {
	// Index is the number of the stream in its file.
	Index int `json:"index"`
	// Codec is ffprobe's name: "h264", "vp9", "hevc".
	Codec string `json:"codec"`
	// Profile and Level are those of the codec ("High", 31); they end in the CODECS attribute of a master playlist.
	Profile string `json:"profile,omitzero"`
	Level   int    `json:"level,omitzero"`
	// PixelFormat is ffmpeg's name: "yuv420p".
	PixelFormat string `json:"pixelFormat"`
	// Width and Height count the stored pixels of the upright picture: rotation is applied, the shape of the pixels is not.
	// PeerTube's API shows these. See DisplaySize.
	Width  int `json:"width"`
	Height int `json:"height"`
	// Rotation is clockwise in degrees: 0, 90, 180 or 270. Width and Height have it applied already.
	Rotation int `json:"rotation,omitzero"`
	// SampleAspect is the shape of a pixel of the upright picture ("4:3") where it is not square; else empty.
	SampleAspect string `json:"sampleAspect,omitzero"`
	// FrameRate is the average in frames per second, exact: 29.97. Rules use the rounded Probe.FPS.
	FrameRate float64 `json:"frameRate"`
	// Bitrate is in bits per second; 0 when unknown.
	Bitrate int64 `json:"bitrate,omitzero"`
	// ColorTransfer is ffmpeg's name of the transfer function, such as "smpte2084" for HDR10; empty when unknown.
	ColorTransfer string `json:"colorTransfer,omitzero"`
}

// AudioStream describes the sound.
type AudioStream struct {
	// Index is the number of the stream in its file.
	Index int `json:"index"`
	// Codec is ffprobe's name: "aac", "opus".
	Codec string `json:"codec"`
	// Profile is that of the codec: "LC", "HE-AAC".
	Profile string `json:"profile,omitzero"`
	// Bitrate is in bits per second; 0 when unknown, as in most Matroska files.
	Bitrate int64 `json:"bitrate,omitzero"`
	// Channels counts them; Layout names their places ("stereo", "5.1"), empty when unknown.
	Channels int    `json:"channels"`
	Layout   string `json:"layout,omitzero"`
	// SampleRate is in hertz.
	SampleRate int `json:"sampleRate,omitzero"`
}

// DisplaySize is the size in square pixels: what a viewer sees of 720x576 with pixels of 64:45 is 1024x576.
func (v VideoStream) DisplaySize() (width, height int) {
	above, below, _ := strings.Cut(v.SampleAspect, ":")
	wide, errWide := strconv.ParseFloat(above, 64)
	high, errHigh := strconv.ParseFloat(below, 64)
	if errWide != nil || errHigh != nil || wide <= 0 || high <= 0 {
		return v.Width, v.Height
	}
	return max(1, int(math.Round(float64(v.Width)*wide/high))), v.Height
}

// IsHDR says that the picture is of a high dynamic range: it has the transfer function of HDR10 (PQ) or of HLG.
func (v VideoStream) IsHDR() bool {
	return v.ColorTransfer == "smpte2084" || v.ColorTransfer == "arib-std-b67"
}

// HasVideo says that the file has a moving picture.
func (p Probe) HasVideo() bool { return p.Video.Codec != "" }

// HasAudio says that the file has sound.
func (p Probe) HasAudio() bool { return p.Audio.Codec != "" }

// IsAudioOnly says that the file has sound and no moving picture; cover art does not count.
func (p Probe) IsAudioOnly() bool { return p.HasAudio() && !p.HasVideo() }

// IsPortrait says that the picture is higher than wide.
func (p Probe) IsPortrait() bool { return p.Video.Height > p.Video.Width }

// Resolution is the short side of the picture: 720 for 1280x720 and for 720x1280; 0 without one.
func (p Probe) Resolution() Resolution {
	return Resolution(min(p.Video.Width, p.Video.Height))
}

// FPS is the frame rate rounded to an integer, which is what PeerTube stores, shows and computes with; 0 without video.
func (p Probe) FPS() int { return int(math.Floor(p.Video.FrameRate + 0.5)) }

// Seconds is the duration rounded to an integer, which is what the API shows.
func (p Probe) Seconds() int { return int(math.Floor(p.Duration + 0.5)) }

// Ratio is width ÷ height with four decimals (PeerTube's aspectRatio); 0 without video.
func (p Probe) Ratio() float64 { return AspectRatio(p.Video.Width, p.Video.Height) }

// InputBitrate is the bitrate that rules compare with, in bits per second: that of the file, else of the video stream,
// as PeerTube prefers it; 0 when unknown.
func (p Probe) InputBitrate() int64 {
	if p.Bitrate > 0 {
		return p.Bitrate
	}
	return p.Video.Bitrate
}

// AspectRatio is width ÷ height with four decimals, 0 when one of them is unknown.
func AspectRatio(width, height int) float64 {
	if width <= 0 || height <= 0 {
		return 0
	}
	return math.Round(float64(width)/float64(height)*10000) / 10000
}
