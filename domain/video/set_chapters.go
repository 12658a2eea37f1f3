package video

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
)

// Chapter is a part of a video that has a title of its own.
type Chapter struct {
	// Timecode is where it begins, in seconds.
	Timecode int    `json:"timecode"`
	Title    string `json:"title"`
}

// SetChapters replaces the chapters of a video; none takes them away.
type SetChapters struct{ Chapters []Chapter }

// ChaptersSet records all chapters from here on, in the order of time.
type ChaptersSet struct {
	VideoID  kernel.VideoID `json:"videoId"`
	Chapters []Chapter      `json:"chapters"`
}

// EventType is the literal id in the log.
func (ChaptersSet) EventType() string { return "video.chapters-set" }

// longestTitle is PeerTube's limit of a chapter's title in characters (VIDEO_CHAPTERS.TITLE).
const longestTitle = 100

// Decide answers ChaptersSet, nothing when they are the same, CodeInvalid for titles or times that cannot be, or CodeNotFound.
func (s SetChapters) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	chapters := slices.Clone(s.Chapters)
	for i := range chapters {
		chapters[i].Title = kernel.CleanText(chapters[i].Title)
		n := utf8.RuneCountInString(chapters[i].Title)
		if chapters[i].Timecode < 0 || n < 1 || n > longestTitle {
			return nil, invalidChapters()
		}
	}
	sorted := inOrder(chapters)
	if len(sorted) != len(chapters) {
		return nil, invalidChapters()
	}
	if slices.Equal(sorted, v.Chapters) {
		return nil, nil
	}
	return []kernel.Event{ChaptersSet{VideoID: v.ID, Chapters: sorted}}, nil
}

func invalidChapters() error {
	return kernel.Invalid("chapters", "Chapters must have a valid title and timecode, and each timecode must be unique")
}

// inOrder sorts chapters by time and keeps the first of each time.
func inOrder(chapters []Chapter) []Chapter {
	sorted := slices.Clone(chapters)
	slices.SortStableFunc(sorted, func(a, b Chapter) int { return a.Timecode - b.Timecode })
	return slices.CompactFunc(sorted, func(a, b Chapter) bool { return a.Timecode == b.Timecode })
}

// timecode begins a line of a description that names a chapter: 1:02:03, 62:03, 1h2m3s or 3.
var timecode = regexp.MustCompile(`^((?:\d+[h:])?(?:\d+[m:])?\d+s?)\s`)

// chaptersIn finds the chapters that a description names: the first run of lines that begin with a time, when there are at least
// two, as PeerTube does.
func chaptersIn(description *string) []Chapter {
	if description == nil {
		return nil
	}
	var chapters []Chapter
	for line := range strings.SplitSeq(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(*description), "\n") {
		matched := timecode.FindStringSubmatch(line)
		if matched == nil && len(chapters) > 0 {
			break
		}
		if matched == nil {
			continue
		}
		title := []rune(kernel.CleanText(strings.TrimPrefix(line, matched[0])))
		if len(title) == 0 {
			continue
		}
		chapters = append(chapters, Chapter{Timecode: seconds(matched[1]), Title: string(title[:min(len(title), longestTitle)])})
	}
	if len(chapters) < 2 {
		return nil
	}
	return inOrder(chapters)
}

// chaptersOf are those that the uploaded file brings.
func chaptersOf(p transcoding.Probe) []Chapter {
	var chapters []Chapter
	for _, c := range p.Chapters {
		title := []rune(kernel.CleanText(c.Title))
		if len(title) > 0 && c.Start >= 0 {
			chapters = append(chapters, Chapter{Timecode: int(math.Round(c.Start)), Title: string(title[:min(len(title), longestTitle)])})
		}
	}
	return inOrder(chapters)
}

// seconds reads a timecode that the pattern has matched: parts of 60, whatever stands between them.
func seconds(text string) int {
	letters := strings.ContainsAny(text, "hms")
	total, number := 0, ""
	parts := []int{}
	for _, c := range text + "\n" {
		if c >= '0' && c <= '9' {
			number += string(c)
			continue
		}
		n, err := strconv.Atoi(number)
		if err == nil && n < 1<<20 { // longer than any video
			switch {
			case letters && c == 'h':
				total += 3600 * n
			case letters && c == 'm':
				total += 60 * n
			case letters:
				total += n
			default:
				parts = append(parts, n)
			}
		}
		number = ""
	}
	for _, part := range parts {
		total = 60*total + part
	}
	return total
}

// chaptersAfter decides what a new description does to the chapters: those that came from the old one follow, those that the
// author set by hand stay.
func chaptersAfter(v Video, old, description *string) []kernel.Event {
	if orNothing(old) == nil && orNothing(description) == nil || !slices.Equal(chaptersIn(old), v.Chapters) {
		return nil
	}
	next := chaptersIn(description)
	if slices.Equal(next, v.Chapters) {
		return nil
	}
	return []kernel.Event{ChaptersSet{VideoID: v.ID, Chapters: next}}
}
