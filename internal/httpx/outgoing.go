package httpx

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// ErrForbiddenAddress says that a host name led to an address inside our own network.
var ErrForbiddenAddress = errors.New("address is not public")

// ErrAnswerTooLarge says that another server's answer exceeds the limit.
var ErrAnswerTooLarge = errors.New("answer is too large")

// OutgoingOptions of OutgoingClient; zero values mean the defaults named at each field.
type OutgoingOptions struct {
	// Timeout of a whole exchange, body included; 0 means 7 s (PeerTube's REQUEST_TIMEOUTS.DEFAULT).
	Timeout time.Duration
	// MaxRedirects is 0 for 5, -1 for none.
	MaxRedirects int
	// MaxBody in bytes; 0 means 1 MiB. Reading further fails with ErrAnswerTooLarge.
	MaxBody int64
	// UserAgent is set on requests that have none.
	UserAgent string
	// AllowPrivate switches the guard off (federation.prevent_ssrf: false).
	AllowPrivate bool
	// Allow are networks that are reachable although they are not public, e.g. loopback in tests.
	Allow []netip.Prefix
}

// OutgoingClient is the only way to ask a server whose name came from outside. Remote names decide where such a request
// goes, so the address is checked after resolution, at the moment of connecting: a name that resolves to a public address
// for the check and to ours for the connection finds no gap. Redirects pass the same gate. Proxies of the environment
// are not used, since a proxy would resolve the name again.
func OutgoingClient(options OutgoingOptions) *http.Client {
	options = options.withDefaults()
	dialer := &net.Dialer{Timeout: options.Timeout, KeepAlive: 30 * time.Second, Control: options.guard}
	transport := &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           100,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    options.Timeout,
		ResponseHeaderTimeout:  options.Timeout,
		MaxResponseHeaderBytes: 64 << 10,
	}
	return &http.Client{
		Transport:     &boundedTransport{next: transport, options: options},
		Timeout:       options.Timeout,
		CheckRedirect: options.checkRedirect,
	}
}

func (o OutgoingOptions) withDefaults() OutgoingOptions {
	if o.Timeout == 0 {
		o.Timeout = 7 * time.Second
	}
	if o.MaxRedirects == 0 {
		o.MaxRedirects = 5
	}
	if o.MaxBody == 0 {
		o.MaxBody = 1 << 20
	}
	return o
}

func (o OutgoingOptions) guard(network, address string, _ syscall.RawConn) error {
	if o.AllowPrivate {
		return nil
	}
	pair, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s %s", ErrForbiddenAddress, network, address)
	}
	target := pair.Addr().Unmap()
	if IsPublic(target) {
		return nil
	}
	for _, prefix := range o.Allow {
		if prefix.Contains(target) {
			return nil
		}
	}
	return fmt.Errorf("%w: %s", ErrForbiddenAddress, target)
}

func (o OutgoingOptions) checkRedirect(request *http.Request, via []*http.Request) error {
	if len(via) > max(o.MaxRedirects, 0) {
		return fmt.Errorf("%s redirects more than %d times", via[0].URL.Host, max(o.MaxRedirects, 0))
	}
	return checkScheme(request)
}

func checkScheme(request *http.Request) error {
	if request.URL.Scheme != "http" && request.URL.Scheme != "https" {
		return fmt.Errorf("scheme %q must be http or https", request.URL.Scheme)
	}
	return nil
}

type boundedTransport struct {
	next    http.RoundTripper
	options OutgoingOptions
}

// RoundTrip adds the user agent and bounds the body.
func (t *boundedTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	if err := checkScheme(request); err != nil {
		return nil, err
	}
	if t.options.UserAgent != "" && request.Header.Get("User-Agent") == "" {
		request = request.Clone(request.Context())
		request.Header.Set("User-Agent", t.options.UserAgent)
	}
	answer, err := t.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	if answer.ContentLength > t.options.MaxBody {
		answer.Body.Close()
		return nil, fmt.Errorf("%w: %s announces %d bytes, the limit is %d", ErrAnswerTooLarge, request.URL.Host, answer.ContentLength, t.options.MaxBody)
	}
	answer.Body = &boundedBody{ReadCloser: answer.Body, left: t.options.MaxBody}
	return answer, nil
}

type boundedBody struct {
	io.ReadCloser
	left int64
}

// Read fails at the first byte beyond the limit; a body of exactly the limit ends with io.EOF.
func (b *boundedBody) Read(buffer []byte) (int, error) {
	if int64(len(buffer)) > b.left+1 {
		buffer = buffer[:b.left+1]
	}
	n, err := b.ReadCloser.Read(buffer)
	if int64(n) > b.left {
		return int(b.left), ErrAnswerTooLarge
	}
	b.left -= int64(n)
	return n, err
}
