package bus

import (
	"time"

	"vidilog/internal/failpoint"
)

// keyQueue holds the deliveries of one key in order; the first is the one being handled. It exists only while it holds any.
type keyQueue struct {
	name  string
	queue []*delivery
}

// enqueue adds a delivery to its key and makes the key ready when nothing is before it; mu is held.
func (s *session) enqueue(d *delivery) {
	k := s.keys[d.key]
	if k == nil {
		k = &keyQueue{name: d.key}
		s.keys[d.key] = k
	}
	k.queue = append(k.queue, d)
	if len(k.queue) == 1 {
		s.makeReady(k)
	}
}

func (s *session) makeReady(k *keyQueue) {
	s.ready = append(s.ready, k)
	s.work.Signal()
}

// failAcknowledged is where a handler has done its work and nobody has noted it.
var failAcknowledged = failpoint.New("bus.acknowledged")

// lane handles one delivery after the other, of whichever key is ready. Lanes are not bound to keys: a hash would let a
// slow key hold back the others that share its lane.
func (s *session) lane() {
	for {
		k, d := s.take()
		if d == nil {
			return
		}
		switch s.deliver(d) {
		case acknowledged:
			s.settle(k, d)
		case refused:
			s.rest(k, d)
		case undelivered:
			return
		}
	}
}

func (s *session) take() (*keyQueue, *delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.ready) == 0 && !s.stopped {
		s.work.Wait()
	}
	if s.stopped {
		return nil, nil
	}
	k := s.ready[0]
	s.ready[0] = nil
	s.ready = s.ready[1:]
	return k, k.queue[0]
}

type outcome int

const (
	undelivered outcome = iota
	acknowledged
	refused
)

func (s *session) deliver(d *delivery) outcome {
	msg := d.message(s.abort)
	select {
	case s.out <- msg:
	case <-s.halted:
		return undelivered
	}
	select {
	case <-msg.Acked():
		if failAcknowledged.Hit() != nil {
			return refused
		}
		return acknowledged
	case <-msg.Nacked():
		return refused
	case <-s.abort.Done():
		return undelivered
	}
}

// settle takes a delivery that is done from its key; the next one may go.
func (s *session) settle(k *keyQueue, d *delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.finished(d)
	k.queue[0] = nil
	k.queue = k.queue[1:]
	if len(k.queue) > 0 {
		s.makeReady(k)
	} else {
		delete(s.keys, k.name)
	}
}

// finished counts a delivery as done; mu is held.
func (s *session) finished(d *delivery) {
	if d.drained != nil {
		select {
		case d.drained.ended <- true:
		default: // it has been parked again
		}
		return
	}
	s.progress.finish(d.event.Position)
	if s.undone--; s.undone < s.group.Window {
		s.room.Signal()
	}
}

// rest leaves a key alone for a while; its lane goes on with others meanwhile.
func (s *session) rest(k *keyQueue, d *delivery) {
	d.attempts++
	time.AfterFunc(s.group.pause(d.attempts), func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.makeReady(k)
	})
}

// view is how far the session has come at this moment.
func (s *session) view() view {
	s.mu.Lock()
	defer s.mu.Unlock()
	return view{top: s.progress.top, undone: int64(s.undone)}
}
