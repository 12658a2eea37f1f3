package httpx

import (
	"log/slog"
	"net/http"
	"net/netip"
	"time"
)

// AccessLogOptions follow PeerTube's log.* keys.
type AccessLogOptions struct {
	// Logger gets one line per request; nil means slog.Default().
	Logger *slog.Logger
	// AnonymizeIP keeps the first 24 (IPv4) or 48 (IPv6) bits of addresses.
	AnonymizeIP bool
	// LogPing includes /api/v1/ping, which monitors call all the time.
	LogPing bool
	// Silent logs no request at all, only tells Observe.
	Silent bool
	// Observe, when set, is told every finished request, e.g. for metrics.
	Observe func(r *http.Request, status int, bytes int64, took time.Duration)
}

// AccessLog writes one line per answered request. The query is left out: tokens of files, feeds and sockets travel there.
func AccessLog(options AccessLogOptions) func(http.Handler) http.Handler {
	if options.Logger == nil {
		options.Logger = slog.Default()
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			began := time.Now()
			wrapped := wrapResponse(w)
			defer func() {
				took := time.Since(began)
				if options.Observe != nil {
					options.Observe(r, wrapped.status, wrapped.bytes, took)
				}
				if options.Silent || r.URL.Path == "/api/v1/ping" && !options.LogPing {
					return
				}
				options.Logger.LogAttrs(r.Context(), slog.LevelInfo, r.Method+" "+r.URL.Path+" "+r.Proto, //nolint:sloglint // PeerTube's page of logs shows the message
					slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", wrapped.status),
					slog.Int64("bytes", wrapped.bytes), slog.Duration("took", took), slog.String("ip", loggedIP(r, options.AnonymizeIP)),
					slog.String("requestId", RequestIDFrom(r.Context())))
			}()
			next.ServeHTTP(wrapped, r)
		})
	}
}

func loggedIP(r *http.Request, anonymize bool) string {
	address := ClientIP(r)
	if !anonymize {
		return address.String()
	}
	bits := 48
	if address.Is4() {
		bits = 24
	}
	prefix, err := address.Prefix(bits)
	if err != nil {
		return netip.IPv4Unspecified().String()
	}
	return prefix.Addr().String()
}
