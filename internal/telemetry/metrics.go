package telemetry

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// NewRegistry makes a registry with the metrics of the Go runtime and of the process. It is passed around; nothing uses
// the global one, so that tests and several servers in one process stay apart.
func NewRegistry() *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return registry
}

// MetricsHandler serves a registry in Prometheus's text format.
func MetricsHandler(registry *prometheus.Registry) http.Handler {
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{Registry: registry})
}

// HTTPMetrics count and time requests.
type HTTPMetrics struct {
	durations *prometheus.HistogramVec
	bytes     *prometheus.CounterVec
}

// NewHTTPMetrics registers the metrics of an HTTP server.
func NewHTTPMetrics(registry prometheus.Registerer) *HTTPMetrics {
	metrics := &HTTPMetrics{
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "vidilog_http_request_seconds", Help: "Time to answer a request, by area of the site, method and status.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"area", "method", "status"}),
		bytes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "vidilog_http_response_bytes_total", Help: "Bytes of answers, by area of the site.",
		}, []string{"area"}),
	}
	registry.MustRegister(metrics.durations, metrics.bytes)
	return metrics
}

// Observe notes one finished request. Its labels come from small fixed sets: a label made of the path would let any
// visitor create time series without end.
func (m *HTTPMetrics) Observe(r *http.Request, status int, bytes int64, took time.Duration) {
	area := areaOf(r.URL.Path)
	m.durations.WithLabelValues(area, methodOf(r.Method), strconv.Itoa(status)).Observe(took.Seconds())
	m.bytes.WithLabelValues(area).Add(float64(bytes))
}

var areas = map[string]string{
	"api": "api", "static": "static", "lazy-static": "static", "download": "download", "feeds": "feeds", "plugins": "plugins",
	"inbox": "federation", "accounts": "federation", "video-channels": "federation", ".well-known": "federation", "nodeinfo": "federation",
	"tracker": "tracker", "socket.io": "realtime", "client": "client",
}

func areaOf(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if area, ok := areas[first]; ok {
		return area
	}
	return "page"
}

func methodOf(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}
