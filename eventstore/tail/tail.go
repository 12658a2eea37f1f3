package tail

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"vidilog/eventstore"
)

// ErrStopped is the answer of cursors once Run has returned.
var ErrStopped = errors.New("the tail of the log has stopped")

// Hole means that the store answered positions that do not follow one another. The log is dense by construction, so this
// is a fault of the store, and going on would lose events.
type Hole struct {
	After, Got eventstore.Position
}

func (e *Hole) Error() string {
	return fmt.Sprintf("the log has a hole: after position %d came %d", e.After, e.Got)
}

// Decoder turns a stored event into a domain event; codec.Registry is one.
type Decoder interface {
	Decode(eventstore.Recorded) (eventstore.Event, error)
}

// Tail is the one reader of a process. Its methods may be called from any goroutine; a Cursor belongs to one.
type Tail struct {
	reader  eventstore.Reader
	watcher eventstore.Watcher
	decoder Decoder
	options Options

	// life ends when Run returns; pages read for cursors end with it.
	life context.Context
	end  context.CancelFunc

	mu      sync.RWMutex
	ring    ring
	started bool
	head    eventstore.Position
	failed  error
	moved   chan struct{} // closed and replaced whenever anything above changes
}

// New makes a tail that does nothing until Run.
func New(reader eventstore.Reader, watcher eventstore.Watcher, decoder Decoder, options Options) *Tail {
	life, end := context.WithCancel(context.Background())
	return &Tail{
		reader: reader, watcher: watcher, decoder: decoder, options: options.withDefaults(),
		life: life, end: end, moved: make(chan struct{}),
	}
}

// Run reads until ctx ends, which answers nil, or the log proves to have a hole. It may be called once. Faults of the store
// are logged and tried again.
func (t *Tail) Run(ctx context.Context) error {
	defer t.end()
	err := t.run(ctx)
	if ctx.Err() != nil {
		err = nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failed = errors.Join(ErrStopped, err)
	t.announce()
	return err
}

func (t *Tail) run(ctx context.Context) error {
	head, err := t.join(ctx)
	if err != nil {
		return err
	}
	for {
		recs, err := t.read(ctx, head, headPage)
		if err != nil {
			return err
		}
		if len(recs) > 0 {
			t.publish(t.decode(recs))
			head = recs[len(recs)-1].Position
		}
		if len(recs) == headPage {
			continue // there is more
		}
		if err := t.wait(ctx, head); err != nil {
			return err
		}
	}
}

// warmReads is how often a statement runs before PostgreSQL may settle on a plan of its own for it (five times with
// custom plans, plan_cache_mode=auto). Doing them before the first event arrives keeps that cost, and that of connecting
// and preparing, out of the first latencies.
const warmReads = 6

// join takes its place at the head: everything before is history, which cursors read for themselves.
func (t *Tail) join(ctx context.Context) (eventstore.Position, error) {
	var head eventstore.Position
	err := t.insist(ctx, "read the head of the log", func() (err error) {
		head, err = t.reader.Head(ctx)
		return err
	})
	if err != nil {
		return 0, err
	}
	for range warmReads {
		if _, err := t.read(ctx, max(0, head-1), headPage); err != nil {
			return 0, err
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.started, t.head = true, head
	t.announce()
	return head, nil
}

func (t *Tail) publish(events []eventstore.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ring.push(events, t.options.RingBytes)
	t.head = events[len(events)-1].Position
	t.announce()
}

// announce wakes everybody who waits; Tail.mu is held.
func (t *Tail) announce() {
	close(t.moved)
	t.moved = make(chan struct{})
}

// wait returns when the log may hold events above head.
func (t *Tail) wait(ctx context.Context, head eventstore.Position) error {
	poll := time.NewTimer(t.options.Poll)
	defer poll.Stop()
	select {
	case <-t.watcher.Changed(head):
	case <-poll.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// read insists on an answer and checks that it is dense.
func (t *Tail) read(ctx context.Context, after eventstore.Position, limit int) (recs []eventstore.Recorded, err error) {
	err = t.insist(ctx, "read the log", func() (err error) {
		recs, err = t.reader.Read(ctx, after, limit)
		return err
	})
	for i := range recs {
		if want := after + eventstore.Position(i) + 1; recs[i].Position != want {
			return nil, &Hole{After: want - 1, Got: recs[i].Position}
		}
	}
	return recs, err
}

// Pauses between failed reads. A restart of the database takes seconds; more than one a second would only add load.
const (
	firstPause = 20 * time.Millisecond
	lastPause  = time.Second
)

// insist repeats a read until it succeeds or ctx ends.
func (t *Tail) insist(ctx context.Context, what string, try func() error) error {
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		err := try()
		if err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		t.options.Logger.WarnContext(ctx, "the log cannot be read; trying again", "what", what, "error", err, "pause", pause)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Head is the position of the newest event that the tail has handed out, or the log's head when it joined; 0 before that.
func (t *Tail) Head() eventstore.Position {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.head
}

// WaitHead returns when Head has reached position. Errors: ctx's, or ErrStopped.
func (t *Tail) WaitHead(ctx context.Context, position eventstore.Position) error {
	for {
		s := t.state()
		switch {
		case s.started && s.head >= position:
			return nil
		case s.failed != nil:
			return s.failed
		}
		select {
		case <-s.moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// state is what a cursor decides by, taken at one moment.
type state struct {
	started     bool
	start, head eventstore.Position // the ring holds everything above start up to head
	failed      error
	moved       chan struct{}
}

func (t *Tail) state() state {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return state{started: t.started, start: t.ring.start(t.head), head: t.head, failed: t.failed, moved: t.moved}
}
