package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

var _ = Describe("Prepared questions", func() {
	quick := options{Clients: 3, Length: 100 * time.Millisecond, WarmUp: 10 * time.Millisecond, Most: 1_000_000}
	asked := func(ctx context.Context, answers http.HandlerFunc, accept func(answer) error, questions ...question) figures {
		server := httptest.NewServer(answers)
		defer server.Close()
		base := instanceAt(server.URL).base
		for i := range questions {
			made := ask(base, string(questions[i].request), string(questions[i].marker), "Accept", "application/json")
			questions[i] = made
		}
		return measure(ctx, kind{
			name: "any", label: "GET", clients: quick.Clients, accept: accept, send: asking(base, quick.Clients, questions),
		}, quick)
	}
	echo := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"path":"` + r.URL.Path + `","accept":"` + r.Header.Get("Accept") + `"}`))
	}
	one := question{request: []byte("/1"), marker: []byte(`"/1"`)}
	two := question{request: []byte("/2"), marker: []byte(`"/2"`)}

	It("are asked in turn and answered each with its own answer", func(ctx SpecContext) {
		var ones, twos atomic.Int64
		f := asked(ctx, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/1" {
				ones.Add(1)
			} else {
				twos.Add(1)
			}
			echo(w, r)
		}, holding("path"), one, two)
		Expect(f.FirstError).To(BeEmpty())
		Expect(f.PerSecond).To(BeNumerically(">", 0))
		Expect(ones.Load()).To(BeNumerically("~", twos.Load(), 8))
	})
	DescribeTable("count as errors when answered", func(ctx SpecContext, why string, answers http.HandlerFunc) {
		f := asked(ctx, answers, holding("path"), one, two)
		Expect(f.PerSecond).To(BeZero())
		Expect(f.Errors).To(And(Equal(f.Requests), BeNumerically(">", 0)))
		Expect(f.FirstError).To(ContainSubstring(why))
	},
		Entry("with another's answer", "something else", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"path":"/3"}`))
		})),
		Entry("with another status", "status 500", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			echo(w, r)
		})),
		Entry("with half an answer", "unexpected EOF", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = w.Write([]byte(`{"path":"/1"}`))
		})),
	)
	It("find broken JSON in the answers that are checked as a whole, and in no others", func(ctx SpecContext) {
		f := asked(ctx, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"path":"/1"`)) }, holding("path"), one)
		Expect(f.FirstError).To(ContainSubstring("no JSON"))
		Expect(f.Errors).To(BeNumerically("~", f.Requests/wholeEvery, 2*quick.Clients))
	})
	It("are understood in pieces and when the connection ends with each", func(ctx SpecContext) {
		f := asked(ctx, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Connection", "close")
			_, _ = w.Write([]byte(`{"path":"` + r.URL.Path))
			_ = http.NewResponseController(w).Flush()
			_, _ = w.Write([]byte(`","rest":"` + strings.Repeat("a", 100_000) + `"}`))
		}, holding("path"), one, two)
		Expect(f.FirstError).To(BeEmpty())
		Expect(f.Requests).To(BeNumerically(">", 0))
	})
})
