package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"net/url"
	"strconv"
	"time"
)

const (
	// wholeEvery is how many answers to a prepared question are looked at for one that is checked as a whole: reading all JSON would
	// take more processor time here than most answers take the instance.
	wholeEvery = 64
	// idleAtMost is how long a connection may have rested before a new one takes its place; Node closes them after five seconds.
	idleAtMost = time.Second
	// answerWithin bounds an answer: a request that hangs is an error, not the end of the run.
	answerWithin = 20 * time.Second
	wireBuffer   = 64 << 10
)

// question is a request as it goes over the wire, written once and sent many times.
type question struct {
	request []byte
	// marker is in a right answer to this question and in no other; empty where any answer of the kind will do.
	marker []byte
}

// ask writes a question down. Headers are names and values in turn.
func ask(base *url.URL, path string, marker string, headers ...string) question {
	request := fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\n", path, base.Host)
	for h := 0; h < len(headers); h += 2 {
		request = fmt.Appendf(request, "%s: %s\r\n", headers[h], headers[h+1])
	}
	return question{append(request, '\r', '\n'), []byte(marker)}
}

// asking sends prepared questions, each client on a wire of its own, and each beginning at another one. Every answer is read to its
// end, its status, length and marker are looked at, and one in wholeEvery is checked as a whole.
func asking(base *url.URL, clients int, questions []question) func(context.Context, int, int64) (answer, error) {
	wires := make([]wire, clients)
	return func(ctx context.Context, client int, n int64) (answer, error) {
		q := questions[(n+int64(client*len(questions)/clients))%int64(len(questions))]
		a, err := wires[client].send(ctx, base.Host, q.request)
		a.marker, a.isSkimmed = q.marker, n%wholeEvery != 0
		return a, err
	}
}

// wire is a connection of one client that speaks just enough HTTP/1.1 to cost little. The zero value is ready.
type wire struct {
	conn net.Conn
	in   *bufio.Reader
	body []byte // of the last answer, written over by the next
	kind string
	used time.Time
}

func (w *wire) send(ctx context.Context, address string, request []byte) (answer, error) {
	if err := w.open(ctx, address); err != nil {
		return answer{}, err
	}
	_, err := w.conn.Write(request)
	var a answer
	if err == nil {
		a, err = w.receive()
	}
	if err != nil {
		_ = w.conn.Close()
		w.conn = nil
	}
	return a, err
}

func (w *wire) open(ctx context.Context, address string) error {
	now := time.Now()
	if w.conn != nil && now.Sub(w.used) > idleAtMost {
		_ = w.conn.Close()
		w.conn = nil
	}
	w.used = now
	if w.conn == nil {
		dialer := net.Dialer{Timeout: 5 * time.Second}
		conn, err := dialer.DialContext(ctx, "tcp", address)
		if err != nil {
			return err
		}
		w.conn, w.in = conn, bufio.NewReaderSize(conn, wireBuffer)
	}
	return w.conn.SetDeadline(now.Add(answerWithin))
}

// receive reads one answer.
func (w *wire) receive() (answer, error) {
	a := answer{}
	line, err := w.in.ReadSlice('\n')
	if err != nil {
		return a, err
	}
	if fields := bytes.Fields(line); len(fields) > 1 {
		a.status, _ = strconv.Atoi(string(fields[1]))
	}
	length, isChunked, isLast, err := w.header()
	if err != nil {
		return a, err
	}
	a.contentType = w.kind
	switch {
	case isChunked:
		a.body, err = io.ReadAll(io.LimitReader(httputil.NewChunkedReader(w.in), answerLimit))
		if err == nil {
			_, err = w.in.ReadSlice('\n') // the empty line that ends the trailers
		}
	case length < 0 || length > answerLimit:
		err = errors.New("an answer that does not say how long it is")
	default:
		if cap(w.body) < length {
			w.body = make([]byte, length)
		}
		a.body = w.body[:length]
		_, err = io.ReadFull(w.in, a.body)
	}
	if isLast && err == nil {
		w.used = time.Time{} // the next question takes a new connection
	}
	return a, err
}

// header reads what has to be known of an answer's header.
func (w *wire) header() (length int, isChunked, isLast bool, err error) {
	length, w.kind = -1, ""
	for {
		line, err := w.in.ReadSlice('\n')
		if err != nil {
			return length, false, false, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			return length, isChunked, isLast, nil
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimSpace(value)
		switch {
		case is(name, "content-length"):
			if length, err = strconv.Atoi(string(value)); err != nil {
				return length, false, false, err
			}
		case is(name, "content-type"):
			w.kind = string(value)
		case is(name, "transfer-encoding"):
			isChunked = is(value, "chunked")
		case is(name, "connection"):
			isLast = is(value, "close")
		}
	}
}

func is(text []byte, word string) bool {
	return len(text) == len(word) && bytes.EqualFold(text, []byte(word))
}
