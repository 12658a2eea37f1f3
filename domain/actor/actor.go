// Package actor has what accounts and channels have in common as ActivityPub actors: the rules of names and texts, and images.
//
// It may import domain/kernel only.
package actor

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"vidilog/domain/kernel"
)

// namePattern and the 50 characters are PeerTube's (actor preferred name).
var namePattern = regexp.MustCompile(`^[a-z0-9_]+([a-z0-9_.-]+[a-z0-9_]+)?$`)

const (
	longestName = 50
	// longestDisplayName, shortestText and longestText are PeerTube's (USERS.NAME, USERS.DESCRIPTION, VIDEO_CHANNELS).
	longestDisplayName = 120
	shortestText       = 3
	longestText        = 1000
)

// Image is one size of an avatar or banner.
type Image struct {
	FileName string `json:"fileName"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	Bytes    int64  `json:"bytes"`
}

// FileNames are the names of images.
func FileNames(images []Image) []string {
	names := make([]string, 0, len(images))
	for _, i := range images {
		names = append(names, i.FileName)
	}
	return names
}

// CheckName answers CodeInvalid for a name that no actor may have.
func CheckName(field, name string) error {
	if len(name) > longestName || !namePattern.MatchString(name) {
		return kernel.Invalid(field, "must have 1 to 50 characters of a-z, 0-9, _ . and -, not starting or ending with . or -")
	}
	return nil
}

// DisplayName answers a display name without what cannot be stored or seen around it, or CodeInvalid.
func DisplayName(field, name string) (string, error) {
	name = strings.TrimSpace(kernel.CleanText(name))
	if n := utf8.RuneCountInString(name); n < 1 || n > longestDisplayName {
		return "", kernel.Invalid(field, "must have 1 to %d characters, has %d", longestDisplayName, n)
	}
	return name, nil
}

// Text answers a description or support text; an empty one is none. Error: CodeInvalid.
func Text(field string, text *string) (*string, error) {
	if text == nil || *text == "" {
		return nil, nil //nolint:nilnil // no text is an answer
	}
	clean := kernel.CleanText(*text)
	if n := utf8.RuneCountInString(clean); n < shortestText || n > longestText {
		return nil, kernel.Invalid(field, "must have %d to %d characters, has %d", shortestText, longestText, n)
	}
	return &clean, nil
}

// SameText says that two optional texts are the same.
func SameText(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
