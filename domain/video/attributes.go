package video

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"vidilog/domain/kernel"
)

// Attributes are what an author says about a video. Pointers are nil where the author says nothing.
type Attributes struct {
	Name        string    `json:"name"`
	Category    *int      `json:"category,omitempty"`
	Licence     *int      `json:"licence,omitempty"`
	Language    *string   `json:"language,omitempty"`
	Privacy     Privacy   `json:"privacy"`
	Description *string   `json:"description,omitempty"`
	Support     *string   `json:"support,omitempty"`
	NSFW        bool      `json:"nsfw"`
	NSFWFlags   NSFWFlags `json:"nsfwFlags,omitempty"`
	// NSFWSummary says in words what is sensitive about the video.
	NSFWSummary           *string        `json:"nsfwSummary,omitempty"`
	Tags                  []string       `json:"tags,omitempty"`
	CommentsPolicy        CommentsPolicy `json:"commentsPolicy"`
	DownloadEnabled       bool           `json:"downloadEnabled"`
	WaitTranscoding       bool           `json:"waitTranscoding"`
	OriginallyPublishedAt *time.Time     `json:"originallyPublishedAt,omitempty"`
	// Schedule is what is to be done later, nil for nothing.
	Schedule *Schedule `json:"schedule,omitempty"`
}

// normalised trims what people type, drops tags that are there twice and sets PeerTube's defaults.
func (a Attributes) normalised() Attributes {
	a.Name = strings.TrimSpace(kernel.CleanText(a.Name))
	a.Description, a.Support, a.Language = orNothing(a.Description), orNothing(a.Support), orNothing(a.Language)
	a.NSFWSummary = orNothing(a.NSFWSummary)
	if !a.NSFW {
		a.NSFWFlags, a.NSFWSummary = 0, nil
	}
	a.Tags = distinct(a.Tags)
	if a.Privacy == 0 {
		a.Privacy = Public
	}
	if a.CommentsPolicy == 0 {
		a.CommentsPolicy = CommentsEnabled
	}
	return a
}

// Check answers what Upload would refuse about attributes, before there is a file.
func (a Attributes) Check() error { return a.normalised().check() }

// orNothing turns an empty text into none, as PeerTube does.
func orNothing(s *string) *string {
	if s == nil {
		return nil
	}
	text := kernel.CleanText(*s)
	if text == "" {
		return nil
	}
	return &text
}

// distinct answers each tag once, nil for none, so that no tags are the same as none said.
func distinct(tags []string) []string {
	var list []string
	for _, tag := range tags {
		if tag = kernel.CleanText(tag); !slices.Contains(list, tag) {
			list = append(list, tag)
		}
	}
	return list
}

// check answers CodeInvalid for every field out of PeerTube's limits (VIDEOS, VIDEO_TAGS), joined.
func (a Attributes) check() error {
	return errors.Join(
		unless(lengthOf(&a.Name, 3, 120), "name", "Should have a video name between 3 and 120 characters long"),
		unless(lengthOf(a.Description, 3, 10_000), "description", "Should have a video description between 3 and 10000 characters long"),
		unless(lengthOf(a.Support, 3, 1_000), "support", "Should have a valid support text between 3 and 1000 characters long"),
		unless(a.NSFWFlags >= 0 && a.NSFWFlags <= Violent|ExplicitSex, "nsfwFlags", "Should have valid NSFW flags"),
		unless(lengthOf(a.NSFWSummary, 3, 250), "nsfwSummary", "Should have a NSFW summary between 3 and 250 characters long"),
		unless(a.Privacy >= Public && a.Privacy <= PasswordProtected, "privacy", "Should have correct video privacy"),
		unless(a.CommentsPolicy >= CommentsEnabled && a.CommentsPolicy <= CommentsRequiresApproval, "commentsPolicy",
			"Should have a valid comments policy"),
		unless(within(a.Category, 1, 18), "category", "Should have a valid category"),
		unless(within(a.Licence, 1, 9), "licence", "Should have a valid licence"),
		unless(lengthOf(a.Language, 1, 10), "language", "Should have a valid language"),
		a.Schedule.check(),
		unless(tagsFit(a.Tags), "tags", "Should have an array of up to 5 tags between 2 and 30 characters each"),
	)
}

// unless answers a refusal of a field when it does not fit. The result is an interface, so that nil is nil.
func unless(fits bool, field, message string) error {
	if fits {
		return nil
	}
	return kernel.Invalid(field, "%s", message)
}

func lengthOf(text *string, least, most int) bool {
	if text == nil {
		return true
	}
	n := utf8.RuneCountInString(*text)
	return n >= least && n <= most
}

func within(n *int, least, most int) bool { return n == nil || *n >= least && *n <= most }

func tagsFit(tags []string) bool {
	if len(tags) > 5 {
		return false
	}
	for i := range tags {
		if !lengthOf(&tags[i], 2, 30) {
			return false
		}
	}
	return true
}
