package media

import (
	"math"
	"strconv"
	"strings"

	"vidilog/domain/transcoding"
)

// ffprobeAnswer is the part of ffprobe's JSON that is asked for. Numbers come as text where ffprobe does not know them.
type ffprobeAnswer struct {
	Streams []ffprobeStream `json:"streams"`
	Format  struct {
		Name     string `json:"format_name"`
		Duration string `json:"duration"`
		Bitrate  string `json:"bit_rate"`
	} `json:"format"`
	Chapters []struct {
		Start string            `json:"start_time"`
		Tags  map[string]string `json:"tags"`
	} `json:"chapters"`
}

type ffprobeStream struct {
	Index         int               `json:"index"`
	Type          string            `json:"codec_type"`
	Codec         string            `json:"codec_name"`
	Profile       string            `json:"profile"`
	Level         int               `json:"level"`
	PixelFormat   string            `json:"pix_fmt"`
	Width         int               `json:"width"`
	Height        int               `json:"height"`
	SampleAspect  string            `json:"sample_aspect_ratio"`
	AverageRate   string            `json:"avg_frame_rate"`
	BaseRate      string            `json:"r_frame_rate"`
	Bitrate       string            `json:"bit_rate"`
	Duration      string            `json:"duration"`
	Channels      int               `json:"channels"`
	Layout        string            `json:"channel_layout"`
	SampleRate    string            `json:"sample_rate"`
	ColorTransfer string            `json:"color_transfer"`
	Disposition   map[string]int    `json:"disposition"`
	Tags          map[string]string `json:"tags"`
	SideData      []struct {
		Rotation float64 `json:"rotation"`
	} `json:"side_data_list"`
}

// probe chooses the streams that count: the first picture that moves and the first sound, as far as ffmpeg knows their
// codecs. A telephone may record a second sound in a format of its maker.
func (a ffprobeAnswer) probe() (transcoding.Probe, error) {
	if len(a.Streams) > maxStreams {
		return transcoding.Probe{}, unprocessable("it has %d streams; at most %d are read", len(a.Streams), maxStreams)
	}
	result := transcoding.Probe{Container: a.Format.Name, Bitrate: integer(a.Format.Bitrate)}
	longest := 0.0
	for _, s := range a.Streams {
		switch {
		case s.Codec == "" || s.Codec == "none" || s.Codec == "unknown" || s.isPictureOfSound():
		case s.Type == "video" && !result.HasVideo():
			result.Video = s.video()
			longest = max(longest, seconds(s.Duration))
		case s.Type == "audio" && !result.HasAudio():
			result.Audio = s.audio()
			longest = max(longest, seconds(s.Duration))
		}
	}
	if result.Duration = seconds(a.Format.Duration); result.Duration == 0 {
		result.Duration = longest
	}
	for _, c := range a.Chapters[:min(len(a.Chapters), maxChapters)] {
		result.Chapters = append(result.Chapters, transcoding.Chapter{Start: seconds(c.Start), Title: c.Tags["title"]})
	}
	return result, check(result)
}

func check(p transcoding.Probe) error {
	width, height := p.Video.DisplaySize()
	width, height = max(width, p.Video.Width), max(height, p.Video.Height)
	switch {
	case !p.HasVideo() && !p.HasAudio():
		return unprocessable("it has neither video nor audio in a known format")
	case p.HasVideo() && (p.Video.Width < 1 || p.Video.Height < 1):
		return unprocessable("its video has no size")
	case max(width, height) > maxSide || width*height > maxPixels:
		return unprocessable("its video has %dx%d pixels; at most %d a side and %d in all can be shown",
			width, height, maxSide, maxPixels)
	}
	return nil
}

// isPictureOfSound says that a video stream is cover art or pictures of chapters.
func (s ffprobeStream) isPictureOfSound() bool {
	return s.Disposition["attached_pic"] == 1 || s.Disposition["timed_thumbnails"] == 1
}

func (s ffprobeStream) video() transcoding.VideoStream {
	v := transcoding.VideoStream{
		Index: s.Index, Codec: s.Codec, Profile: known(s.Profile), Level: s.Level, PixelFormat: s.PixelFormat,
		Width: s.Width, Height: s.Height, Rotation: s.rotation(), FrameRate: s.frameRate(),
		Bitrate: integer(s.Bitrate), ColorTransfer: known(s.ColorTransfer),
	}
	wide, high := fraction(s.SampleAspect, ":")
	if v.Rotation == 90 || v.Rotation == 270 {
		v.Width, v.Height = v.Height, v.Width
		wide, high = high, wide
	}
	if wide > 0 && high > 0 && wide != high {
		v.SampleAspect = decimal(int(wide)) + ":" + decimal(int(high))
	}
	return v
}

func (s ffprobeStream) audio() transcoding.AudioStream {
	return transcoding.AudioStream{
		Index: s.Index, Codec: s.Codec, Profile: known(s.Profile), Bitrate: integer(s.Bitrate),
		Channels: s.Channels, Layout: known(s.Layout), SampleRate: int(integer(s.SampleRate)),
	}
}

// rotation is clockwise; the display matrix, which ffprobe gives counter-clockwise, counts more than the older tag.
func (s ffprobeStream) rotation() int {
	degrees, _ := strconv.ParseFloat(s.Tags["rotate"], 64)
	for _, data := range s.SideData {
		if data.Rotation != 0 {
			degrees = -data.Rotation
		}
	}
	if math.IsNaN(degrees) || math.IsInf(degrees, 0) {
		return 0
	}
	quarter := int(math.Round(math.Mod(degrees, 360) / 90))
	return (quarter + 4) % 4 * 90
}

// frameRate prefers the average, which is right for variable rates too.
func (s ffprobeStream) frameRate() float64 {
	for _, rate := range []string{s.AverageRate, s.BaseRate} {
		if frames, per := fraction(rate, "/"); frames > 0 && per > 0 {
			return frames / per
		}
	}
	return 0
}

func fraction(text, separator string) (float64, float64) {
	above, below, _ := strings.Cut(text, separator)
	a, errAbove := strconv.ParseFloat(above, 64)
	b, errBelow := strconv.ParseFloat(below, 64)
	if errAbove != nil || errBelow != nil {
		return 0, 0
	}
	return a, b
}

func seconds(text string) float64 {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) || value < 0 {
		return 0
	}
	return value
}

func integer(text string) int64 {
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil || value < 0 {
		return 0
	}
	return value
}

// known is text, or "" where ffprobe says that it does not know.
func known(text string) string {
	if text == "unknown" {
		return ""
	}
	return text
}
