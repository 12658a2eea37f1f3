package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

var _ = Describe("The target", func() {
	DescribeTable("is refused when it may lead elsewhere", func(base string) {
		_, err := loopback(base)
		Expect(err).To(HaveOccurred())
	},
		Entry("another machine", "http://192.0.2.7:9000"),
		Entry("a name, even that of this machine", "http://localhost:9000"),
		Entry("a name that begins like an address", "http://127.0.0.1.example.org"),
		Entry("an address behind a user's name", "http://127.0.0.1@192.0.2.7/"),
		Entry("TLS", "https://127.0.0.1:9000"),
		Entry("nothing", ""),
	)
	DescribeTable("is taken on loopback", func(base, host string) {
		u, err := loopback(base)
		Expect(err).NotTo(HaveOccurred())
		Expect(u.String()).To(Equal("http://" + host))
	},
		Entry("IPv4", "http://127.0.0.1:9000/", "127.0.0.1:9000"),
		Entry("IPv6", "http://[::1]:9000", "[::1]:9000"),
	)
	It("is the only place that a request goes to, whatever the instance answers", func(ctx SpecContext) {
		server := httptest.NewServer(http.RedirectHandler("http://192.0.2.7/", http.StatusFound))
		defer server.Close()
		i := instanceAt(server.URL)
		a, err := i.do(i.request(ctx, http.MethodGet, "/", nil, ""))
		Expect(err).NotTo(HaveOccurred())
		Expect(a.status).To(Equal(http.StatusFound))
		path, err := pathOf("http://192.0.2.7/static/web-videos/a.mp4")
		Expect(err).NotTo(HaveOccurred())
		Expect(path).To(Equal("/static/web-videos/a.mp4"))
	})
})

var _ = Describe("A measurement", func() {
	quick := options{Clients: 4, Length: 150 * time.Millisecond, WarmUp: 20 * time.Millisecond, Most: 1_000_000}

	It("counts what the server saw after the warm-up", func(ctx SpecContext) {
		var seen atomic.Int64
		f := against(ctx, quick, func(w http.ResponseWriter, _ *http.Request) { seen.Add(1); w.WriteHeader(http.StatusNoContent) })
		Expect(f.Errors).To(BeZero())
		Expect(f.Requests).To(And(BeNumerically(">", 0), BeNumerically("<", seen.Load())))
		Expect(f.PerSecond).To(BeNumerically("~", float64(f.Requests)/f.Seconds, 1e-6))
		Expect(f.P99).To(BeNumerically(">=", f.P50))
	})
	It("ends at its number of requests", func(ctx SpecContext) {
		o := quick
		o.Most, o.Length = 25, time.Minute
		f := against(ctx, o, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
		Expect(f.Requests).To(Equal(int64(25)))
	})
	It("has no rate for wrong answers, and tells the first", func(ctx SpecContext) {
		f := against(ctx, quick, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "too much", http.StatusTooManyRequests) })
		Expect(f.PerSecond).To(BeZero())
		Expect(f.Errors).To(Equal(f.Requests))
		Expect(f.FirstError).To(ContainSubstring("429"))
	})
	It("is left out where the instance lacks the endpoint", func(ctx SpecContext) {
		var seen atomic.Int64
		f := against(ctx, quick, func(w http.ResponseWriter, r *http.Request) { seen.Add(1); http.NotFound(w, r) })
		Expect(f.Skipped).To(ContainSubstring("404"))
		Expect(seen.Load()).To(Equal(int64(1)))
	})
	It("takes quantiles by nearest rank", func() {
		var times []time.Duration
		for n := range 200 {
			times = append(times, time.Duration(n+1)*time.Millisecond)
		}
		Expect(quantile(times, 0.50)).To(Equal(100.0))
		Expect(quantile(times, 0.99)).To(Equal(198.0))
		Expect(quantile(times[:1], 0.99)).To(Equal(1.0))
		Expect(quantile(nil, 0.5)).To(BeZero())
	})
})

