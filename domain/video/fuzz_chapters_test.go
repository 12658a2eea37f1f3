package video_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

// FuzzChapters: the chapters that a description or a file brings may be set again by hand as they are.
func FuzzChapters(f *testing.F) {
	for _, text := range []string{
		"0:00 One\n1:03 Two\n1:02:03 Three", "0 a\r\n1 b\r2 c", "1h2m3s x\n3m y", "99999999999999999999:0 a\n0 b", "0:01  \n0:02 \t", "0:00 a\n0:00 b", "1:2:3:4 a\n5 b",
		"0 \x00\n1 b\r2 c", "00:00 " + strings.Repeat("é", 200) + "\n00:01 b",
	} {
		f.Add(text, text, 1.5)
	}
	f.Fuzz(func(t *testing.T, description, title string, start float64) {
		probe := transcoding.Probe{Chapters: []transcoding.Chapter{{Title: title, Start: start}, {Title: description}}}
		for _, found := range [][]video.Chapter{video.ChaptersIn(&description), video.ChaptersOf(probe)} {
			for _, c := range found {
				n := utf8.RuneCountInString(c.Title)
				if c.Timecode < 0 || n < 1 || n > 100 || !utf8.ValidString(c.Title) {
					t.Fatalf("%q at %d", c.Title, c.Timecode)
				}
			}
			if !slices.IsSortedFunc(found, func(a, b video.Chapter) int { return a.Timecode - b.Timecode }) {
				t.Fatalf("not in order: %v", found)
			}
			if _, err := (video.SetChapters{Chapters: found}).Decide(video.Video{Exists: true}); err != nil {
				t.Fatalf("%v cannot be set: %v", found, err)
			}
		}
	})
}
