package kernel

import "strings"

// CleanText answers text as UTF-8 without zero bytes. PostgreSQL stores no other, so a read model would stop at an event that
// held one: whatever people or programs outside wrote goes through here before it becomes part of an event.
func CleanText(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
}
