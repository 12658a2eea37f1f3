package postgres

import (
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/prometheus/client_golang/prometheus"
)

// Options of Open. The zero value is right for a server; fields are for tests and for machines of unusual size.
type Options struct {
	// Queue is how many appends may wait before Append blocks; 0 means 4,096.
	Queue int
	// MaxBatch is how many appends one group commit takes at most; 0 means 512. Beyond that, latency grows and throughput
	// no longer does.
	MaxBatch int
	// AppendTimeout is the deadline of an append whose context has none; 0 means 30 s.
	AppendTimeout time.Duration
	// DrainTimeout is how long Close waits for appends under way; 0 means 5 s.
	DrainTimeout time.Duration
	// PollInterval is how often the head is looked at for appends of other nodes; 0 means 500 ms. Notifications usually
	// come first.
	PollInterval time.Duration
	// Heartbeat is how often this process says that it has the log open; 0 means 5 s. One that has been silent for three
	// heartbeats no longer counts.
	Heartbeat time.Duration
	// PartitionEvents is how many positions a new partition of events spans; 0 means 10 million.
	PartitionEvents int64
	// MaxConnections bounds the connections of readers; 0 means 8. The appender and the listener have one each beside.
	MaxConnections int32
	// Node names this process among those that share the log; zero means a new one.
	Node uuid.UUID
	// Registerer gets the store's metrics; nil means none.
	Registerer prometheus.Registerer
	// Tracer sees the readers' queries; nil means none.
	Tracer pgx.QueryTracer
	// Logger gets what an administrator may need; nil means slog.Default().
	Logger *slog.Logger
}

func (o Options) withDefaults() Options {
	o.Queue = orDefault(o.Queue, 4096)
	o.MaxBatch = orDefault(o.MaxBatch, 512)
	o.AppendTimeout = orDefault(o.AppendTimeout, 30*time.Second)
	o.DrainTimeout = orDefault(o.DrainTimeout, 5*time.Second)
	o.PollInterval = orDefault(o.PollInterval, 500*time.Millisecond)
	o.Heartbeat = orDefault(o.Heartbeat, 5*time.Second)
	o.PartitionEvents = orDefault(o.PartitionEvents, 10_000_000)
	o.MaxConnections = orDefault(o.MaxConnections, 8)
	if o.Node == uuid.Nil {
		o.Node = uuid.New()
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}

func orDefault[T int | int32 | int64 | time.Duration](value, otherwise T) T {
	if value == 0 {
		return otherwise
	}
	return value
}
