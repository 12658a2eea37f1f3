package shape

import (
	"math"
	"strconv"

	"vidilog/domain/transcoding"
	"vidilog/projections/catalog"
)

// Source is PeerTube's VideoSource: the uploaded file as it came.
type Source struct {
	FileName        string   `json:"filename"`
	InputFileName   string   `json:"inputFilename"`
	FileURL         *string  `json:"fileUrl"` // in object storage only
	FileDownloadURL *string  `json:"fileDownloadUrl"`
	Resolution      Constant `json:"resolution"`
	Size            int64    `json:"size"`
	Width           int      `json:"width"`
	Height          int      `json:"height"`
	FPS             int      `json:"fps"`
	Metadata        any      `json:"metadata"` // Metadata, or all of ffprobe's words
	CreatedAt       Time     `json:"createdAt"`
}

// Source shapes an uploaded file.
func (s Site) Source(source catalog.Source) Source {
	shown := Source{
		FileName: source.FileName, InputFileName: source.FileName, Resolution: Resolution(source.Resolution, source.Width, source.Height), Size: source.Bytes,
		Width: source.Width, Height: source.Height, FPS: source.FPS, Metadata: MetadataOf(source.Probe), CreatedAt: Time(source.CreatedAt),
	}
	if source.KeptName != "" {
		address := s.URL + "/download/original-video-files/" + source.KeptName
		shown.FileDownloadURL = &address
	}
	return shown
}

// Metadata is what PeerTube shows of ffprobe's words about a file: container, streams, and no chapters of its own.
type Metadata struct {
	Format   MetadataFormat   `json:"format"`
	Streams  []MetadataStream `json:"streams"`
	Chapters []struct{}       `json:"chapters"`
}

// MetadataFormat is about the whole file; durations are seconds, bit rates bits per second.
type MetadataFormat struct {
	FormatName string  `json:"format_name"`
	Duration   float64 `json:"duration"`
	Size       int64   `json:"size"`
	BitRate    int64   `json:"bit_rate"`
	NbStreams  int     `json:"nb_streams"`
}

// MetadataStream is about one stream. What does not apply is left out.
type MetadataStream struct {
	Index             int    `json:"index"`
	CodecType         string `json:"codec_type"`
	CodecName         string `json:"codec_name"`
	Profile           string `json:"profile,omitempty"`
	Level             int    `json:"level,omitempty"`
	PixFmt            string `json:"pix_fmt,omitempty"`
	Width             int    `json:"width,omitempty"`
	Height            int    `json:"height,omitempty"`
	SampleAspectRatio string `json:"sample_aspect_ratio,omitempty"`
	AvgFrameRate      string `json:"avg_frame_rate,omitempty"`
	ColorTransfer     string `json:"color_transfer,omitempty"`
	Channels          int    `json:"channels,omitempty"`
	ChannelLayout     string `json:"channel_layout,omitempty"`
	SampleRate        int    `json:"sample_rate,omitempty"`
	BitRate           int64  `json:"bit_rate,omitempty"`
}

// MetadataOf shapes what is known of a file.
func MetadataOf(p transcoding.Probe) Metadata {
	m := Metadata{
		Format:  MetadataFormat{FormatName: p.Container, Duration: p.Duration, Size: p.Size, BitRate: p.Bitrate},
		Streams: []MetadataStream{}, Chapters: []struct{}{},
	}
	if v := p.Video; p.HasVideo() {
		m.Streams = append(m.Streams, MetadataStream{
			Index: v.Index, CodecType: "video", CodecName: v.Codec, Profile: v.Profile, Level: v.Level, PixFmt: v.PixelFormat,
			Width: v.Width, Height: v.Height, SampleAspectRatio: v.SampleAspect, AvgFrameRate: rate(v.FrameRate),
			ColorTransfer: v.ColorTransfer, BitRate: v.Bitrate,
		})
	}
	if a := p.Audio; p.HasAudio() {
		m.Streams = append(m.Streams, MetadataStream{
			Index: a.Index, CodecType: "audio", CodecName: a.Codec, Profile: a.Profile, Channels: a.Channels, ChannelLayout: a.Layout,
			SampleRate: a.SampleRate, BitRate: a.Bitrate,
		})
	}
	m.Format.NbStreams = len(m.Streams)
	return m
}

// rate writes a frame rate as ffprobe does, as a fraction: 25/1, 29970/1000.
func rate(perSecond float64) string {
	if perSecond == math.Trunc(perSecond) {
		return strconv.Itoa(int(perSecond)) + "/1"
	}
	return strconv.Itoa(int(math.Round(perSecond*1000))) + "/1000"
}
