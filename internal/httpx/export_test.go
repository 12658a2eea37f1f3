package httpx

import (
	"net/http"
	"time"
)

// DrainWithin is Drain with bounds that a test can wait for.
func DrainWithin(bytes int64, limit, pause time.Duration, next http.Handler) http.Handler {
	return drainer{bytes: bytes, time: limit, pause: pause}.wrap(next)
}
