package enginetest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// epoch is when the first event of a test log was recorded; each further one comes a second later.
var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Fact is an event with the stream it belongs to.
type Fact struct {
	Stream kernel.StreamID
	Data   kernel.Event
	// Actor is who caused it; the zero value is a part of the server.
	Actor kernel.Actor
}

// Record numbers facts as a log would, behind position after. Versions count per stream within the call.
func Record(after eventstore.Position, facts ...Fact) []eventstore.Event {
	versions := map[kernel.StreamID]eventstore.Version{}
	events := make([]eventstore.Event, len(facts))
	for i, f := range facts {
		position := after + eventstore.Position(i) + 1
		versions[f.Stream]++
		e := eventstore.Event{Data: f.Data}
		e.Position, e.Stream, e.Version = position, f.Stream, versions[f.Stream]
		e.RecordedAt = epoch.Add(time.Duration(position) * time.Second)
		e.EventID = uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, position))
		e.Actor = f.Actor
		if e.Actor.Kind == "" {
			e.Actor = kernel.System("test")
		}
		e.SchemaVersion = 1
		if f.Data != nil {
			e.Type = f.Data.EventType()
		}
		events[i] = e
	}
	return events
}

// Log is a log in memory that read models can follow. Its methods may be called from any goroutine.
type Log struct {
	mu      sync.Mutex
	events  []eventstore.Event
	changed chan struct{}
}

var _ engine.Source = (*Log)(nil)

// NewLog makes a log that holds facts.
func NewLog(facts ...Fact) *Log {
	l := &Log{changed: make(chan struct{})}
	l.Append(facts...)
	return l
}

// Append adds facts and answers the position of the last one.
func (l *Log) Append(facts ...Fact) eventstore.Position {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events = append(l.events, Record(eventstore.Position(len(l.events)), facts...)...)
	close(l.changed)
	l.changed = make(chan struct{})
	return eventstore.Position(len(l.events))
}

// Head is the position of the last event.
func (l *Log) Head(context.Context) (eventstore.Position, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return eventstore.Position(len(l.events)), nil
}

// From answers a cursor behind a position.
func (l *Log) From(after eventstore.Position) engine.Cursor { return &cursor{log: l, at: int(after)} }

type cursor struct {
	log *Log
	at  int
}

// Next waits for events behind the cursor.
func (c *cursor) Next(ctx context.Context, limit int) ([]eventstore.Event, error) {
	for {
		events, changed := c.log.slice(c.at, limit)
		if len(events) > 0 {
			c.at += len(events)
			return events, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Close has nothing to free.
func (c *cursor) Close() {}

func (l *Log) slice(from, limit int) ([]eventstore.Event, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	from = min(from, len(l.events))
	to := min(from+limit, len(l.events))
	return l.events[from:to:to], l.changed
}
