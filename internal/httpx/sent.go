package httpx

import (
	"io"
	"net/http"
	"strings"
)

// sentBody takes the place of a body that was read, and keeps what was in it.
type sentBody struct {
	io.ReadCloser
	members map[string]any
}

// Remember keeps the members of a body, so that refusals repeat what was wrong with them as PeerTube's do. Members that come later into
// the same map count.
func Remember(r *http.Request, members map[string]any) {
	r.Body = &sentBody{ReadCloser: r.Body, members: members}
}

// sent answers the value that a request gave a parameter, by the path of its name ("instance.name"). Secrets are not repeated: answers
// are logged by proxies and shown in reports.
func sent(r *http.Request, location, name string) any {
	if lower := strings.ToLower(name); strings.Contains(lower, "password") || strings.Contains(lower, "token") {
		return nil
	}
	if location == "query" {
		if values, given := r.URL.Query()[name]; given {
			return values[0]
		}
		return nil
	}
	body, isKept := r.Body.(*sentBody)
	if !isKept || location != "body" {
		return nil
	}
	var value any = body.members
	for step := range strings.SplitSeq(name, ".") {
		object, isObject := value.(map[string]any)
		if !isObject {
			return nil
		}
		value = object[step]
	}
	return value
}
