package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/eventstore"
	"vidilog/internal/failpoint"
)

var beforeFlip = failpoint.New("projection.before-flip")

// Rebuilt is the outcome of a rebuild.
type Rebuilt struct {
	Build    Build
	Events   eventstore.Position
	Duration time.Duration
	// Compared says that there was a live build of the same version that was not standing still, so that New and Old were
	// taken at the same position.
	Compared bool
	New, Old Digest
}

// Differs says that the same log gave other rows than are live: the live ones were changed by hand or by an older program, or
// the reducer is not pure.
func (r Rebuilt) Differs() bool { return r.Compared && !r.New.Same(r.Old) }

// ErrRebuilding means that a model is being rebuilt already.
var ErrRebuilding = errors.New("this read model is being rebuilt already")

// Rebuild builds a model anew beside the live build, compares the two, and puts the new one in its place. The old one stays
// warm. It works in any process; the servers that read the model notice within a second. When it fails or is killed, the live
// build is untouched.
func (e *Engine) Rebuild(ctx context.Context, name string, tell func(Progress)) (Rebuilt, error) {
	m, ok := e.models[name]
	if !ok {
		return Rebuilt{}, fmt.Errorf("rebuild: there is no read model %q", name)
	}
	lock, err := e.lock(ctx, modelLock(name))
	if errors.Is(err, errLocked) {
		return Rebuilt{}, fmt.Errorf("%s: %w", name, ErrRebuilding)
	}
	if err != nil {
		return Rebuilt{}, err
	}
	defer lock.Close(context.WithoutCancel(ctx)) // releases the lock
	if err := e.discardOrphans(ctx, name); err != nil {
		return Rebuilt{}, err
	}
	r, err := e.rebuild(ctx, m.definition, plan{tell: tell})
	if err != nil {
		return r, fmt.Errorf("rebuild %s: %w", name, err)
	}
	return r, nil
}

// plan says how a build is made.
type plan struct {
	orphan *Build // to go on with
	tell   func(Progress)
	// isOnlyOne serves what there is when an event stops the build: there is nothing else to serve, and the runner will show
	// which event it is and wait for a decision.
	isOnlyOne bool
}

// rebuild needs the lock of the model.
func (e *Engine) rebuild(ctx context.Context, d Definition, p plan) (r Rebuilt, err error) {
	started := time.Now()
	c, err := e.construct(ctx, d, p.orphan, "serve", p.tell)
	if err != nil {
		return r, err
	}
	defer c.close()
	defer func() {
		if err != nil {
			err = errors.Join(err, c.giveUp(err))
		}
	}()
	if err := c.complete(ctx, p, &r); err != nil {
		return r, err
	}
	if err := c.flip(ctx); err != nil {
		return r, err
	}
	r.Events, r.Duration = c.writer.position, time.Since(started)
	if r.Build, err = e.registry.build(ctx, c.build.ID); err != nil {
		return r, err
	}
	return r, e.clean(ctx, d.Name)
}

// complete fills the build and compares it.
func (c *construction) complete(ctx context.Context, p plan, r *Rebuilt) error {
	head, err := c.engine.source.Head(ctx)
	if err != nil {
		return err
	}
	if err = c.bulk(ctx, head); err == nil {
		err = c.catchUp(ctx)
	}
	if p.isOnlyOne && isToBlame(err) {
		c.engine.options.Logger.Error("a build was stopped by an event; what precedes it is served", "model", c.build.Model, "error", err)
		if err := c.writer.resync(ctx); err != nil {
			return err
		}
		return c.index(ctx)
	}
	if err != nil {
		return err
	}
	return c.compare(ctx, r)
}

// isToBlame tells whether an event, which the runner will find, stopped a build.
func isToBlame(err error) bool {
	if bad, ok := isPoison(err); ok {
		return bad.event.Position > 0
	}
	return isRefusal(err)
}

