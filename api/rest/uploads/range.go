package uploads

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"vidilog/internal/ops/uploads"
)

// piece is what a PUT says about the part it carries.
type piece struct {
	// start is where the part begins, -1 in a question for what is there.
	start int64
	// total is the size of the whole file, -1 where nothing is said.
	total int64
	// length of the body, -1 when it is not known beforehand.
	length   int64
	checksum uploads.Checksum
}

func (p piece) isQuestion() bool { return p.start < 0 || p.length == 0 }

// fits says that a part lies within a file of this size.
func (p piece) fits(size int64) bool {
	if p.total > size {
		return false
	}
	return p.isQuestion() || p.start <= size && max(p.length, 0) <= size-p.start
}

// pieceOf reads Content-Range as uploadx does: without one, or with one that cannot be read, the part is the file's beginning.
func pieceOf(r *http.Request) piece {
	p := piece{total: -1, length: r.ContentLength, checksum: checksumOf(r.Header)}
	text, found := strings.CutPrefix(strings.TrimSpace(r.Header.Get("Content-Range")), "bytes")
	if !found {
		return p
	}
	span, total, _ := strings.Cut(strings.TrimSpace(text), "/")
	if n, err := strconv.ParseInt(strings.TrimSpace(total), 10, 64); err == nil && n > 0 {
		p.total = n
	}
	first, _, _ := strings.Cut(span, "-")
	if first = strings.TrimSpace(first); first == "*" {
		p.start = -1
	} else if n, err := strconv.ParseInt(first, 10, 64); err == nil && n > 0 {
		p.start = n
	}
	return p
}

// checksumOf reads Content-MD5, or Digest with the names that uploadx knows.
func checksumOf(h http.Header) uploads.Checksum {
	if sum := h.Get("Content-MD5"); sum != "" {
		return uploads.Checksum{Kind: "md5", Base64: sum}
	}
	digests := strings.Split(h.Get("Digest"), ",")
	kind, sum, _ := strings.Cut(strings.TrimSpace(digests[len(digests)-1]), "=")
	switch kind = strings.ToLower(kind); kind {
	case "sha":
		kind = "sha1"
	case "sha-256":
		kind = "sha256"
	}
	return uploads.Checksum{Kind: kind, Base64: sum}
}

// rangeOf says how much is there; for nothing it is uploadx's literal bytes=0--1.
func rangeOf(written int64) string { return fmt.Sprintf("bytes=0-%d", written-1) }

// expose lets scripts of other origins read a header.
func expose(h http.Header, name string) {
	exposed := h.Get("Access-Control-Expose-Headers")
	switch {
	case exposed == "":
		exposed = name
	case !strings.Contains(exposed, name):
		exposed += "," + name
	}
	h.Set("Access-Control-Expose-Headers", exposed)
}
