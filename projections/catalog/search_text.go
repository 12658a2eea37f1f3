package catalog

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Folded is a text as search compares it: lower case, without accents ("Ça va" is "ca va"). PeerTube does this in the
// database with the extension unaccent; here it is done before, so that rebuilt rows do not depend on its rules file.
func Folded(text string) string {
	decomposed := norm.NFKD.String(strings.ToLower(text))
	return strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) {
			return -1
		}
		return c
	}, decomposed)
}
