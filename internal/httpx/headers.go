package httpx

import "net/http"

// Headers sets what every answer of PeerTube carries and answers CORS preflights. The embed pages delete
// X-Frame-Options themselves, because they exist to be framed.
func Headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("X-Powered-By", "PeerTube")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Access-Control-Allow-Origin", "*")
		header.Set("Access-Control-Allow-Credentials", "true")
		header.Set("Access-Control-Expose-Headers", "Retry-After")
		header.Set("Tk", "N")
		if r.Method == http.MethodOptions {
			preflight(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Without takes headers back that an administrator does not want (security.frameguard, security.powered_by_header).
func Without(names []string, next http.Handler) http.Handler {
	if len(names) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, name := range names {
			w.Header().Del(name)
		}
		next.ServeHTTP(w, r)
	})
}

// preflight allows what is asked, as PeerTube does: the API uses bearer tokens, so a foreign page gains nothing.
func preflight(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE")
	if asked := r.Header.Get("Access-Control-Request-Headers"); asked != "" {
		header.Set("Access-Control-Allow-Headers", asked)
		header.Add("Vary", "Access-Control-Request-Headers")
	}
	header.Set("Content-Length", "0")
	w.WriteHeader(http.StatusNoContent)
}
