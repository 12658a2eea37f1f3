package tail

import (
	"context"

	"vidilog/eventstore"
)

// Cursor goes through the log in order, each event once. It belongs to one goroutine. The events it answers are shared
// with other cursors and must not be changed.
type Cursor struct {
	tail     *Tail
	position eventstore.Position
	// behind reads pages for this cursor while it is before the ring; rest is what is left of the last page.
	behind *catchUp
	rest   []eventstore.Event
}

// From answers a cursor whose first event is the one after a position; 0 starts with the first of the log. A cursor that
// is given up while it catches up must be closed, otherwise the pages it holds stay until Run ends.
func (t *Tail) From(after eventstore.Position) *Cursor {
	return &Cursor{tail: t, position: after}
}

// Position is that of the last event answered.
func (c *Cursor) Position() eventstore.Position { return c.position }

// Next answers between 1 and limit events above the cursor and moves it; it waits until there is one. Faults of the store
// are tried again. Errors: ctx's, ErrStopped, *Hole.
func (c *Cursor) Next(ctx context.Context, limit int) ([]eventstore.Event, error) {
	for {
		s := c.tail.state()
		events, err := c.take(s, limit)
		if len(events) > 0 || err != nil {
			return events, err
		}
		if c.behind != nil {
			if _, err := c.advance(ctx.Done()); err != nil {
				return nil, err
			}
		} else {
			receive(s.moved, ctx.Done())
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
}

// now is a stop that has come already.
var now = func() <-chan struct{} { c := make(chan struct{}); close(c); return c }()

// TryNext answers what is ready above the cursor, up to limit events, without waiting; nothing when there is none or when
// it has yet to be read. Errors as for Next.
func (c *Cursor) TryNext(limit int) ([]eventstore.Event, error) {
	for {
		events, err := c.take(c.tail.state(), limit)
		if len(events) > 0 || err != nil || c.behind == nil {
			return events, err
		}
		if advanced, err := c.advance(now); !advanced || err != nil {
			return nil, err
		}
	}
}

// Close frees what a cursor holds while it catches up. It may be used again afterwards.
func (c *Cursor) Close() {
	if c.behind != nil {
		c.behind.end()
		c.behind = nil
	}
	c.rest = nil
}

// take answers events that are in memory, and starts to catch up when the cursor is before the ring.
func (c *Cursor) take(s state, limit int) ([]eventstore.Event, error) {
	limit = max(1, limit)
	if len(c.rest) > 0 {
		n := min(limit, len(c.rest))
		events := c.rest[:n:n]
		c.rest = c.rest[n:]
		return c.moved(events), nil
	}
	if c.behind != nil {
		return nil, nil
	}
	if s.failed != nil {
		return nil, s.failed
	}
	if !s.started || c.position >= s.head {
		return nil, nil
	}
	if events, covered := c.tail.fromRing(c.position, limit); covered {
		return c.moved(events), nil
	}
	c.behind = c.tail.catchUp(c.position)
	return nil, nil
}

func (c *Cursor) moved(events []eventstore.Event) []eventstore.Event {
	if len(events) > 0 {
		c.position = events[len(events)-1].Position
	}
	return events
}

// fromRing answers covered=false for a position that has left the ring meanwhile.
func (t *Tail) fromRing(after eventstore.Position, limit int) (events []eventstore.Event, covered bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if after < t.ring.start(t.head) {
		return nil, false
	}
	return t.ring.after(after, limit), true
}
