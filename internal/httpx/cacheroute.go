package httpx

import (
	"bytes"
	"net/http"
	"strconv"
	"time"

	"github.com/hashicorp/golang-lru/v2/expirable"
)

// cachedRoutes bounds the answers that one CacheRoute keeps: the whole address is the key, so visitors could make up any number.
const cachedRoutes = 64

// CacheRoute keeps the answers of a route for a while, under the whole address as PeerTube does, and tells clients that they may. It is
// for answers that are the same to everybody.
func CacheRoute(lifetime time.Duration, next http.Handler) http.Handler {
	kept := expirable.NewLRU[string, Prepared](cachedRoutes, nil, lifetime)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Cache-Control", "max-age="+strconv.Itoa(int(lifetime.Seconds())))
		if answer, ok := kept.Get(r.URL.RequestURI()); ok {
			answer.Write(w, r)
			return
		}
		copied := &copying{ResponseWriter: w}
		next.ServeHTTP(copied, r)
		if copied.status == http.StatusOK && r.Method == http.MethodGet {
			kept.Add(r.URL.RequestURI(), PrepareAs(w.Header().Get("Content-Type"), copied.body.Bytes()))
		}
	})
}

// copying keeps what it writes. An answer that is no success takes the permission to cache back.
type copying struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader notes the status.
func (c *copying) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
	if status >= http.StatusBadRequest {
		c.Header().Del("Cache-Control")
	}
	c.ResponseWriter.WriteHeader(status)
}

// Write copies.
func (c *copying) Write(p []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	c.body.Write(p)
	return c.ResponseWriter.Write(p)
}
