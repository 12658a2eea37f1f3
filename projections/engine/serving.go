package engine

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"vidilog/eventstore"
)

// model is a read model that this process serves.
type model struct {
	definition Definition
	db         *DB
	serving    atomic.Pointer[serving]
	// switching is held while another build takes the place of the one that is read.
	switching sync.Mutex
}

// serving is a build with its readers' pool and the runner that keeps it up to date.
type serving struct {
	build  Build
	pool   *pgxpool.Pool
	runner *runner
}

// handOverWithin bounds how long a new build may take to reach the old one's position before the exchange is put off.
const handOverWithin = 30 * time.Second

// warmConnections are opened before a pool is used, so that the first requests after an exchange are not slower.
const warmConnections = 2

// statementsKept are the prepared statements of one reader's connection. pgx makes room for all of them at once, 512 unless told, and as
// many for a cache of descriptions that is used in other modes only: 90 kB per connection.
const statementsKept = 128

// readersName begins the application name of readers' connections; the schema follows, so that anyone sees which builds are read.
const readersName = "vidilog reads "

// prepare opens a pool to a build and starts its runner; readers do not see it yet.
func (e *Engine) prepare(ctx context.Context, m *model, b Build) (*serving, error) {
	pool, err := e.openPool(ctx, b, m.definition.Reading)
	if err != nil {
		return nil, err
	}
	if b.Stop != nil { // a start is a try
		if err := e.registry.clear(ctx, b.ID); err != nil {
			pool.Close()
			return nil, err
		}
	}
	w, err := newWriter(e.database, b, m.definition, e.options.LiveMemory)
	if err != nil {
		pool.Close()
		return nil, err
	}
	r := &runner{
		writer: w, source: e.source, tracker: newTracker(b.Position), log: e.options.Logger,
		metrics: e.metrics.of(m.definition.Name), resume: make(chan struct{}, 1),
		stopped: func(ctx context.Context, s *Stop) error { return e.registry.stop(ctx, b.ID, s) },
	}
	r.start(e.running)
	return &serving{build: b, pool: pool, runner: r}, nil
}

func (e *Engine) openPool(ctx context.Context, b Build, settings map[string]string) (*pgxpool.Pool, error) {
	config := e.database.config.Copy()
	config.ConnConfig = e.database.configFor(b.Schema, "", settings)
	config.ConnConfig.RuntimeParams["default_transaction_read_only"] = "on"
	config.ConnConfig.RuntimeParams["application_name"] = readersName + b.Schema
	config.ConnConfig.Tracer = e.options.Tracer
	config.ConnConfig.StatementCacheCapacity, config.ConnConfig.DescriptionCacheCapacity = statementsKept, 0
	config.MaxConns = e.options.MaxConnections
	config.MinConns = min(warmConnections, config.MaxConns)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("pool of %s: %w", b.Schema, err)
	}
	held := make([]*pgxpool.Conn, 0, config.MinConns)
	defer func() {
		for _, c := range held {
			c.Release()
		}
	}()
	for range config.MinConns {
		c, err := pool.Acquire(ctx)
		if err != nil {
			for _, c := range held {
				c.Release()
			}
			held = nil
			pool.Close()
			return nil, fmt.Errorf("pool of %s: %w", b.Schema, err)
		}
		held = append(held, c)
	}
	return pool, nil
}

// exchange puts another build in the place of the one that is read. Readers go over only once the new build holds everything
// they have been shown, queries under way end on the old one, and its pool closes when the last has ended.
func (e *Engine) exchange(ctx context.Context, m *model, b Build) error {
	m.switching.Lock()
	defer m.switching.Unlock()
	old := m.serving.Load()
	if old != nil && old.build.ID == b.ID {
		return nil
	}
	next, err := e.prepare(ctx, m, b)
	if err != nil {
		return err
	}
	if old != nil {
		if err := e.overtake(ctx, old, next); err != nil {
			e.abandon(next)
			return err
		}
	}
	m.db.pool.Store(next.pool)
	m.serving.Store(next)
	if old != nil {
		old.runner.tracker.wake() // those who wait look at the new one
		e.draining.Go(old.pool.Close)
	}
	e.options.Logger.Info("read model is served", "model", b.Model, "version", b.Version, "build", b.Number)
	return nil
}

// overtake waits until next has all that old shows. The old runner goes on until the new one is close, and stops for the
// last step, so that its position cannot run away.
func (e *Engine) overtake(ctx context.Context, old, next *serving) error {
	ctx, cancel := context.WithTimeout(ctx, handOverWithin)
	defer cancel()
	shown, _ := old.runner.tracker.state()
	if err := e.reach(ctx, shown, next); err != nil {
		return err
	}
	old.runner.end()
	err := e.reachRows(ctx, old, next)
	if err != nil {
		// Without a runner the old build would stand still for ever.
		old.runner.start(e.running)
	}
	return err
}

// reachRows waits until next holds the rows that old holds. They may be ahead of the old runner's position: it may have been
// ended between a commit and hearing of it, and readers have seen them.
func (e *Engine) reachRows(ctx context.Context, old, next *serving) error {
	b, err := e.registry.build(ctx, old.build.ID)
	if err != nil {
		return err
	}
	shown, _ := old.runner.tracker.state()
	return e.reach(ctx, max(shown, b.Position), next)
}

func (e *Engine) reach(ctx context.Context, goal eventstore.Position, next *serving) error {
	for {
		at, stopped, changed := next.runner.tracker.watch()
		if at >= goal {
			return nil
		}
		if stopped != nil {
			return fmt.Errorf("build %s does not take over: %w", next.build.Schema, stopped)
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("build %s has not reached position %d: %w", next.build.Schema, goal, ctx.Err())
		}
	}
}

func (e *Engine) abandon(s *serving) {
	s.runner.end()
	s.pool.Close()
}
