package postgres

import (
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"vidilog/eventstore"
)

// metrics of the appender; who scrapes them is the caller's business (Options.Registerer).
type metrics struct {
	appends   *prometheus.CounterVec
	events    prometheus.Counter
	batchSize prometheus.Histogram
	latency   prometheus.Histogram
	faults    prometheus.Counter
	overlong  *prometheus.CounterVec
}

// LongStream is how many events a stream may have before it counts as overlong: folding it begins to cost, and the design
// bounds every stream.
const LongStream = 1_000

func newMetrics() *metrics {
	return &metrics{
		appends: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "vidilog_log_appends_total",
			Help: "Appends answered, by outcome: recorded, repeated, wrong_version, claim, command_reused, left.",
		}, []string{"outcome"}),
		events: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "vidilog_log_events_total", Help: "Events recorded by this process.",
		}),
		batchSize: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "vidilog_log_batch_appends", Help: "Appends per group commit.", Buckets: prometheus.ExponentialBuckets(1, 2, 10),
		}),
		latency: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "vidilog_log_commit_seconds", Help: "Time of a group commit, from asking for the lock.",
			Buckets: prometheus.ExponentialBuckets(0.00025, 2, 14),
		}),
		faults: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "vidilog_log_faults_total", Help: "Group commits that failed and were tried again.",
		}),
		overlong: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "vidilog_log_overlong_events_total", Help: "Events recorded in streams that had 1,000 already, by kind of stream.",
		}, []string{"kind"}),
	}
}

func (m *metrics) collectors() []prometheus.Collector {
	return []prometheus.Collector{m.appends, m.events, m.batchSize, m.latency, m.faults, m.overlong}
}

func (m *metrics) register(registerer prometheus.Registerer) error {
	for _, collector := range m.collectors() {
		if err := registerer.Register(collector); err != nil {
			return err
		}
	}
	return nil
}

func (m *metrics) unregister(registerer prometheus.Registerer) {
	for _, collector := range m.collectors() {
		registerer.Unregister(collector)
	}
}

func (m *metrics) observe(appends int, events []eventstore.Recorded, answers []answer, took time.Duration) {
	m.batchSize.Observe(float64(appends))
	m.latency.Observe(took.Seconds())
	m.events.Add(float64(len(events)))
	for i := range events {
		if events[i].Version > LongStream {
			m.overlong.WithLabelValues(string(events[i].Stream.Kind)).Inc()
		}
	}
	for _, a := range answers {
		m.appends.WithLabelValues(outcome(a)).Inc()
	}
}

func outcome(a answer) string {
	var version *eventstore.WrongVersion
	var reused *eventstore.CommandReused
	switch {
	case a.err == nil && a.receipt.Repeated:
		return "repeated"
	case a.err == nil:
		return "recorded"
	case errors.As(a.err, &version):
		return "wrong_version"
	case errors.Is(a.err, errLeft):
		return "left"
	case errors.As(a.err, &reused):
		return "command_reused"
	default:
		return "claim"
	}
}
