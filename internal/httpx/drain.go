package httpx

import (
	"io"
	"net/http"
	"strings"
	"time"
)

const (
	// drainBytes and drainTime bound what is read of a body that nobody wanted. Both are more than a client that listens needs to
	// notice the answer, and little beside what the connection has carried by then.
	drainBytes = 32 << 20
	drainTime  = 5 * time.Second
)

// Drain reads what a handler has left of a request's body, after its answer is on the way. Without it the server would close
// the connection on data that is still coming, and the reset that follows may reach the client before the answer does: an upload
// that is refused would look like a broken line. A client that waits for "100 Continue" is not told to send.
func Drain(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body == nil || r.Body == http.NoBody {
			next.ServeHTTP(w, r)
			return
		}
		control := http.NewResponseController(w)
		_ = control.EnableFullDuplex() // HTTP/2 and recorders of tests know no other way
		wrapped, body := wrapResponse(w), &noticed{ReadCloser: r.Body}
		r.Body = body
		next.ServeHTTP(wrapped, r)
		waits := strings.EqualFold(r.Header.Get("Expect"), "100-continue") && !body.isRead
		if body.isDone || waits || wrapped.status == http.StatusSwitchingProtocols {
			return
		}
		wrapped.Flush()
		_ = control.SetReadDeadline(time.Now().Add(drainTime))
		_, _ = io.CopyN(io.Discard, body, drainBytes) // what does not come is not missed
		_ = control.SetReadDeadline(time.Time{})
	})
}

// noticed knows how far a body has been read.
type noticed struct {
	io.ReadCloser
	isRead, isDone bool
}

func (n *noticed) Read(p []byte) (int, error) {
	n.isRead = true
	count, err := n.ReadCloser.Read(p)
	if err != nil {
		n.isDone = true
	}
	return count, err
}
