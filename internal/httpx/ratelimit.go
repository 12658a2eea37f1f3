package httpx

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Limit is one of PeerTube's rates_limit entries: at most Max requests of one address in a Window. A window begins with the first
// request after the one before has ended, and then all Max are there again at once, as with express-rate-limit.
type Limit struct {
	// Name keeps the counters of different limits apart, e.g. "api".
	Name   string
	Max    int
	Window time.Duration
	// OnlySuccess counts answers below 400 only, as signup does; a request counts while it is being answered.
	OnlySuccess bool
}

// outOfReach is a Max that nobody reaches in a window: such a limit is off, and Redis is not asked for every request.
const outOfReach = 1_000_000

// RateLimiter keeps its counters in Redis, so that any number of nodes share them.
type RateLimiter struct {
	// Bypass is asked only when a limit is exceeded, because it costs a look-up: PeerTube lets administrators, moderators and runners
	// through, whatever the limit. Nil means nobody.
	Bypass func(r *http.Request) bool

	client redis.UniversalClient
	prefix string
}

// NewRateLimiter counts under keys that begin with prefix.
func NewRateLimiter(client redis.UniversalClient, prefix string) *RateLimiter {
	return &RateLimiter{client: client, prefix: prefix}
}

// count adds to the counter of a window and answers it with the milliseconds until the window ends. A counter always has an end:
// one that was left without, as by a restored dump, would refuse for ever.
var count = redis.NewScript(`
local counted = redis.call('INCRBY', KEYS[1], ARGV[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[2])
  redis.call('PEXPIRE', KEYS[1], left)
end
return {counted, left}`)

// usage is how often a window was used, and when it ends.
type usage struct {
	counted int
	left    time.Duration
}

func (l *RateLimiter) count(ctx context.Context, key string, requests int, window time.Duration) (usage, error) {
	answer, err := count.Run(ctx, l.client, []string{key}, requests, window.Milliseconds()).Int64Slice()
	if err != nil {
		return usage{}, err
	}
	return usage{int(answer[0]), time.Duration(answer[1]) * time.Millisecond}, nil
}

// Middleware applies a limit per client address. IPv6 clients count by their /64, which one person holds whole. When
// Redis does not answer, requests pass: a limit protects the service and must not be what stops it.
func (l *RateLimiter) Middleware(limit Limit) func(http.Handler) http.Handler {
	if limit.Max >= outOfReach {
		return func(next http.Handler) http.Handler { return next }
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			key := l.prefix + "window:" + limit.Name + ":" + rateKey(ClientIP(r))
			used, err := l.count(r.Context(), key, 1, limit.Window)
			if err != nil {
				slog.WarnContext(r.Context(), "rate limit not applied", "limit", limit.Name, "error", err)
				next.ServeHTTP(w, r)
				return
			}
			setRateHeaders(w.Header(), limit, used)
			if used.counted > limit.Max && (l.Bypass == nil || !l.Bypass(r)) {
				w.Header().Set("Retry-After", strconv.Itoa(seconds(used.left)))
				writeTooMany(w)
				if limit.OnlySuccess {
					l.giveBack(r, key, limit)
				}
				return
			}
			if !limit.OnlySuccess {
				next.ServeHTTP(w, r)
				return
			}
			wrapped := wrapResponse(w)
			next.ServeHTTP(wrapped, r)
			if wrapped.status >= http.StatusBadRequest {
				l.giveBack(r, key, limit)
			}
		})
	}
}

// giveBack lifts what a request counted that has failed. Being refused here is a failure too.
func (l *RateLimiter) giveBack(r *http.Request, key string, limit Limit) {
	if _, err := l.count(r.Context(), key, -1, limit.Window); err != nil {
		slog.WarnContext(r.Context(), "rate limit not given back", "error", err)
	}
}

// seconds rounds up: who comes after them is not too early.
func seconds(d time.Duration) int { return max(1, int((d+time.Second-1)/time.Second)) }

func setRateHeaders(header http.Header, limit Limit, used usage) {
	header.Set("X-RateLimit-Limit", strconv.Itoa(limit.Max))
	header.Set("X-RateLimit-Remaining", strconv.Itoa(max(0, limit.Max-used.counted)))
	header.Set("X-RateLimit-Reset", strconv.FormatInt(time.Now().Add(used.left).Unix(), 10))
}

func rateKey(address netip.Addr) string {
	if address.Is6() {
		if prefix, err := address.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return address.String()
}

// CountsAsAPI says that requests to a path count against the limit of the API: those of the REST API but statistics and the ping of
// monitors, and the places that PeerTube counts with them.
func CountsAsAPI(path string) bool {
	switch path {
	case "/robots.txt", "/security.txt", "/sitemap.xml", "/opensearch.xml", "/nodeinfo/2.0.json", "/teapot":
		return true
	case "/api/v1/ping":
		return false
	}
	return strings.HasPrefix(path, "/api/v1/")
}
