package httpx

import (
	"io"
	"net/http"
	"time"
)

const (
	// drained bounds what is read of a body that nobody wanted, in bytes; drainTime how long that may take.
	drained   = 16 << 20
	drainTime = 10 * time.Second
)

// Drain reads what a handler has left of a request's body before its answer goes out. A request is often refused before its
// file has come in; net/http then closes a connection that shall not be kept at once, and a client that is still sending
// sees a broken pipe instead of the refusal. The bounds are those of an ordinary upload that was refused.
func Drain(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := r.Body // handlers may put a limit in its place
		next.ServeHTTP(w, r)
		if r.ContentLength == 0 || body == nil || body == http.NoBody {
			return
		}
		// Without a deadline a client that sends slowly would hold the answer; the next request sets its own.
		if http.NewResponseController(w).SetReadDeadline(time.Now().Add(drainTime)) == nil {
			_, _ = io.CopyN(io.Discard, body, drained)
		}
	})
}
