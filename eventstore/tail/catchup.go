package tail

import (
	"context"

	"vidilog/eventstore"
)

// catchUp reads pages ahead of one cursor until it arrives at the ring.
type catchUp struct {
	end   context.CancelFunc
	first *page      // taken from pages, not yet decoded when TryNext looked
	pages chan *page // in order; closed when the ring covers what follows
}

// page is read, then decoded in a goroutine of its own while the next one is read.
type page struct {
	events []eventstore.Event
	err    error
	done   chan struct{}
}

// pagesAhead is how many pages wait beside the one being read and the one being used. Two keep two cores decoding.
const pagesAhead = 2

func (t *Tail) catchUp(after eventstore.Position) *catchUp {
	ctx, end := context.WithCancel(t.life)
	c := &catchUp{end: end, pages: make(chan *page, pagesAhead)}
	go t.readAhead(ctx, after, c.pages)
	return c
}

func (t *Tail) readAhead(ctx context.Context, after eventstore.Position, pages chan<- *page) {
	defer close(pages)
	for limit := min(headPage, t.options.PageEvents); !t.covers(after); {
		recs, err := t.read(ctx, after, limit)
		if len(recs) == 0 && err == nil {
			err = t.wait(ctx, after) // the ring is behind the log: it will be here in a moment
			if err == nil {
				continue
			}
		}
		p := &page{err: err, done: make(chan struct{})}
		select {
		case pages <- p:
		case <-ctx.Done():
			return
		}
		if err != nil {
			close(p.done)
			return
		}
		go func() {
			p.events = t.decode(recs)
			close(p.done)
		}()
		after = recs[len(recs)-1].Position
		limit = t.pageSize(recs)
	}
}

// pageSize keeps the next page within PageBytes if its events are like those of the last.
func (t *Tail) pageSize(recs []eventstore.Recorded) int {
	bytes := 0
	for i := range recs {
		bytes += eventOverhead + len(recs[i].Payload)
	}
	return max(1, min(t.options.PageEvents, t.options.PageBytes*len(recs)/bytes))
}

func (t *Tail) covers(after eventstore.Position) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.started && after >= t.ring.start(t.head)
}

// advance takes the next page into rest once it is decoded, or ends catching up after the last. It answers false when stop
// closes first; the page it was at is kept for the next call.
func (c *Cursor) advance(stop <-chan struct{}) (bool, error) {
	b := c.behind
	if b.first == nil {
		p, more, got := receive(b.pages, stop)
		if !got {
			return false, nil
		}
		if !more {
			c.Close()
			return true, nil
		}
		b.first = p
	}
	if _, _, got := receive(b.first.done, stop); !got {
		return false, nil
	}
	p := b.first
	b.first = nil
	if p.err == nil {
		c.rest = p.events
		return true, nil
	}
	c.Close()
	if c.tail.life.Err() != nil {
		return true, ErrStopped
	}
	return true, p.err
}

// receive prefers from when both are ready, so that a closed stop means "only what is there".
func receive[T any](from <-chan T, stop <-chan struct{}) (value T, more, got bool) {
	select {
	case value, more = <-from:
		return value, more, true
	default:
	}
	select {
	case value, more = <-from:
		return value, more, true
	case <-stop:
		return value, false, false
	}
}
