package httpx

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

const (
	// drained bounds what is read of a body that nobody wanted, in bytes; drainTime how long that may take.
	drained   = 16 << 20
	drainTime = 10 * time.Second
	// leftToServer is what net/http itself reads of a body before it answers, in bytes (its maxPostHandlerReadBytes).
	leftToServer = 256 << 10
	// resetDelay gives a client that still sends the time to read the answer before the connection is reset (net/http's
	// rstAvoidanceDelay).
	resetDelay = 500 * time.Millisecond
)

// Drain reads what a handler has left of a request's body. A request is often refused before its file has come in; net/http then
// closes the connection at once, and a client that is still sending sees a broken pipe instead of the refusal. The answer goes out
// first, so that a client that listens can stop; one that listens only when all is sent is read to the end, within the bounds.
func Drain(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength == 0 || r.Body == nil || r.Body == http.NoBody {
			next.ServeHTTP(w, r)
			return
		}
		own := r.Body
		body := &watched{ReadCloser: own} // handlers may put a limit in its place
		r.Body = body
		next.ServeHTTP(w, r)
		r.Body = own // net/http looks at it to learn whether the client waits for leave to send
		isInvited := body.count > 0 || !strings.EqualFold(r.Header.Get("Expect"), "100-continue")
		if !body.isDone && isInvited {
			drain(w, body, r.ContentLength)
		}
	})
}

// drain ends the connection when it cannot read to the end: what comes of the body later must not be taken for a request.
func drain(w http.ResponseWriter, body *watched, length int64) {
	control := http.NewResponseController(w)
	if control.SetReadDeadline(time.Now().Add(drainTime)) != nil {
		return // a recorder of tests
	}
	if length > 0 && length-body.count <= leftToServer {
		return // the next request sets its own deadline
	}
	if control.EnableFullDuplex() != nil || control.Flush() != nil {
		return
	}
	_, err := io.CopyN(io.Discard, body, drained)
	if errors.Is(err, io.EOF) {
		return
	}
	if err == nil {
		time.Sleep(resetDelay)
	}
	panic(http.ErrAbortHandler)
}

// watched knows how far a body has been read.
type watched struct {
	io.ReadCloser
	count  int64
	isDone bool
}

// Read counts.
func (b *watched) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.count += int64(n)
	b.isDone = b.isDone || errors.Is(err, io.EOF)
	return n, err
}
