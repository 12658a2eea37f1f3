package bus

import (
	"errors"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/prometheus/client_golang/prometheus"
)

// metrics of all groups. Without a registerer they are counted and not shown.
type metrics struct {
	seconds *prometheus.HistogramVec
	parked  *prometheus.CounterVec
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	m := &metrics{
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "vidilog", Subsystem: "bus", Name: "handle_seconds",
			Help:    "Time of one attempt at an event, by consumer group and outcome (done, failed).",
			Buckets: []float64{.0001, .0005, .001, .005, .01, .05, .1, .5, 1, 5, 30},
		}, []string{"group", "outcome"}),
		parked: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "vidilog", Subsystem: "bus", Name: "parked_total",
			Help: "Keys parked because their event kept failing, by consumer group.",
		}, []string{"group"}),
	}
	if r == nil {
		return m, nil
	}
	return m, errors.Join(r.Register(m.seconds), r.Register(m.parked))
}

func (m *metrics) middleware(group string) message.HandlerMiddleware {
	done, failed := m.seconds.WithLabelValues(group, "done"), m.seconds.WithLabelValues(group, "failed")
	return func(next message.HandlerFunc) message.HandlerFunc {
		return func(msg *message.Message) ([]*message.Message, error) {
			start := time.Now()
			produced, err := next(msg)
			outcome := done
			if err != nil {
				outcome = failed
			}
			outcome.Observe(time.Since(start).Seconds())
			return produced, err
		}
	}
}
