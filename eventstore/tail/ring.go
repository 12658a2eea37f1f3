package tail

import (
	"slices"
	"sort"

	"vidilog/eventstore"
)

// ring holds the newest events, in the chunks in which they were read. It is guarded by Tail.mu. Chunks are never
// changed, so cursors hand out slices of them without copying.
type ring struct {
	chunks []chunk
	bytes  int
}

type chunk struct {
	events []eventstore.Event
	bytes  int
}

func (c chunk) first() eventstore.Position { return c.events[0].Position }
func (c chunk) last() eventstore.Position  { return c.events[len(c.events)-1].Position }

// push adds a chunk and drops the oldest until the rest fits; the newest always stays.
func (r *ring) push(events []eventstore.Event, limit int) {
	c := chunk{events: events}
	for i := range events {
		c.bytes += eventOverhead + 2*len(events[i].Payload)
	}
	r.chunks = append(r.chunks, c)
	r.bytes += c.bytes
	dropped := 0
	for ; dropped < len(r.chunks)-1 && r.bytes > limit; dropped++ {
		r.bytes -= r.chunks[dropped].bytes
	}
	if dropped > 0 {
		r.chunks = slices.Delete(r.chunks, 0, dropped)
	}
}

// after answers up to limit events above a position that the ring covers, from one chunk.
func (r *ring) after(position eventstore.Position, limit int) []eventstore.Event {
	i := sort.Search(len(r.chunks), func(i int) bool { return r.chunks[i].last() > position })
	if i == len(r.chunks) {
		return nil
	}
	c := r.chunks[i]
	from := max(0, int(position+1-c.first()))
	to := min(len(c.events), from+limit)
	return c.events[from:to:to]
}

// start is the position after which the ring has everything; head when it is empty.
func (r *ring) start(head eventstore.Position) eventstore.Position {
	if len(r.chunks) == 0 {
		return head
	}
	return r.chunks[0].first() - 1
}
