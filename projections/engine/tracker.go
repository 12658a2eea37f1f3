package engine

import (
	"context"
	"sync"
	"time"

	"vidilog/eventstore"
)

// tracker tells how far a runner has come, and wakes those who wait for it.
type tracker struct {
	mu        sync.Mutex
	position  eventstore.Position
	stopped   *Stop
	changed   chan struct{}
	isAwaited bool
}

func newTracker(at eventstore.Position) *tracker {
	return &tracker{position: at, changed: make(chan struct{})}
}

// set says what the database holds. It goes back only when the database was killed and lost its last transactions, which
// runners do not wait for: then readers must wait until the rows are there again.
func (t *tracker) set(to eventstore.Position) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if to != t.position {
		t.position = to
		t.wakeLocked()
	}
}

// stop sets why the runner stands still, nil when it goes on.
func (t *tracker) stop(why *Stop) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stopped = why
	t.wakeLocked()
}

func (t *tracker) wake() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wakeLocked()
}

// wakeLocked makes a new channel only when somebody holds the old one, so that a busy runner does not allocate.
func (t *tracker) wakeLocked() {
	if t.isAwaited {
		close(t.changed)
		t.changed, t.isAwaited = make(chan struct{}), false
	}
}

func (t *tracker) state() (eventstore.Position, *Stop) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.position, t.stopped
}

// watch answers the state and a channel that is closed when it changes.
func (t *tracker) watch() (eventstore.Position, *Stop, <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.isAwaited = true
	return t.position, t.stopped, t.changed
}

// MaxWait is how long Wait waits at most: a write that has been recorded is answered even when a read model lags.
const MaxWait = 2 * time.Second

// Wait waits until what readers see of the named models holds everything up to position, at most MaxWait or until ctx ends. It
// answers whether all of them got there. A model that stands still is not waited for and counts as late.
func (e *Engine) Wait(ctx context.Context, names []string, position eventstore.Position) bool {
	ctx, cancel := context.WithTimeout(ctx, MaxWait)
	defer cancel()
	reached := true
	for _, name := range names {
		m, ok := e.models[name]
		reached = ok && m.wait(ctx, position) && reached
	}
	return reached
}

// Past waits until what readers see of a model holds more than what comes up to position, or until ctx ends. It answers whether it
// does, at once when the model stands still: for those who look for something that another writes, and would look again and again.
func (e *Engine) Past(ctx context.Context, name string, position eventstore.Position) bool {
	m, ok := e.models[name]
	return ok && m.wait(ctx, position+1)
}

func (m *model) wait(ctx context.Context, position eventstore.Position) bool {
	for {
		s := m.serving.Load()
		if s == nil {
			return false
		}
		at, stopped, changed := s.runner.tracker.watch()
		switch {
		case at >= position:
			return true
		case m.serving.Load() != s:
			continue // it was replaced before we listened
		case stopped != nil:
			return false
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

// Position answers how far what readers see of a model has come; 0 for a model that is not being served.
func (e *Engine) Position(name string) eventstore.Position {
	m, ok := e.models[name]
	if !ok {
		return 0
	}
	s := m.serving.Load()
	if s == nil {
		return 0
	}
	at, _ := s.runner.tracker.state()
	return at
}
