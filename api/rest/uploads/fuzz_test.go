package uploads_test

import (
	"net/http"
	"testing"

	"vidilog/api/rest/uploads"
)

// FuzzPiece: whatever a PUT says, the parser does not fail, and a part that fits begins and ends within the file.
func FuzzPiece(f *testing.F) {
	for _, span := range []string{
		"bytes 0-9/10", "bytes */10", "bytes 5-9/*", "bytes -1-9/10", "bytes 9223372036854775807-1/10", "bytes", "", "bytes 1e3-2/3", "items 0-1/2",
	} {
		f.Add(span, int64(10), int64(10))
	}
	f.Fuzz(func(t *testing.T, span string, length, size int64) {
		if size < 0 || length < -1 {
			t.Skip()
		}
		r := &http.Request{Header: http.Header{"Content-Range": {span}, "Digest": {span}}, ContentLength: length}
		start, total, fits := uploads.Piece(r, size)
		if !fits {
			return
		}
		if total > size || start > size && length != 0 {
			t.Fatalf("%q: start %d, total %d in a file of %d bytes", span, start, total, size)
		}
		if start >= 0 && length > 0 && (start+length > size || start+length < 0) {
			t.Fatalf("%q: %d bytes from %d on in a file of %d", span, length, start, size)
		}
	})
}
