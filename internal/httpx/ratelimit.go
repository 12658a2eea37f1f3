package httpx

import (
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/go-redis/redis_rate/v10"
	"github.com/redis/go-redis/v9"
)

// Limit is one of PeerTube's rates_limit entries: at most Max requests of one address in a Window. It is a bucket of Max
// that refills evenly over the window.
type Limit struct {
	// Name keeps the counters of different limits apart, e.g. "api".
	Name   string
	Max    int
	Window time.Duration
	// OnlySuccess counts answers below 400 only, as signup does.
	OnlySuccess bool
	// Bypass is asked only when the limit is exceeded, because it costs a look-up: PeerTube lets administrators,
	// moderators and runners through. Nil means nobody.
	Bypass func(r *http.Request) bool
}

// outOfReach is a Max that nobody reaches in a window: such a limit is off, and Redis is not asked for every request.
const outOfReach = 1_000_000

// RateLimiter keeps its counters in Redis, so that any number of nodes share them.
type RateLimiter struct {
	limiter *redis_rate.Limiter
	prefix  string
}

// NewRateLimiter counts under keys that begin with prefix.
func NewRateLimiter(client redis.UniversalClient, prefix string) *RateLimiter {
	return &RateLimiter{limiter: redis_rate.NewLimiter(client), prefix: prefix}
}

// Middleware applies a limit per client address. IPv6 clients count by their /64, which one person holds whole. When
// Redis does not answer, requests pass: a limit protects the service and must not be what stops it.
func (l *RateLimiter) Middleware(limit Limit) func(http.Handler) http.Handler {
	if limit.Max >= outOfReach {
		return func(next http.Handler) http.Handler { return next }
	}
	rate := redis_rate.Limit{Rate: limit.Max, Burst: limit.Max, Period: limit.Window}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			key := l.prefix + "rate:" + limit.Name + ":" + rateKey(ClientIP(r))
			cost := 1
			if limit.OnlySuccess {
				cost = 0
			}
			result, err := l.limiter.AllowN(r.Context(), key, rate, cost)
			if err != nil {
				slog.WarnContext(r.Context(), "rate limit not applied", "limit", limit.Name, "error", err)
				next.ServeHTTP(w, r)
				return
			}
			setRateHeaders(w.Header(), limit, result)
			if exceeded(result, cost) && (limit.Bypass == nil || !limit.Bypass(r)) {
				w.Header().Set("Retry-After", strconv.Itoa(retryAfter(result, limit)))
				writeTooMany(w)
				return
			}
			if !limit.OnlySuccess {
				next.ServeHTTP(w, r)
				return
			}
			l.countSuccess(w, r, next, key, rate)
		})
	}
}

func (l *RateLimiter) countSuccess(w http.ResponseWriter, r *http.Request, next http.Handler, key string, rate redis_rate.Limit) {
	wrapped := wrapResponse(w)
	next.ServeHTTP(wrapped, r)
	if wrapped.status >= http.StatusBadRequest {
		return
	}
	if _, err := l.limiter.Allow(r.Context(), key, rate); err != nil {
		slog.WarnContext(r.Context(), "rate limit not counted", "error", err)
	}
}

// exceeded: a request that costs nothing is refused when nothing remains.
func exceeded(result *redis_rate.Result, cost int) bool {
	if cost == 0 {
		return result.Remaining == 0
	}
	return result.Allowed == 0
}

func retryAfter(result *redis_rate.Result, limit Limit) int {
	wait := result.RetryAfter
	if wait <= 0 {
		wait = limit.Window / time.Duration(max(limit.Max, 1))
	}
	return max(1, int((wait+time.Second-1)/time.Second))
}

func setRateHeaders(header http.Header, limit Limit, result *redis_rate.Result) {
	header.Set("X-RateLimit-Limit", strconv.Itoa(limit.Max))
	header.Set("X-RateLimit-Remaining", strconv.Itoa(result.Remaining))
	header.Set("X-RateLimit-Reset", strconv.FormatInt(time.Now().Add(result.ResetAfter).Unix(), 10))
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
	case "/robots.txt", "/security.txt", "/sitemap.xml", "/opensearch.xml", "/nodeinfo/2.0.json":
		return true
	case "/api/v1/ping":
		return false
	}
	return strings.HasPrefix(path, "/api/v1/")
}
