package httpx

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // an ETag names content, it protects nothing; the form is Express's
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

const jsonContentType = "application/json; charset=utf-8"

// JSON answers with the JSON of a value, a weak ETag, and 304 when the client has it already.
func JSON(w http.ResponseWriter, r *http.Request, status int, value any) error {
	body, err := encodeJSON(value)
	if err != nil {
		return fmt.Errorf("encode answer of %s %s: %w", r.Method, r.URL.Path, err)
	}
	JSONBytes(w, r, status, body)
	return nil
}

// JSONAs answers 200 with the JSON of a value under a content type of its own.
func JSONAs(w http.ResponseWriter, r *http.Request, contentType string, value any) error {
	body, err := encodeJSON(value)
	if err != nil {
		return fmt.Errorf("encode answer of %s %s: %w", r.Method, r.URL.Path, err)
	}
	Conditional(w, r, http.StatusOK, contentType, body)
	return nil
}

// JSONBytes answers with JSON that is encoded already.
func JSONBytes(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	Conditional(w, r, status, jsonContentType, body)
}

// NoContent answers 204.
func NoContent(w http.ResponseWriter) { w.WriteHeader(http.StatusNoContent) }

// Conditional answers with a body held in memory, its weak ETag, and 304 to a GET or HEAD whose If-None-Match names it
// (RFC 9110 §13.1.2). Files are served by net/http, which knows ranges.
func Conditional(w http.ResponseWriter, r *http.Request, status int, contentType string, body []byte) {
	header := w.Header()
	tag := header.Get("Etag")
	if tag == "" {
		tag = weakETag(body)
		header.Set("Etag", tag)
	}
	isRead := r.Method == http.MethodGet || r.Method == http.MethodHead
	if isRead && status/100 == 2 && matchesETag(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Type", contentType)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// encodeJSON leaves <, > and & as they are, as PeerTube's JSON does.
func encodeJSON(value any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n")), nil
}

// weakETag has the form of Express: length in hexadecimal, dash, the first 27 characters of the SHA-1 in base64.
func weakETag(body []byte) string {
	sum := sha1.Sum(body) //nolint:gosec // see above
	return fmt.Sprintf(`W/"%x-%s"`, len(body), base64.StdEncoding.EncodeToString(sum[:])[:27])
}

// matchesETag compares weakly: W/ does not count.
func matchesETag(condition, tag string) bool {
	if condition == "" {
		return false
	}
	if strings.TrimSpace(condition) == "*" {
		return true
	}
	for candidate := range strings.SplitSeq(condition, ",") {
		if strings.TrimPrefix(strings.TrimSpace(candidate), "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
