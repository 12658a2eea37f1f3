package comment

import (
	"unicode/utf8"

	"vidilog/domain/kernel"
)

// longestText is PeerTube's limit (VIDEO_COMMENTS.TEXT), in characters.
const longestText = 10_000

// CheckText answers CodeInvalid for a text that no comment may have.
func CheckText(text string) error {
	_, err := cleaned(text)
	return err
}

// cleaned answers a text as it is recorded. Spaces at its ends stay, as in PeerTube: they mean something in Markdown.
func cleaned(text string) (kernel.Personal, error) {
	text = kernel.CleanText(text)
	if n := utf8.RuneCountInString(text); n < 1 || n > longestText {
		return "", kernel.Invalid("text", "must have 1 to %d characters, has %d", longestText, n)
	}
	return kernel.Personal(text), nil
}
