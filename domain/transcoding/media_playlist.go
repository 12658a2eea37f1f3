package transcoding

import (
	"bufio"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"vidilog/domain/kernel"
)

// MediaPlaylist describes one fragmented MP4 as HLS reads it: an initialisation range and one byte range per segment,
// one after the other and all in the same file.
type MediaPlaylist struct {
	// Media is the bare name of the file.
	Media string
	// InitLength is the number of bytes of the initialisation section, which begins at 0.
	InitLength int64
	Segments   []Segment
}

// Segment is one piece of a media file, about SegmentSeconds long.
type Segment struct {
	// Duration has a precision of a microsecond.
	Duration time.Duration
	// Offset and Length are in bytes.
	Offset, Length int64
}

// SegmentSeconds is the length at which segments are cut: at the next key frame from there on.
const SegmentSeconds = 4

// maxSegments bounds what is read from a playlist: 24 hours at SegmentSeconds is 21,600.
const maxSegments = 200_000

// End is the offset of the last byte, so that Offset and End name the range as HTTP does.
func (s Segment) End() int64 { return s.Offset + s.Length - 1 }

// TargetDuration is the longest segment in whole seconds, rounded (RFC 8216, 4.3.3.1), at least 1.
func (m MediaPlaylist) TargetDuration() int {
	longest := time.Duration(0)
	for _, s := range m.Segments {
		longest = max(longest, s.Duration)
	}
	return max(1, int(math.Floor(longest.Seconds()+0.5)))
}

// Duration is the length of all segments together.
func (m MediaPlaylist) Duration() time.Duration {
	total := time.Duration(0)
	for _, s := range m.Segments {
		total += s.Duration
	}
	return total
}

// String is the text of the playlist. Every URI is the bare file name, so that it holds wherever the files are served.
func (m MediaPlaylist) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:%d\n#EXT-X-MEDIA-SEQUENCE:0\n", m.TargetDuration())
	fmt.Fprintf(&text, "#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MAP:URI=\"%s\",BYTERANGE=\"%d@0\"\n", m.Media, m.InitLength)
	for _, s := range m.Segments {
		micros := s.Duration.Microseconds()
		fmt.Fprintf(&text, "#EXTINF:%d.%06d,\n#EXT-X-BYTERANGE:%d@%d\n%s\n",
			micros/1e6, micros%1e6, s.Length, s.Offset, m.Media)
	}
	text.WriteString("#EXT-X-ENDLIST\n")
	return text.String()
}

var (
	mapLine   = regexp.MustCompile(`^#EXT-X-MAP:URI="([^"]+)",BYTERANGE="(\d+)@0"$`)
	infLine   = regexp.MustCompile(`^#EXTINF:(\d{1,9})(?:\.(\d{1,6}))?,`)
	rangeLine = regexp.MustCompile(`^#EXT-X-BYTERANGE:(\d+)@(\d+)$`)
)

// ParseMediaPlaylist reads what String writes; ffmpeg and PeerTube write the same form. A playlist of several files,
// with gaps between ranges or without an end is refused.
func ParseMediaPlaylist(text string) (MediaPlaylist, error) {
	var reader playlistReader
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		if err := reader.line(strings.TrimRight(lines.Text(), "\r")); err != nil {
			return MediaPlaylist{}, err
		}
	}
	if err := lines.Err(); err != nil {
		return MediaPlaylist{}, kernel.Invalid("playlist", "a line is too long: %v", err)
	}
	return reader.finish()
}

// playlistReader gathers one segment over its three lines.
type playlistReader struct {
	list    MediaPlaylist
	next    Segment
	isEnded bool
}

func (r *playlistReader) line(line string) error {
	if m := mapLine.FindStringSubmatch(line); m != nil {
		r.list.Media = baseName(m[1])
		return number(m[2], &r.list.InitLength)
	}
	if m := infLine.FindStringSubmatch(line); m != nil {
		micros, err := strconv.ParseInt(m[1]+(m[2] + "000000")[:6], 10, 64)
		r.next.Duration = time.Duration(micros) * time.Microsecond
		return err
	}
	if m := rangeLine.FindStringSubmatch(line); m != nil {
		if err := number(m[1], &r.next.Length); err != nil {
			return err
		}
		return number(m[2], &r.next.Offset)
	}
	if line == "#EXT-X-ENDLIST" {
		r.isEnded = true
	}
	if line == "" || strings.HasPrefix(line, "#") {
		return nil
	}
	return r.segment(baseName(line))
}

func (r *playlistReader) segment(media string) error {
	expected := r.list.InitLength
	if n := len(r.list.Segments); n > 0 {
		expected = r.list.Segments[n-1].End() + 1
	}
	switch {
	case media != r.list.Media:
		return kernel.Invalid("playlist", "segment %d is in %q, the initialisation in %q; one file is expected", len(r.list.Segments), media, r.list.Media)
	case r.next.Length <= 0 || r.next.Offset != expected:
		return kernel.Invalid("playlist", "segment %d has %d bytes at %d; some bytes at %d are expected", len(r.list.Segments), r.next.Length, r.next.Offset, expected)
	case len(r.list.Segments) == maxSegments:
		return kernel.Invalid("playlist", "has more than %d segments", maxSegments)
	}
	r.list.Segments = append(r.list.Segments, r.next)
	r.next = Segment{}
	return nil
}

func (r *playlistReader) finish() (MediaPlaylist, error) {
	if r.list.InitLength <= 0 || len(r.list.Segments) == 0 || !r.isEnded {
		return MediaPlaylist{}, kernel.Invalid("playlist",
			"needs an initialisation range, segments and an end; has %d bytes, %d segments, ended: %t", r.list.InitLength, len(r.list.Segments), r.isEnded)
	}
	return r.list, nil
}

func number(text string, into *int64) error {
	value, err := strconv.ParseInt(text, 10, 62)
	if err != nil {
		return kernel.Invalid("playlist", "%q is too large a number of bytes", text)
	}
	*into = value
	return nil
}

func baseName(uri string) string { return uri[strings.LastIndexByte(uri, '/')+1:] }
