package httpx

import (
	"bufio"
	"io"
	"net"
	"net/http"
)

// response remembers status and size for the access log and for Recover. It passes everything else through: ReadFrom
// keeps sendfile for static files, Hijack keeps WebSockets, Flush keeps streams.
type response struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *response) WriteHeader(status int) {
	if r.status == 0 && status >= http.StatusOK {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *response) Write(data []byte) (int, error) {
	r.begin()
	n, err := r.ResponseWriter.Write(data)
	r.bytes += int64(n)
	return n, err
}

// ReadFrom lets net/http use sendfile.
func (r *response) ReadFrom(source io.Reader) (int64, error) {
	r.begin()
	n, err := io.Copy(r.ResponseWriter, source)
	r.bytes += n
	return n, err
}

// Flush sends what is buffered.
func (r *response) Flush() {
	r.begin()
	_ = http.NewResponseController(r.ResponseWriter).Flush()
}

// Hijack hands the connection over; the log then shows 101.
func (r *response) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	connection, buffer, err := http.NewResponseController(r.ResponseWriter).Hijack()
	if err == nil {
		r.status = http.StatusSwitchingProtocols
	}
	return connection, buffer, err
}

// Unwrap serves http.ResponseController.
func (r *response) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *response) begin() {
	if r.status == 0 {
		r.status = http.StatusOK
	}
}

func wrapResponse(w http.ResponseWriter) *response {
	if wrapped, ok := w.(*response); ok {
		return wrapped
	}
	return &response{ResponseWriter: w}
}
