package telemetry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/telemetry"
)

func TestTelemetry(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "telemetry")
}

var _ = Describe("The log", func() {
	It("writes JSON with the trace id and without secrets", func(ctx SpecContext) {
		shutdown, err := telemetry.SetupTracing(ctx, telemetry.TracingOptions{})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(shutdown)
		var output bytes.Buffer
		logger, closer, err := telemetry.NewLogger(telemetry.LogOptions{Level: "debug", Format: "json", Output: &output})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(closer.Close)

		traced, span := telemetry.Span(ctx, "test")
		defer span.End()
		logger.With("part", "a").WithGroup("g").DebugContext(traced, "hello", "access_token", "hush", "name", "x")
		Expect(output.String()).NotTo(ContainSubstring("hush"))
		var record map[string]any
		Expect(json.Unmarshal(output.Bytes(), &record)).To(Succeed())
		Expect(record).To(And(HaveKeyWithValue("msg", "hello"), HaveKeyWithValue("part", "a")))
		Expect(output.String()).To(ContainSubstring(telemetry.TraceID(traced)))
	})

	It("keeps PeerTube's file beside the console, rotated by size", func() {
		dir := GinkgoT().TempDir()
		var output bytes.Buffer
		logger, closer, err := telemetry.NewLogger(telemetry.LogOptions{Format: "text", Output: &output, Dir: dir, MaxFileSize: 400, MaxFiles: 3})
		Expect(err).NotTo(HaveOccurred())
		for range 20 {
			logger.Warn("Removed files of video x", "password", "hush")
		}
		logger.Debug("not at this level")
		Expect(closer.Close()).To(Succeed())

		entries, err := filepath.Glob(filepath.Join(dir, "*"))
		Expect(err).NotTo(HaveOccurred())
		Expect(entries).To(ConsistOf(filepath.Join(dir, "peertube.log"), filepath.Join(dir, "peertube1.log"), filepath.Join(dir, "peertube2.log")))
		content, err := os.ReadFile(filepath.Join(dir, "peertube.log"))
		Expect(err).NotTo(HaveOccurred())
		Expect(len(content)).To(BeNumerically("<=", 400))
		first, _, _ := strings.Cut(string(content), "\n")
		var record map[string]string
		Expect(json.Unmarshal([]byte(first), &record)).To(Succeed())
		Expect(record).To(And(HaveKeyWithValue("message", "Removed files of video x"), HaveKeyWithValue("level", "warn"), HaveKey("timestamp"), HaveKeyWithValue("password", "[redacted]")))
		Expect(output.String()).To(And(ContainSubstring("level=WARN"), Not(ContainSubstring("not at this level"))))
	})

	It("refuses a level and a format that it does not know", func() {
		_, _, err := telemetry.NewLogger(telemetry.LogOptions{Level: "loud"})
		Expect(err).To(MatchError(ContainSubstring("debug, info, warn or error")))
		_, _, err = telemetry.NewLogger(telemetry.LogOptions{Format: "xml"})
		Expect(err).To(MatchError(ContainSubstring("auto, text or json")))
	})
})

var _ = Describe("Traces", func() {
	It("have ids without a collector, and go on from a stored traceparent", func(ctx SpecContext) {
		shutdown, err := telemetry.SetupTracing(ctx, telemetry.TracingOptions{})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(shutdown)
		Expect(telemetry.TraceID(ctx)).To(BeEmpty())

		request, span := telemetry.Span(ctx, "request")
		telemetry.End(span, nil)
		Expect(telemetry.TraceID(request)).To(MatchRegexp(`^[0-9a-f]{32}$`))

		job, jobSpan := telemetry.Span(telemetry.WithTraceparent(context.Background(), telemetry.Traceparent(request)), "job")
		telemetry.End(jobSpan, nil)
		Expect(telemetry.TraceID(job)).To(Equal(telemetry.TraceID(request)))
		Expect(telemetry.TraceID(telemetry.WithTraceparent(context.Background(), "garbage"))).To(BeEmpty())
	})

	It("go on below the event that work is owed to", func() {
		correlation, cause := uuid.MustParse("0af76519-16cd-43dd-8448-eb211c80319c"), uuid.MustParse("01a1fb64-b3e0-7afc-a3ed-a65a523f8f13")
		work, span := telemetry.Span(telemetry.Continue(context.Background(), correlation, cause), "media job")
		telemetry.End(span, nil)
		Expect(telemetry.TraceID(work)).To(Equal("0af7651916cd43dd8448eb211c80319c"))
		Expect(telemetry.TraceID(telemetry.Continue(context.Background(), uuid.Nil, cause))).To(BeEmpty())
	})

	It("follow the caller of a request", func(ctx SpecContext) {
		shutdown, err := telemetry.SetupTracing(ctx, telemetry.TracingOptions{})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(shutdown)
		var seen string
		handler := telemetry.Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = telemetry.TraceID(r.Context()) }))
		request := httptest.NewRequest("GET", "/", nil)
		request.Header.Set("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
		handler.ServeHTTP(httptest.NewRecorder(), request)
		Expect(seen).To(Equal("0af7651916cd43dd8448eb211c80319c"))
	})

	It("reach a collector when one is configured", func(ctx SpecContext) {
		var received atomic.Int64
		collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/v1/traces" {
				received.Add(1)
			}
		}))
		DeferCleanup(collector.Close)
		shutdown, err := telemetry.SetupTracing(ctx, telemetry.TracingOptions{Endpoint: collector.URL, Version: "test"})
		Expect(err).NotTo(HaveOccurred())
		_, span := telemetry.Span(ctx, "exported")
		telemetry.End(span, context.DeadlineExceeded)
		Expect(shutdown(ctx)).To(Succeed())
		Expect(received.Load()).To(Equal(int64(1)))
	})
})

var _ = Describe("Metrics", func() {
	It("are served, with labels that visitors cannot multiply", func() {
		registry := telemetry.NewRegistry()
		metrics := telemetry.NewHTTPMetrics(registry)
		for _, path := range []string{"/api/v1/videos", "/api/v1/anything", "/made-up-1", "/made-up-2"} {
			metrics.Observe(httptest.NewRequest("GET", path, nil), 200, 10, time.Millisecond)
		}
		metrics.Observe(httptest.NewRequest("BREW", "/", nil), 400, 0, time.Millisecond)
		recorder := httptest.NewRecorder()
		telemetry.MetricsHandler(registry).ServeHTTP(recorder, httptest.NewRequest("GET", "/metrics", nil))
		text := recorder.Body.String()
		Expect(text).To(And(
			ContainSubstring(`vidilog_http_request_seconds_count{area="api",method="GET",status="200"} 2`),
			ContainSubstring(`vidilog_http_request_seconds_count{area="page",method="GET",status="200"} 2`),
			ContainSubstring(`method="other"`), ContainSubstring("go_goroutines"), Not(ContainSubstring("made-up"))))
	})
})
