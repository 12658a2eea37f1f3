package catalogtest

import (
	"context"
	"iter"
	"sync"

	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// Source is the log as a source of read models. Events are made while they are read, so its size does not matter.
func (s Shape) Source() engine.Source {
	head := sync.OnceValue(func() (last eventstore.Position) {
		for e := range s.Events() {
			last = e.Position
		}
		return last
	})
	return engine.SourceFuncs{
		FromFunc: func(after eventstore.Position) engine.Cursor {
			next, stop := iter.Pull(s.Events())
			return &cursor{after: after, next: next, stop: stop}
		},
		HeadFunc: func(context.Context) (eventstore.Position, error) { return head(), nil },
	}
}

type cursor struct {
	after eventstore.Position
	next  func() (eventstore.Event, bool)
	stop  func()
}

// Next answers what follows; behind the last event it waits for ctx, since nothing will come.
func (c *cursor) Next(ctx context.Context, limit int) ([]eventstore.Event, error) {
	var events []eventstore.Event
	for len(events) < limit {
		e, more := c.next()
		if !more {
			break
		}
		if e.Position > c.after {
			events = append(events, e)
		}
	}
	if len(events) == 0 {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return events, nil
}

// Close frees the generator.
func (c *cursor) Close() { c.stop() }
