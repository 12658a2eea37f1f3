package httpx

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

const (
	// drained bounds what is read of a body that nobody wanted, in bytes; drainTime how long that may take. They are those of an
	// ordinary upload that was refused.
	drained   = 16 << 20
	drainTime = 10 * time.Second
	// drainPause is how long data may fail to come before the answer goes out. A client that is busy sending has more sooner; one that
	// waits, for the answer or for its user, has not.
	drainPause = 250 * time.Millisecond
	// resetDelay leaves a client that sends more than is read the time to see its answer before the connection is reset (net/http's
	// rstAvoidanceDelay).
	resetDelay = 500 * time.Millisecond
)

// connectionKey is where Connected keeps the connection.
type connectionKey struct{}

// Connected is an http.Server's ConnContext for Drain, which cannot end a connection gently without having it.
func Connected(ctx context.Context, connection net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, connection)
}

// Drain reads what a handler has left of a request's body before its answer goes out. A request is often refused before its
// file has come in; net/http then closes the connection on data that is still coming, which resets it, and a client that only listens
// when all is sent (Node's, for one) sees a broken pipe instead of the refusal. So it is read on for as long as data keeps coming,
// within bounds. A client that waits has its answer after a short pause, one that waits for leave to send (Expect: 100-continue) at
// once and without the leave; then the answer says Connection: close, and what still comes is read away behind it.
func Drain(next http.Handler) http.Handler {
	return drainer{bytes: drained, time: drainTime, pause: drainPause}.wrap(next)
}

// drainer holds the bounds of Drain.
type drainer struct {
	bytes       int64
	time, pause time.Duration
}

func (d drainer) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength == 0 || r.Body == nil || r.Body == http.NoBody || r.ProtoMajor != 1 {
			next.ServeHTTP(w, r)
			return
		}
		body := &watchedBody{ReadCloser: r.Body}
		r.Body = body // handlers may put a limit in its place
		answer := &drainingAnswer{
			ResponseWriter: w, control: http.NewResponseController(w), drainer: d, body: body,
			waitsForLeave: strings.EqualFold(r.Header.Get("Expect"), "100-continue"),
		}
		next.ServeHTTP(answer, r)
		answer.settle()
		if answer.isClosing {
			connection, _ := r.Context().Value(connectionKey{}).(net.Conn)
			answer.linger(connection)
		}
	})
}

// watchedBody knows how far a body has been read.
type watchedBody struct {
	io.ReadCloser
	hasBegun, hasEnded bool
}

// Read notes that the client was given leave to send, and the end.
func (b *watchedBody) Read(p []byte) (int, error) {
	b.hasBegun = true
	n, err := b.ReadCloser.Read(p)
	b.hasEnded = b.hasEnded || errors.Is(err, io.EOF)
	return n, err
}

// drainingAnswer settles what becomes of the body at the last moment at which a header can still say that the connection ends.
type drainingAnswer struct {
	http.ResponseWriter
	drainer
	control       *http.ResponseController
	body          *watchedBody
	end           time.Time // of all reading
	waitsForLeave bool
	isSettled     bool
	isClosing     bool // the body has not come to its end
}

func (a *drainingAnswer) WriteHeader(status int) {
	if status >= http.StatusOK {
		a.settle()
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *drainingAnswer) Write(data []byte) (int, error) {
	a.settle()
	return a.ResponseWriter.Write(data)
}

// Flush sends what is buffered.
func (a *drainingAnswer) Flush() {
	a.settle()
	_ = a.control.Flush()
}

// Unwrap serves http.ResponseController.
func (a *drainingAnswer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func (a *drainingAnswer) settle() {
	if a.isSettled || a.body.hasEnded {
		return
	}
	a.isSettled, a.end = true, time.Now().Add(a.time)
	if a.waitsForLeave && !a.body.hasBegun || !a.readOn() {
		a.isClosing = true
		header := a.Header()
		header.Set("Connection", "close")
		if header.Get("Content-Length") == "" {
			header.Set("Transfer-Encoding", "identity") // net/http's word for an answer that ends with its connection
		}
	}
}

// readOn reads while data keeps coming and says whether nothing is left that could be taken for the next request.
func (a *drainingAnswer) readOn() bool {
	piece := make([]byte, 32<<10)
	for {
		now := time.Now()
		until := now.Add(a.pause)
		if until.After(a.end) {
			until = a.end
		}
		if a.bytes <= 0 || !until.After(now) {
			return false
		}
		if a.control.SetReadDeadline(until) != nil {
			return true // a recorder of tests
		}
		n, err := a.body.Read(piece)
		a.bytes -= int64(n)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, http.ErrBodyReadAfterClose):
			_ = a.control.SetReadDeadline(time.Time{}) // net/http listens for a client that leaves
			return true
		case err != nil:
			return false
		}
	}
}

// linger sends the answer to its end and says that nothing follows; then it takes what still comes, within the bounds that are
// left, until the client closes too. Nothing of it is taken for a request.
func (a *drainingAnswer) linger(connection net.Conn) {
	if a.control.Flush() != nil {
		return // the client is gone
	}
	if half, ok := connection.(interface{ CloseWrite() error }); ok && half.CloseWrite() == nil {
		_ = connection.SetReadDeadline(a.end)
		if _, err := io.CopyN(io.Discard, connection, a.bytes); err == nil {
			time.Sleep(resetDelay)
		}
	}
	_ = a.control.SetReadDeadline(time.Unix(1, 0)) // net/http would read on itself
}
