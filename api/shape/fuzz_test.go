package shape_test

import (
	"testing"

	"github.com/google/uuid"

	"vidilog/api/shape"
)

// FuzzParseUUID: what is read as a UUID is written again as it was read, in one of its two forms.
func FuzzParseUUID(f *testing.F) {
	for _, text := range []string{
		"9c9de5e8-0a1e-484a-b099-e80766180a6d", "kkGMgK9ZtnKfYAgnEtQxbv", "1111111111111111111112", "ZZZZZZZZZZZZZZZZZZZZZZ", "0000000000000000000000", "",
		"{9c9de5e8-0a1e-484a-b099-e80766180a6", "9C9DE5E8-0A1E-484A-B099-E80766180A6D",
	} {
		f.Add(text, []byte(text))
	}
	f.Fuzz(func(t *testing.T, text string, raw []byte) {
		if id, isShort := shape.ParseShortUUID(text); isShort && (shape.ShortUUID(id) != text || id.Variant() != uuid.RFC4122) {
			t.Fatalf("%q is read as %s, which is %q", text, id, shape.ShortUUID(id))
		}
		if id, isUUID := shape.ParseUUID(text); isUUID {
			if again, ok := shape.ParseUUID(id.String()); !ok || again != id {
				t.Fatalf("%q is read as %s, which is read as %s", text, id, again)
			}
		}
		var id uuid.UUID
		copy(id[:], raw)
		short := shape.ShortUUID(id)
		if len(short) != 22 {
			t.Fatalf("%s is %q", id, short)
		}
		if again, ok := shape.ParseShortUUID(short); ok != (id.Variant() == uuid.RFC4122) || ok && again != id {
			t.Fatalf("%s is %q, which is read as %s", id, short, again)
		}
	})
}
