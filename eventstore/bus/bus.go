package bus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"vidilog/eventstore"
	"vidilog/eventstore/tail"
	"vidilog/schema/migrations"
)

// Schema is the PostgreSQL schema of the consumers' progress.
const Schema = "vidilog_bus"

// Options of Open. Zero values mean the defaults.
type Options struct {
	// Holder names this process in leases. A server gives the same id at every start on one data directory (which it has
	// locked), so that its own leases from before a crash are free at once; default: a new one.
	Holder uuid.UUID
	// Lease is how long a group stays with a process that no longer renews it; 15 s.
	Lease time.Duration
	// FlushEvery is how often checkpoints are written; 100 ms. What a crash forgets is delivered again.
	FlushEvery time.Duration
	// LookEvery is how often decisions about parked keys are looked for; 1 s.
	LookEvery time.Duration
	// CloseTimeout is how long handlers under way may take when a subscription ends; 5 s.
	CloseTimeout time.Duration
	// AnnounceParked writes a notice to the outbox (topic ParkedTopic) for every key that is parked. The outbox grows until
	// Outbox.Forward runs somewhere.
	AnnounceParked bool
	// Logger is told of failures and of keys that are parked; slog.Default().
	Logger *slog.Logger
	// Registerer gets the metrics; nil means none.
	Registerer prometheus.Registerer
}

func (o Options) withDefaults() Options {
	if o.Holder == uuid.Nil {
		o.Holder = uuid.New()
	}
	for value, otherwise := range map[*time.Duration]time.Duration{
		&o.Lease: 15 * time.Second, &o.FlushEvery: 100 * time.Millisecond, &o.LookEvery: time.Second, &o.CloseTimeout: 5 * time.Second,
	} {
		if *value <= 0 {
			*value = otherwise
		}
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}

// Bus hands out subscriptions and knows what is parked. Its methods may be called from any goroutine.
type Bus struct {
	pool    *pgxpool.Pool
	tail    *tail.Tail
	reader  eventstore.Reader
	decoder tail.Decoder
	options Options
	metrics *metrics

	mu         sync.Mutex
	sessions   map[string]*session // by group, those that hold a lease here
	subscribed map[string]int      // by group, how many subscriptions there are here, with a lease or without
}

// Open creates or migrates the bus's tables. The tail must be running for subscriptions to receive anything; tl, reader
// and decoder may be nil for a program that only looks and decides (Parked, Retry, Skip, Groups).
func Open(
	ctx context.Context, pool *pgxpool.Pool, tl *tail.Tail, reader eventstore.Reader, decoder tail.Decoder, options Options,
) (*Bus, error) {
	if err := migrations.Apply(ctx, pool.Config().ConnConfig, Schema, migrations.Bus, "bus"); err != nil {
		return nil, fmt.Errorf("bus: %w", err)
	}
	m, err := newMetrics(options.Registerer)
	if err != nil {
		return nil, fmt.Errorf("bus: %w", err)
	}
	return &Bus{
		pool: pool, tail: tl, reader: reader, decoder: decoder, options: options.withDefaults(), metrics: m,
		sessions: map[string]*session{}, subscribed: map[string]int{},
	}, nil
}

// subscribe notes that this process is to work for a group, by 1, or no longer, by -1.
func (b *Bus) subscribe(group string, by int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.subscribed[group] += by; b.subscribed[group] == 0 {
		delete(b.subscribed, group)
	}
}

func (b *Bus) enter(s *session) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sessions[s.group.Name] = s
}

func (b *Bus) leave(s *session) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.sessions[s.group.Name] == s {
		delete(b.sessions, s.group.Name)
	}
}

// Start says where a new group begins.
type Start int

// Where a new group begins.
const (
	// AtHead is after the newest event when the group is first seen: nothing of the past is handled.
	AtHead Start = iota
	// AtOrigin is before the first event of the log.
	AtOrigin
)

// Group declares consumers that share a checkpoint. Name is for ever: another name is another group.
type Group struct {
	Name    string
	StartAt Start
	// Lanes is how many events are handled at the same time; 8.
	Lanes int
	// Types are the event types that are handled; none means all.
	Types []string
	// Key says which events must follow one another; nil and "" mean the event's stream. It is a pure function of the event.
	Key func(eventstore.Event) string
	// MaxAttempts is after how many failures a key is parked; 8, which with the pauses below are about 13 s.
	MaxAttempts int
	// FirstPause is before the second attempt, doubled for each further one up to LastPause; 100 ms and 30 s.
	FirstPause, LastPause time.Duration
	// Window bounds the events in memory that are not done; 4,096. A group that has this many waits before it takes more.
	Window int
}

var errNoName = errors.New("a consumer group needs a name")

func (g Group) withDefaults() Group {
	for value, otherwise := range map[*int]int{&g.Lanes: 8, &g.MaxAttempts: 8, &g.Window: 4096} {
		if *value <= 0 {
			*value = otherwise
		}
	}
	if g.FirstPause <= 0 {
		g.FirstPause = 100 * time.Millisecond
	}
	if g.LastPause <= 0 {
		g.LastPause = 30 * time.Second
	}
	return g
}

func (g Group) keyOf(e eventstore.Event) string {
	if g.Key != nil && tail.DecodeError(e) == nil {
		if key := g.Key(e); key != "" {
			return key
		}
	}
	return e.Stream.String()
}

// pause is how long the key rests after its n-th failure.
func (g Group) pause(n int) time.Duration {
	pause := g.FirstPause
	for ; n > 1 && pause < g.LastPause; n-- {
		pause *= 2
	}
	return min(pause, g.LastPause)
}
