package httpx

import "net/http"

// LimitBody refuses to read more than limit bytes of a body. Reading further fails with *http.MaxBytesError, which Write
// answers as 413; a declared larger Content-Length is refused before a byte is read.
func LimitBody(limit int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength > limit {
				Write(w, r, &http.MaxBytesError{Limit: limit})
				return
			}
			r.Body = http.MaxBytesReader(w, r.Body, limit)
			next.ServeHTTP(w, r)
		})
	}
}
