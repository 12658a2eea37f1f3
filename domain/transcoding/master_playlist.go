package transcoding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Rendition is one HLS file of a video, as much of it as the master playlist says.
type Rendition struct {
	// Media is the name of the fragmented MP4; the playlist's name follows from it.
	Media      string     `json:"media"`
	Resolution Resolution `json:"resolution"`
	// Width and Height in pixels; 0 for an audio-only rendition.
	Width  int `json:"width,omitzero"`
	Height int `json:"height,omitzero"`
	FPS    int `json:"fps,omitzero"`
	// Size of the media file in bytes.
	Size int64 `json:"size"`
	// VideoCodec and AudioCodec are in the form of RFC 6381; empty where the stream is missing.
	VideoCodec string `json:"videoCodec,omitzero"`
	AudioCodec string `json:"audioCodec,omitzero"`
}

// RenditionOf describes an HLS file by what probing it gave.
func RenditionOf(media string, probe Probe) Rendition {
	return Rendition{
		Media: media, Resolution: probe.Resolution(), Width: probe.Video.Width, Height: probe.Video.Height,
		FPS: probe.FPS(), Size: probe.Size,
		VideoCodec: probe.Video.CodecString(), AudioCodec: probe.Audio.CodecString(),
	}
}

// MasterPlaylist is the text of the HLS master playlist (RFC 8216, 4.3.4), lowest resolution first. seconds is the
// duration of the video; at 0 the size of a file stands for its bandwidth, as in PeerTube.
//
// An audio-only rendition is a stream of its own when it is the only one. Where others have no sound it is their common sound
// track. It is no choice beside pictures: players would take it on slow links and show none.
func MasterPlaylist(renditions []Rendition, seconds int) string {
	sorted := slices.SortedStableFunc(slices.Values(renditions), func(a, b Rendition) int {
		return cmp.Compare(a.Resolution, b.Resolution)
	})
	sound, split := commonSound(sorted)
	lines := []string{"#EXTM3U", "#EXT-X-VERSION:3", ""}
	if split {
		lines = append(lines, `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Audio",AUTOSELECT=YES,DEFAULT=YES,URI="`+
			HLSPlaylistName(sound.Media)+`"`)
	}
	lines = append(lines, "")
	for _, r := range sorted {
		if r.Resolution == AudioOnly && len(sorted) > 1 {
			continue
		}
		borrows := split && r.AudioCodec == ""
		if borrows {
			r.AudioCodec = sound.AudioCodec
		}
		lines = append(lines, r.streamInfo(seconds, borrows), HLSPlaylistName(r.Media))
	}
	return strings.Join(lines, "\n") + "\n"
}

// commonSound finds the audio-only rendition that the silent others share.
func commonSound(sorted []Rendition) (Rendition, bool) {
	if len(sorted) < 2 || sorted[0].Resolution != AudioOnly || sorted[0].AudioCodec == "" {
		return Rendition{}, false
	}
	silent := slices.ContainsFunc(sorted[1:], func(r Rendition) bool { return r.AudioCodec == "" })
	return sorted[0], silent
}

func (r Rendition) streamInfo(seconds int, borrows bool) string {
	var line strings.Builder
	fmt.Fprintf(&line, "#EXT-X-STREAM-INF:BANDWIDTH=%d", r.bandwidth(seconds))
	if r.Resolution != AudioOnly {
		fmt.Fprintf(&line, ",RESOLUTION=%dx%d", r.Width, r.Height)
	}
	if r.FPS > 0 {
		fmt.Fprintf(&line, ",FRAME-RATE=%d", r.FPS)
	}
	fmt.Fprintf(&line, `,CODECS="%s"`, joinNonEmpty(r.VideoCodec, r.AudioCodec))
	if borrows {
		line.WriteString(`,AUDIO="audio"`)
	}
	return line.String()
}

// bandwidth is the size over the duration in bits per second, rounded up.
func (r Rendition) bandwidth(seconds int) int64 {
	if seconds <= 0 {
		return r.Size
	}
	return (r.Size*8 + int64(seconds) - 1) / int64(seconds)
}
