package views

import (
	"context"
	"log/slog"
	"maps"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// lull is the least time between two looks at Redis, however many viewers come.
const lull = 500 * time.Millisecond

// Audience is how many are watching what, as of a moment ago: in memory, because every list shows it.
type Audience struct {
	counter    Counter
	counts     atomic.Pointer[map[uuid.UUID]int64]
	generation atomic.Uint64
	wake       chan struct{}
}

// NewAudience makes an audience that nobody is in yet; Run keeps it up to date.
func NewAudience(counter Counter) *Audience {
	a := &Audience{counter: counter, wake: make(chan struct{}, 1)}
	a.counts.Store(&map[uuid.UUID]int64{})
	return a
}

// Of answers how many are watching a video.
func (a *Audience) Of(video uuid.UUID) int64 { return (*a.counts.Load())[video] }

// Total answers how many are watching anything.
func (a *Audience) Total() (total int64) {
	for _, n := range *a.counts.Load() {
		total += n
	}
	return total
}

// Generation changes whenever a count does: an answer that shows counts is as good as its generation.
func (a *Audience) Generation() uint64 { return a.generation.Load() }

// Arrived says that somebody has begun to watch, here: the next look comes soon.
func (a *Audience) Arrived() {
	select {
	case a.wake <- struct{}{}:
	default: // somebody has said so already
	}
}

// Run looks at Redis at an interval, and soon after somebody has arrived, until ctx ends.
func (a *Audience) Run(ctx context.Context, every time.Duration, log *slog.Logger) {
	for {
		if err := a.Look(ctx); err != nil && ctx.Err() == nil {
			log.Warn("viewers cannot be counted", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(lull):
		}
		select {
		case <-ctx.Done():
			return
		case <-a.wake:
		case <-time.After(max(0, every-lull)):
		}
	}
}

// Look takes over the counts of now.
func (a *Audience) Look(ctx context.Context) error {
	counts, err := a.counter.Viewers(ctx)
	if err != nil {
		return err
	}
	if !maps.Equal(counts, *a.counts.Load()) {
		a.counts.Store(&counts)
		a.generation.Add(1)
	}
	return nil
}
