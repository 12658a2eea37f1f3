package respond_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"vidilog/api/rest/respond"
	"vidilog/eventstore"
)

// Answers from memory: a page of a list, and 500 videos in turn.
func BenchmarkKeptAnswer(b *testing.B) {
	for _, shape := range []struct {
		name             string
		addresses, bytes int
	}{{"list", 1, 24 << 10}, {"videos", 500, 9 << 10}} {
		b.Run(shape.name, func(b *testing.B) {
			body := bytes.Repeat([]byte("a"), shape.bytes)
			built := 0
			handler := respond.NewAnonymous(func() eventstore.Position { return 1 }, func() uint64 { return 0 }).
				Handler(func(*http.Request) ([]byte, error) { built++; return body, nil })
			requests := make([]*http.Request, shape.addresses)
			for i := range requests {
				requests[i] = httptest.NewRequest(http.MethodGet, fmt.Sprintf("/api/v1/videos/%d", i), nil)
			}
			w := &discard{header: http.Header{}}
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				handler.ServeHTTP(w, requests[n%len(requests)])
			}
			if built > shape.addresses {
				b.Fatalf("%d answers were made for %d addresses", built, shape.addresses)
			}
		})
	}
}

type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(int)             {}
