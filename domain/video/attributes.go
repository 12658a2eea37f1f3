package video

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"vidilog/domain/kernel"
)

// Attributes are what an author says about a video. Pointers are nil where the author says nothing.
type Attributes struct {
	Name                  string         `json:"name"`
	Category              *int           `json:"category,omitempty"`
	Licence               *int           `json:"licence,omitempty"`
	Language              *string        `json:"language,omitempty"`
	Privacy               Privacy        `json:"privacy"`
	Description           *string        `json:"description,omitempty"`
	Support               *string        `json:"support,omitempty"`
	NSFW                  bool           `json:"nsfw"`
	Tags                  []string       `json:"tags,omitempty"`
	CommentsPolicy        CommentsPolicy `json:"commentsPolicy"`
	DownloadEnabled       bool           `json:"downloadEnabled"`
	WaitTranscoding       bool           `json:"waitTranscoding"`
	OriginallyPublishedAt *time.Time     `json:"originallyPublishedAt,omitempty"`
}

// normalised trims what people type and sets PeerTube's defaults.
func (a Attributes) normalised() Attributes {
	a.Name = strings.TrimSpace(a.Name)
	a.Description, a.Support = orNothing(a.Description), orNothing(a.Support)
	if a.Privacy == 0 {
		a.Privacy = Public
	}
	if a.CommentsPolicy == 0 {
		a.CommentsPolicy = CommentsEnabled
	}
	return a
}

// orNothing turns an empty text into none, as PeerTube does.
func orNothing(s *string) *string {
	if s == nil || *s == "" {
		return nil
	}
	return s
}

// check answers CodeInvalid naming the first field out of PeerTube's limits (VIDEOS, VIDEO_TAGS).
func (a Attributes) check() error {
	if n := utf8.RuneCountInString(a.Name); n < 3 || n > 120 {
		return kernel.Invalid("name", "Should have a video name between 3 and 120 characters long")
	}
	if err := checkLength("description", a.Description, 3, 10_000); err != nil {
		return err
	}
	if err := checkLength("support", a.Support, 3, 1_000); err != nil {
		return err
	}
	if a.Privacy < Public || a.Privacy > PasswordProtected {
		return kernel.Invalid("privacy", "Should have correct video privacy")
	}
	if a.CommentsPolicy < CommentsEnabled || a.CommentsPolicy > CommentsRequiresApproval {
		return kernel.Invalid("commentsPolicy", "Should have a valid comments policy")
	}
	if a.Category != nil && (*a.Category < 1 || *a.Category > 18) {
		return kernel.Invalid("category", "Should have a valid category")
	}
	if a.Licence != nil && (*a.Licence < 1 || *a.Licence > 9) {
		return kernel.Invalid("licence", "Should have a valid licence")
	}
	return checkTags(a.Tags)
}

func checkLength(field string, text *string, least, most int) error {
	if text == nil {
		return nil
	}
	if n := utf8.RuneCountInString(*text); n < least || n > most {
		return kernel.Invalid(field, "must have %d to %d characters, has %d", least, most, n)
	}
	return nil
}

func checkTags(tags []string) error {
	if len(tags) > 5 {
		return kernel.Invalid("tags", "Should have an array of up to 5 tags between 2 and 30 characters each")
	}
	for i, tag := range tags {
		if n := utf8.RuneCountInString(tag); n < 2 || n > 30 {
			return kernel.Invalid("tags", "Should have an array of up to 5 tags between 2 and 30 characters each")
		}
		if slices.Contains(tags[:i], tag) {
			return kernel.Invalid("tags", "holds %q twice", tag)
		}
	}
	return nil
}
