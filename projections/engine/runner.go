package engine

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"vidilog/eventstore"
)

const (
	smallBatch  = 256   // while at the head: what has arrived meanwhile is seldom more
	largeBatch  = 8_192 // while behind: statements and round trips are spread over more events
	retryAfter  = 100 * time.Millisecond
	retryAtMost = 3 * time.Second
	// A process that was overtaken leaves the model to the other one and takes over when that one stands still for so long.
	takeOverAfter = 500 * time.Millisecond
	followEvery   = 10 * time.Millisecond
	// How long a batch may take to its end once the runner is to stop.
	endWithin = time.Second
)

// runner keeps one build behind the tail of the log, in one goroutine, until its context ends.
type runner struct {
	writer  *writer
	source  Source
	tracker *tracker
	log     *slog.Logger
	metrics *modelMetrics
	// stopped records a stop in the registry.
	stopped func(context.Context, *Stop) error
	resume  chan struct{}

	cursor Cursor
	limit  int
	cancel context.CancelFunc
	done   chan struct{}
}

// start runs the runner in the background.
func (r *runner) start(ctx context.Context) {
	ctx, r.cancel = context.WithCancel(ctx)
	r.done = make(chan struct{})
	go func() {
		defer close(r.done)
		r.run(ctx)
	}()
}

// end stops the runner and waits for it. What was applied is in the database afterwards.
func (r *runner) end() {
	r.cancel()
	<-r.done
}

func (r *runner) run(ctx context.Context) {
	defer r.writer.close()
	defer r.closeCursor()
	wait := retryAfter
	for ctx.Err() == nil {
		err := r.follow(ctx)
		var bad *poisoned
		switch {
		case ctx.Err() != nil:
			r.leave()
			return
		case errors.Is(err, errMoved):
			r.giveWay(ctx)
			continue
		case errors.As(err, &bad):
			r.halt(ctx, bad.stop())
			wait = retryAfter
			continue
		}
		r.log.Warn("read model waits for the database or the log", "model", r.writer.build.Model, "error", err, "retry", wait)
		sleep(ctx, wait)
		wait = min(2*wait, retryAtMost)
		r.writer.close()
	}
}

// leave writes the last checkpoint, so that the next start does not read again what changed no row.
func (r *runner) leave() {
	if r.writer.conn == nil || r.writer.conn.IsClosed() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := r.writer.flush(ctx); err != nil && !errors.Is(err, errMoved) {
		r.log.Debug("last checkpoint was not written", "model", r.writer.build.Model, "error", err)
	}
}

// follow projects until something goes wrong.
func (r *runner) follow(ctx context.Context) error {
	if err := r.take(ctx); err != nil {
		return err
	}
	r.limit = smallBatch
	// A batch that has begun is brought to its end, so that whoever ends the runner knows what readers may have seen.
	lasting, cancel := outlast(ctx, endWithin)
	defer cancel()
	for {
		events, err := r.next(ctx)
		if err != nil {
			return err
		}
		if len(events) == 0 {
			continue
		}
		started := time.Now()
		if err := r.writer.project(lasting, events); err != nil {
			return err
		}
		r.tracker.set(r.writer.position)
		r.metrics.projected(len(events), r.writer.position, time.Since(started))
		r.adapt(len(events))
	}
}

// take stands at the checkpoint, with a cursor behind it.
func (r *runner) take(ctx context.Context) error {
	if r.writer.conn == nil || r.writer.conn.IsClosed() {
		if err := r.writer.connect(ctx); err != nil {
			return err
		}
	} else if err := r.writer.resync(ctx); err != nil {
		return err
	}
	r.tracker.set(r.writer.position)
	r.closeCursor()
	r.cursor = r.source.From(r.writer.position)
	return nil
}

func (r *runner) closeCursor() {
	if r.cursor != nil {
		r.cursor.Close()
		r.cursor = nil
	}
}

// next reads, and writes the checkpoint when nothing comes for a while.
func (r *runner) next(ctx context.Context) ([]eventstore.Event, error) {
	if r.writer.written == r.writer.position {
		return r.cursor.Next(ctx, r.limit)
	}
	short, cancel := context.WithTimeout(ctx, idleWrite)
	defer cancel()
	events, err := r.cursor.Next(short, r.limit)
	if err != nil && ctx.Err() == nil && short.Err() != nil {
		return nil, r.writer.flush(ctx)
	}
	return events, err
}

// adapt reads more at once while batches come full.
func (r *runner) adapt(got int) {
	if got >= r.limit {
		r.limit = min(2*r.limit, largeBatch)
	} else if got < r.limit/4 {
		r.limit = max(r.limit/2, smallBatch)
	}
}

// halt records the stop, tells those who wait, and waits for a decision.
func (r *runner) halt(ctx context.Context, why *Stop) {
	why.At = time.Now().UTC()
	drain(r.resume)
	r.log.Error("read model stopped", "model", r.writer.build.Model, "position", why.Position, "type", why.Type, "error", why.Reason)
	if at := r.writer.position; at > 0 { // 0 when the tables did not fit and the checkpoint was not read
		r.tracker.set(at)
	}
	for ctx.Err() == nil {
		err := r.stopped(ctx, why)
		if err == nil {
			break
		}
		r.log.Warn("the stop could not be recorded", "model", r.writer.build.Model, "error", err)
		sleep(ctx, retryAfter)
	}
	r.tracker.stop(why)
	r.metrics.stopped(true)
	select {
	case <-r.resume:
		r.log.Info("read model tries again", "model", r.writer.build.Model)
	case <-ctx.Done():
	}
	r.tracker.stop(nil)
	r.metrics.stopped(false)
}

// giveWay follows the checkpoint that another process moves, and returns when that process seems to be gone. While the log
// stands still it asks nothing of the database.
func (r *runner) giveWay(ctx context.Context) {
	r.log.Debug("another process projects this read model", "model", r.writer.build.Model)
	at, err := r.writer.checkpoint(ctx)
	if err != nil {
		return
	}
	r.tracker.set(at)
	cursor := r.source.From(at)
	defer cursor.Close()
	for ctx.Err() == nil {
		events, err := cursor.Next(ctx, largeBatch)
		if err != nil || !r.watch(ctx, events[len(events)-1].Position) {
			return
		}
	}
}

// watch waits until another process has moved the checkpoint to goal; false when it does not move any more.
func (r *runner) watch(ctx context.Context, goal eventstore.Position) bool {
	last, moved := eventstore.Position(-1), time.Now()
	for ctx.Err() == nil {
		at, err := r.writer.checkpoint(ctx)
		if err != nil {
			return false
		}
		if at > last {
			last, moved = at, time.Now()
			r.tracker.set(at)
		}
		if at >= goal {
			return true
		}
		if time.Since(moved) > takeOverAfter {
			return false
		}
		sleep(ctx, followEvery)
	}
	return false
}

// outlast answers a context that ends some time after ctx.
func outlast(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	lasting, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(d, cancel) })
	return lasting, func() { stop(); cancel() }
}

func drain(c chan struct{}) {
	select {
	case <-c:
	default:
	}
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
