package files

import (
	"io"
	"net/http"

	"vidilog/internal/httpx"
)

// rangeAnswer keeps back net/http's own text about a range that cannot be satisfied, so that it can be said in PeerTube's shape.
// Bytes of files go through untouched, by sendfile where the connection knows it.
type rangeAnswer struct {
	http.ResponseWriter
	refused bool
}

// WriteHeader notes a refusal and lets everything else pass.
func (a *rangeAnswer) WriteHeader(status int) {
	if a.refused = status == http.StatusRequestedRangeNotSatisfiable; !a.refused {
		a.ResponseWriter.WriteHeader(status)
	}
}

// Write drops the text of a refusal.
func (a *rangeAnswer) Write(p []byte) (int, error) {
	if a.refused {
		return len(p), nil
	}
	return a.ResponseWriter.Write(p)
}

// ReadFrom keeps the fast way of copying files open.
func (a *rangeAnswer) ReadFrom(source io.Reader) (int64, error) {
	if fast, ok := a.ResponseWriter.(io.ReaderFrom); ok && !a.refused {
		return fast.ReadFrom(source)
	}
	return io.Copy(struct{ io.Writer }{a}, source)
}

// explain answers a refused range with a problem document.
func (a *rangeAnswer) explain(r *http.Request) {
	if a.refused {
		a.Header().Del("X-Content-Type-Options")
		httpx.Write(a.ResponseWriter, r, &httpx.Problem{
			Status: http.StatusRequestedRangeNotSatisfiable, Code: "RangeNotSatisfiableError", Detail: "Range Not Satisfiable",
		})
	}
}
