package access

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"
	"github.com/gorilla/mux"

	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/projections/catalog"
)

// Reference reads the id in a URL: an integer, a UUID or a short UUID. hasUUID says that it was one of the latter, which
// opens unlisted videos to everybody.
func Reference(r *http.Request) (ref catalog.Ref, hasUUID bool, err error) {
	text := mux.Vars(r)["id"]
	if ref, hasUUID, fits := ParseReference(text); fits {
		return ref, hasUUID, nil
	}
	e := kernel.Invalid("id", "Should have a valid video id (id, short UUID or UUID)")
	e.Data = map[string]any{"location": "params", "value": text}
	return catalog.Ref{}, false, e
}

// ParseReference reads an integer, a UUID or a short UUID; fits says that the text is one of these, hasUUID one of the latter.
func ParseReference(text string) (ref catalog.Ref, hasUUID, fits bool) {
	if n, parseErr := strconv.ParseInt(text, 10, 64); parseErr == nil && n > 0 {
		return catalog.ByNumber(n), false, true
	}
	if id, isShort := shape.ParseShortUUID(text); isShort {
		return catalog.ByID(kernel.VideoID{UUID: id}), true, true
	}
	if id, parseErr := uuid.Parse(text); parseErr == nil && len(text) == 36 {
		return catalog.ByID(kernel.VideoID{UUID: id}), true, true
	}
	return catalog.Ref{}, false, false
}
