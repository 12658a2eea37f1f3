package engine

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"vidilog/eventstore"
)

// metrics of all models of one engine.
type metrics struct {
	lag, position, isStopped *prometheus.GaugeVec
	events                   *prometheus.CounterVec
	batch, seconds           *prometheus.HistogramVec
}

func newMetrics() *metrics {
	label := []string{"model"}
	gauge := func(name, help string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "vidilog", Subsystem: "projection", Name: name, Help: help}, label)
	}
	histogram := func(name, help string, buckets []float64) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "vidilog", Subsystem: "projection", Name: name, Help: help, Buckets: buckets,
		}, label)
	}
	return &metrics{
		lag:       gauge("lag_events", "Events of the log that readers of the model do not see yet."),
		position:  gauge("position", "Position up to which readers of the model see the log."),
		isStopped: gauge("stopped", "1 while the model stands still because of an event."),
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "vidilog", Subsystem: "projection",
			Name: "events_total", Help: "Events projected.",
		}, label),
		batch:   histogram("batch_events", "Events per batch.", prometheus.ExponentialBuckets(1, 4, 8)),
		seconds: histogram("batch_seconds", "Time from having a batch to having committed it.", prometheus.ExponentialBuckets(0.0001, 3, 10)),
	}
}

func (m *metrics) all() []prometheus.Collector {
	return []prometheus.Collector{m.lag, m.position, m.isStopped, m.events, m.batch, m.seconds}
}

func (m *metrics) register(r prometheus.Registerer) error {
	for _, c := range m.all() {
		if err := r.Register(c); err != nil {
			return err
		}
	}
	return nil
}

func (m *metrics) unregister(r prometheus.Registerer) {
	for _, c := range m.all() {
		r.Unregister(c)
	}
}

// modelMetrics are those of one model, looked up once.
type modelMetrics struct {
	lag, position, isStopped prometheus.Gauge
	events                   prometheus.Counter
	batch, seconds           prometheus.Observer
}

func (m *metrics) of(model string) *modelMetrics {
	return &modelMetrics{
		lag: m.lag.WithLabelValues(model), position: m.position.WithLabelValues(model), isStopped: m.isStopped.WithLabelValues(model),
		events: m.events.WithLabelValues(model), batch: m.batch.WithLabelValues(model), seconds: m.seconds.WithLabelValues(model),
	}
}

func (m *modelMetrics) projected(events int, at eventstore.Position, took time.Duration) {
	m.events.Add(float64(events))
	m.batch.Observe(float64(events))
	m.seconds.Observe(took.Seconds())
	m.position.Set(float64(at))
}

func (m *modelMetrics) lags(head, at eventstore.Position) { m.lag.Set(float64(max(head-at, 0))) }

func (m *modelMetrics) stopped(is bool) {
	if is {
		m.isStopped.Set(1)
	} else {
		m.isStopped.Set(0)
	}
}
