package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"vidilog/eventstore"
)

// Scratch is a throw-away build of a model at some position of the log. Drop removes it; if its process dies first, the next
// start or rebuild does.
type Scratch struct {
	construction *construction
	db           *DB
}

// BuildTo builds a model from the first event up to and with position, beside whatever is live.
func (e *Engine) BuildTo(ctx context.Context, name string, position eventstore.Position, tell func(Progress)) (*Scratch, error) {
	m, ok := e.models[name]
	if !ok {
		return nil, fmt.Errorf("build: there is no read model %q", name)
	}
	head, err := e.source.Head(ctx)
	if err != nil {
		return nil, err
	}
	if position < 0 || position > head {
		return nil, fmt.Errorf("build %s to %d: the log ends at %d", name, position, head)
	}
	c, err := e.construct(ctx, m.definition, nil, "compare", tell)
	if err != nil {
		return nil, fmt.Errorf("build %s to %d: %w", name, position, err)
	}
	if err := c.bulk(ctx, position); err != nil {
		return nil, errors.Join(fmt.Errorf("build %s to %d: %w", name, position, err), c.giveUp(err))
	}
	return &Scratch{construction: c, db: &DB{model: name}}, nil
}

// Position is the position it was built to.
func (s *Scratch) Position() eventstore.Position { return s.construction.writer.position }

// Digest computes the digest of its rows.
func (s *Scratch) Digest(ctx context.Context) (Digest, error) { return s.construction.digest(ctx) }

// DB is where the model's queries run on this build; the first call opens its pool.
func (s *Scratch) DB(ctx context.Context) (*DB, error) {
	if s.db.pool.Load() == nil {
		pool, err := s.construction.engine.openPool(ctx, s.construction.build, s.construction.definition.Reading)
		if err != nil {
			return nil, err
		}
		s.db.pool.Store(pool)
	}
	return s.db, nil
}

// Drop removes the build.
func (s *Scratch) Drop(ctx context.Context) error {
	if pool := s.db.pool.Load(); pool != nil {
		pool.Close()
	}
	s.construction.close()
	return s.construction.engine.registry.drop(ctx, s.construction.build)
}

// Verified is the outcome of a verification.
type Verified struct {
	Live, Replay Digest
	Duration     time.Duration
}

// Same says that the live rows are what the log gives.
func (v Verified) Same() bool { return v.Live.Same(v.Replay) }

// Verify replays the log into a throw-away build and compares it with the build that is served, at the position that one has
// now.
func (e *Engine) Verify(ctx context.Context, name string, tell func(Progress)) (v Verified, err error) {
	started := time.Now()
	m, ok := e.models[name]
	if !ok {
		return v, fmt.Errorf("verify: there is no read model %q", name)
	}
	live, found, err := e.registry.serving(ctx, name, m.definition.Version)
	if err == nil && !found {
		err = ErrNotServed
	}
	if err != nil {
		return v, fmt.Errorf("verify %s: %w", name, err)
	}
	frozen, err := e.database.snapshot(ctx, live)
	if err != nil {
		return v, fmt.Errorf("verify %s: %w", name, err)
	}
	v.Live, err = frozen.digest(ctx)
	frozen.close() // before the replay: a snapshot that is held for long slows every writer down
	if err != nil {
		return v, fmt.Errorf("verify %s: %w", name, err)
	}
	scratch, err := e.BuildTo(ctx, name, v.Live.Position, tell)
	if err != nil {
		return v, fmt.Errorf("verify %s: %w", name, err)
	}
	defer func() { err = errors.Join(err, scratch.Drop(context.WithoutCancel(ctx))) }()
	v.Replay, err = scratch.Digest(ctx)
	v.Duration = time.Since(started)
	return v, err
}
