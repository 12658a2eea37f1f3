package captions

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var (
	webVTT = []byte("WEBVTT")
	// timing is the line of a cue in SubRip, with or without milliseconds, and what may follow it.
	timing = regexp.MustCompile(`^(\d\d:\d\d:\d\d)(?:[,.](\d{1,3}))?\s*-->\s*(\d\d:\d\d:\d\d)(?:[,.](\d{1,3}))?(.*)$`)
	// opening and closing are bold, italic and underlined in the ways of SubRip's editors.
	opening = regexp.MustCompile(`\{\\?([ibu])1?\}`)
	closing = regexp.MustCompile(`\{[\\/]([ibu])0?\}`)
)

// asWebVTT answers a caption as WebVTT in UTF-8. A SubRip file that is WebVTT already stays as it is.
//
// The conversion writes what PeerTube's does, byte for byte, since its suites and caches compare files: a header of its own, lines
// that end as in HTTP, one empty line between cues. A library would write its own form.
func asWebVTT(raw []byte, isSubRip bool) []byte {
	text := inUTF8(raw)
	if !isSubRip || bytes.HasPrefix(text, webVTT) {
		return text
	}
	var b strings.Builder
	b.WriteString("WEBVTT FILE\r\n\r\n")
	inCue := false
	for line := range strings.Lines(strings.ReplaceAll(string(text), "\r\n", "\n")) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString(converted(line) + "\r\n")
			inCue = true
			continue
		}
		if inCue {
			b.WriteString("\r\n")
		}
		inCue = false
	}
	return []byte(b.String())
}

func converted(line string) string {
	if m := timing.FindStringSubmatch(line); m != nil {
		return m[1] + "." + milliseconds(m[2]) + " --> " + m[3] + "." + milliseconds(m[4]) + m[5]
	}
	return opening.ReplaceAllString(closing.ReplaceAllString(line, "</$1>"), "<$1>")
}

// milliseconds fills up with zeros in front: ",5" is 5 ms.
func milliseconds(text string) string { return strings.Repeat("0", 3-len(text)) + text }

// inUTF8 follows a byte order mark; without one, text that is no UTF-8 is taken for Windows-1252, as most old SubRip files are.
func inUTF8(raw []byte) []byte {
	hasMark := bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{0xFE, 0xFF})
	decoder := unicode.BOMOverride(unicode.UTF8.NewDecoder())
	if !hasMark && !utf8.Valid(raw) {
		decoder = charmap.Windows1252.NewDecoder()
	}
	text, _, err := transform.Bytes(decoder, raw)
	if err != nil {
		return bytes.ToValidUTF8(raw, []byte("\uFFFD"))
	}
	return text
}
