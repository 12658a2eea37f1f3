package httpx

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// TrustedProxies are the addresses whose X-Forwarded-* headers are believed (PeerTube's trust_proxy).
type TrustedProxies struct{ prefixes []netip.Prefix }

// proxyNames are the words that Express knows beside addresses.
var proxyNames = map[string][]string{
	"loopback":    {"127.0.0.0/8", "::1/128"},
	"linklocal":   {"169.254.0.0/16", "fe80::/10"},
	"uniquelocal": {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"},
}

// ParseTrustedProxies reads trust_proxy: addresses, networks, or loopback, linklocal, uniquelocal.
func ParseTrustedProxies(entries []string) (TrustedProxies, error) {
	var trusted TrustedProxies
	for _, entry := range entries {
		texts, named := proxyNames[entry]
		if !named {
			texts = []string{entry}
		}
		for _, text := range texts {
			prefix, err := parsePrefix(strings.TrimSpace(text))
			if err != nil {
				return TrustedProxies{}, fmt.Errorf("%q must be an IP address, a network such as 10.0.0.0/8, loopback, linklocal or uniquelocal", entry)
			}
			trusted.prefixes = append(trusted.prefixes, prefix)
		}
	}
	return trusted, nil
}

func parsePrefix(text string) (netip.Prefix, error) {
	if strings.Contains(text, "/") {
		return netip.ParsePrefix(text)
	}
	address, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	return netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen()), nil
}

func (t TrustedProxies) trusts(address netip.Addr) bool {
	for _, prefix := range t.prefixes {
		if prefix.Contains(address) {
			return true
		}
	}
	return false
}

type originKey struct{}

type origin struct {
	address netip.Addr
	scheme  string
	host    string
}

// Origin finds out once per request who really asks and by which scheme and host: from the connection, or from
// X-Forwarded-For, -Proto and -Host as far as trusted proxies wrote them.
func Origin(trusted TrustedProxies) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			found := originOf(r, trusted)
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), originKey{}, found)))
		})
	}
}

func originOf(r *http.Request, trusted TrustedProxies) origin {
	found := origin{address: peer(r), scheme: "http", host: r.Host}
	if r.TLS != nil {
		found.scheme = "https"
	}
	if !trusted.trusts(found.address) {
		return found
	}
	found.address = forwardedFor(r, trusted, found.address)
	if scheme := firstValue(r.Header.Get("X-Forwarded-Proto")); scheme == "http" || scheme == "https" {
		found.scheme = scheme
	}
	if host := firstValue(r.Header.Get("X-Forwarded-Host")); host != "" {
		found.host = host
	}
	return found
}

// forwardedFor walks the list from the nearest proxy outwards and stops at the first address that is no trusted proxy:
// everything further left can be invented by the client.
func forwardedFor(r *http.Request, trusted TrustedProxies, nearest netip.Addr) netip.Addr {
	list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	current := nearest
	for i := len(list) - 1; i >= 0; i-- {
		text := strings.TrimSpace(list[i])
		if host, _, err := net.SplitHostPort(text); err == nil {
			text = host
		}
		address, err := netip.ParseAddr(text)
		if err != nil {
			return current
		}
		current = address.Unmap()
		if !trusted.trusts(current) {
			return current
		}
	}
	return current
}

func peer(r *http.Request) netip.Addr {
	if pair, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		return pair.Addr().Unmap().WithZone("")
	}
	if address, err := netip.ParseAddr(r.RemoteAddr); err == nil {
		return address.Unmap().WithZone("")
	}
	return netip.IPv4Unspecified() // a unix socket has no address
}

func firstValue(list string) string {
	first, _, _ := strings.Cut(list, ",")
	return strings.TrimSpace(first)
}

func originFrom(r *http.Request) origin {
	if found, ok := r.Context().Value(originKey{}).(origin); ok {
		return found
	}
	return originOf(r, TrustedProxies{})
}

// ClientIP is the address of who asks, behind trusted proxies; IPv4-mapped addresses are unmapped.
func ClientIP(r *http.Request) netip.Addr { return originFrom(r).address }

// Scheme is "https" when the client spoke TLS to us or to a trusted proxy, else "http".
func Scheme(r *http.Request) string { return originFrom(r).scheme }

// Host is the host and port that the client asked for.
func Host(r *http.Request) string { return originFrom(r).host }