var _ = DescribeTable("An answer is refused when it is", func(accept func(answer) error, a answer) {
	Expect(accept(a)).NotTo(Succeed())
},
	Entry("an empty list", list, answer{status: 200, body: []byte(`{"total":0,"data":[]}`)}),
	Entry("cut off", holding("uuid"), answer{status: 200, body: []byte(`{"uuid":"a`)}),
	Entry("a page in place of an activity", activity, answer{status: 200, contentType: "text/html", body: []byte("<html>")}),
	Entry("the whole file in place of a range", ranged, answer{status: 200, body: make([]byte, rangeBytes)}),
	Entry("a short range", ranged, answer{status: 206, body: make([]byte, 10)}),
)

var _ = Describe("The processes of an instance", func() {
	It("hold memory and use time", func() {
		var p processes
		Expect(p.Set("server=" + strconv.Itoa(os.Getpid()))).To(Succeed())
		m := p.memory("now")
		Expect(m.Processes).To(HaveLen(1))
		Expect(m.Processes[0].Own).To(BeNumerically(">", 1<<20))
		Expect(m.Processes[0].Tree).To(BeNumerically(">", 1<<20))
		before := p.cpu()
		Eventually(func() time.Duration { return p.cpu() - before }).WithTimeout(20 * time.Second).WithPolling(time.Microsecond).
			Should(BeNumerically(">", 0))
	})
	It("must exist", func() {
		var p processes
		Expect(p.Set("server=999999999")).NotTo(Succeed())
		Expect(p.Set("server=-1")).NotTo(Succeed())
	})
})

var _ = Describe("Two reports", func() {
	It("stand side by side with their ratios", func() {
		ours := report{Name: "Vidilog", Figures: []figures{
			{Name: "list", Request: "GET list", Clients: 8, Requests: 10, PerSecond: 500, P50: 1, P99: 2, CPU: 0.5},
			{Name: "search", Request: "GET search", Clients: 8, Skipped: "not offered (status 404)"},
		}}
		theirs := report{Name: "PeerTube", Figures: []figures{
			{Name: "list", Request: "GET list", Clients: 8, Requests: 10, Errors: 5, PerSecond: 10, P50: 50, P99: 90, CPU: 20},
			{Name: "search", Request: "GET search", Clients: 8, Requests: 10, PerSecond: 10, P50: 50, P99: 90, CPU: 20},
		}}
		var out bytes.Buffer
		Expect(compare(&out, []string{written(ours), written(theirs)})).To(Succeed())
		lines := strings.Split(out.String(), "\n")
		Expect(lines[2]).To(And(ContainSubstring("50.0 ×"), ContainSubstring("40.0 ×"), ContainSubstring("5 of 10 failed")))
		Expect(lines[3]).To(And(ContainSubstring("not offered"), ContainSubstring("| – | – |")))
	})
})

func instanceAt(base string) *instance {
	u, err := loopback(base)
	Expect(err).NotTo(HaveOccurred())
	return newInstance(u, 8)
}

// against measures a server that answers as told, and wants 204.
func against(ctx context.Context, o options, answers http.HandlerFunc) figures {
	server := httptest.NewServer(answers)
	defer server.Close()
	i := instanceAt(server.URL)
	return measure(ctx, kind{
		name: "any", label: "GET /", clients: o.Clients, accept: status(http.StatusNoContent),
		send: func(ctx context.Context, _ int, _ int64) (answer, error) {
			return i.do(i.request(ctx, http.MethodGet, "/", nil, ""))
		},
	}, o)
}

func written(r report) string {
	text, err := json.Marshal(r)
	Expect(err).NotTo(HaveOccurred())
	path := filepath.Join(GinkgoT().TempDir(), "report.json")
	Expect(os.WriteFile(path, text, 0o600)).To(Succeed())
	return path
}
