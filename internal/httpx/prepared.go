package httpx

import "net/http"

// Prepared is an answer, JSON unless it says otherwise, that may be given many times: its ETag is computed once.
type Prepared struct {
	body []byte
	tag  string
	kind string
}

// Prepare keeps a body, which must not change any more.
func Prepare(body []byte) Prepared { return PrepareAs(jsonContentType, body) }

// PrepareAs keeps a body of another content type.
func PrepareAs(contentType string, body []byte) Prepared {
	return Prepared{body: body, tag: weakETag(body), kind: contentType}
}

// Write answers 200, or 304 to a client that has it already.
func (p Prepared) Write(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Etag", p.tag)
	Conditional(w, r, http.StatusOK, p.kind, p.body)
}

// Bytes is how much memory the answer takes, roughly.
func (p Prepared) Bytes() int { return len(p.body) + len(p.tag) }