// compare freezes the live build, brings the new one to the same position and compares their digests.
func (c *construction) compare(ctx context.Context, r *Rebuilt) error {
	e := c.engine
	live, found, err := e.registry.serving(ctx, c.build.Model, c.build.Version)
	if err != nil || !found || live.Stop != nil {
		return err
	}
	if err := c.phase(ctx, PhaseCompare, live.Position); err != nil {
		return err
	}
	c.reporter.phase(PhaseCompare, c.writer.position, c.writer.position)
	old, err := c.frozen(ctx, live)
	if err != nil || old == nil {
		return err
	}
	defer old.close()
	if err := c.writer.catchUp(ctx, e.source, old.position, c.reporter); err != nil {
		return err
	}
	if r.Old, err = old.digest(ctx); err != nil {
		return err
	}
	if r.New, err = c.digest(ctx); err != nil {
		return err
	}
	r.Compared = true
	return e.registry.setDigest(ctx, c.build.ID, r.New)
}

// frozen opens a snapshot of the live build that is not behind the new one. When no process keeps the live build up to date,
// this one brings it forward.
func (c *construction) frozen(ctx context.Context, live Build) (*snapshot, error) {
	const patience = time.Second
	moved, last := time.Now(), live.Position
	for {
		s, err := c.engine.database.snapshot(ctx, live)
		if err != nil || s.position >= c.writer.position {
			return s, err
		}
		if s.position > last {
			moved, last = time.Now(), s.position
		}
		s.close()
		if time.Since(moved) > patience {
			if err := c.engine.bringForward(ctx, c.definition, live, c.writer.position); err != nil {
				return nil, fmt.Errorf("bring the live build forward: %w", err)
			}
		}
		sleep(ctx, 20*time.Millisecond)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
}

// bringForward projects on a build that no runner of this process has. That another process does so too is no error.
func (e *Engine) bringForward(ctx context.Context, d Definition, b Build, upTo eventstore.Position) error {
	w, err := newWriter(e.database, b, d, e.options.LiveMemory)
	if err != nil {
		return err
	}
	defer w.close()
	if err := w.connect(ctx); err != nil {
		return err
	}
	err = w.catchUp(ctx, e.source, upTo, newReporter(d, nil))
	if errors.Is(err, errMoved) {
		return nil
	}
	return err
}

func (c *construction) digest(ctx context.Context) (Digest, error) {
	s, err := c.engine.database.snapshot(ctx, c.build)
	if err != nil {
		return Digest{}, err
	}
	defer s.close()
	return s.digest(ctx)
}

// flip makes the new build the live one, in a transaction that holds the live checkpoint still, so that the new one is never
// behind what was live. Its commit waits for the disk, and so for all rows that were written before without waiting.
func (c *construction) flip(ctx context.Context) error {
	if err := c.phase(ctx, PhaseFlip, c.writer.position); err != nil {
		return err
	}
	c.reporter.phase(PhaseFlip, c.writer.position, c.writer.position)
	if err := beforeFlip.Hit(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, c.engine.registry.pool, func(tx pgx.Tx) error { return c.flipIn(ctx, tx) })
}

func (c *construction) flipIn(ctx context.Context, tx pgx.Tx) error {
	const holdLive = `
select c.position from models m join checkpoints c on c.build_id = m.live_build where m.name = $1 for update of m, c`
	var live eventstore.Position
	err := tx.QueryRow(ctx, holdLive, c.build.Model).Scan(&live)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	if err != nil {
		return err
	}
	if live > c.writer.position { // what was appended since; the live runner waits at its checkpoint meanwhile
		if err := c.writer.catchUp(ctx, c.engine.source, live, c.reporter); err != nil {
			return err
		}
	}
	const retire = `update builds set state = 'warm', retired_at = now() where model = $1 and state = 'live'`
	if _, err := tx.Exec(ctx, retire, c.build.Model); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update builds set state = 'live', live_at = now(), phase = '' where id = $1`, c.build.ID); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update models set live_build = $2 where name = $1`, c.build.Model, c.build.ID); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `select pg_notify($1, $2)`, channel, c.build.Model)
	return err
}
