package httpx

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
)

// Recover turns a panic of a handler into 500 and a log entry with its stack. When the answer has begun already the
// connection is cut instead, so that the client does not take half an answer for a whole one.
func Recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		wrapped := wrapResponse(w)
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler { //nolint:errorlint // the sentinel itself, as net/http compares it
				panic(cause)
			}
			slog.ErrorContext(r.Context(), "handler panicked", "method", r.Method, "path", r.URL.Path, "panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
			if wrapped.status != 0 {
				panic(http.ErrAbortHandler)
			}
			(&Problem{Status: http.StatusInternalServerError, Detail: "The server could not answer this request."}).write(wrapped, r)
		}()
		next.ServeHTTP(wrapped, r)
	})
}
