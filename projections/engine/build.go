package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/eventstore"
	"vidilog/schema/migrations"
)

// construction is a build under way in this process: a session lock tells other processes that it is not an orphan, and goes
// with the process.
type construction struct {
	engine     *Engine
	definition Definition
	build      Build
	writer     *writer
	lock       *pgx.Conn
	reporter   *reporter
}

// buildSettings give the creation of indexes room to sort; COPY and indexes need no durable commit before the flip.
var buildSettings = map[string]string{"synchronous_commit": "off", "maintenance_work_mem": "128MB"}

// construct begins a build, or goes on with an orphan, with tables but without secondary indexes.
func (e *Engine) construct(ctx context.Context, d Definition, orphan *Build, purpose string, tell func(Progress)) (c *construction, err error) {
	c = &construction{engine: e, definition: d, reporter: newReporter(d, tell)}
	defer func() {
		if err != nil {
			c.close()
		}
	}()
	if err := c.register(ctx, orphan, purpose); err != nil {
		return c, err
	}
	tables, _, err := splitMigrations(d.Migrations)
	if err != nil {
		return c, err
	}
	if err := migrations.ApplyTo(ctx, e.database.config.ConnConfig, c.build.Schema, d.Migrations, tables); err != nil {
		return c, err
	}
	if c.writer, err = newWriter(e.database, c.build, d, e.options.BuildMemory); err != nil {
		return c, err
	}
	return c, c.writer.connect(ctx)
}

// register takes over an orphan or makes a new entry, and holds the build's lock either way.
func (c *construction) register(ctx context.Context, orphan *Build, purpose string) (err error) {
	e := c.engine
	if orphan != nil {
		c.build = *orphan
		c.lock, err = e.lockSoon(ctx, buildLock(c.build.Schema))
		return err
	}
	if c.lock, err = e.database.connect(ctx, RegistrySchema, "build", nil); err != nil {
		return err
	}
	c.build, err = e.registry.create(ctx, c.lock, c.definition.Name, c.definition.Version, purpose)
	return err
}

// buildLock is held by the process that makes a build, modelLock by the one that decides what becomes live.
func buildLock(schema string) int64 { return migrations.LockID("build " + schema) }
func modelLock(model string) int64  { return migrations.LockID("rebuild " + model) }

// lock takes a session lock that nobody else may hold, on a connection that the caller closes.
func (e *Engine) lock(ctx context.Context, id int64) (*pgx.Conn, error) {
	conn, err := e.database.connect(ctx, RegistrySchema, "build", nil)
	if err != nil {
		return nil, err
	}
	var isMine bool
	err = conn.QueryRow(ctx, "select pg_try_advisory_lock($1)", id).Scan(&isMine)
	if err == nil && !isMine {
		err = errLocked
	}
	if err != nil {
		_ = conn.Close(context.WithoutCancel(ctx))
		return nil, err
	}
	return conn, nil
}

var errLocked = errors.New("another process is at it")

// releaseWithin is how long the server may take to end a session whose client is gone, be it killed or closed a moment ago:
// only then are its locks free.
const releaseWithin = 10 * time.Second

// lockSoon is lock with some patience, for a lock whose holder was just seen to be gone.
func (e *Engine) lockSoon(ctx context.Context, id int64) (*pgx.Conn, error) {
	for until := time.Now().Add(releaseWithin); ; {
		conn, err := e.lock(ctx, id)
		if !errors.Is(err, errLocked) || time.Now().After(until) {
			return conn, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (c *construction) close() {
	if c.writer != nil {
		c.writer.close()
	}
	if c.lock != nil {
		_ = c.lock.Close(context.Background()) // releases the lock
	}
}

// bulk brings the build to a position, with all indexes and statistics.
func (c *construction) bulk(ctx context.Context, upTo eventstore.Position) error {
	if err := c.phase(ctx, PhaseBulk, upTo); err != nil {
		return err
	}
	if err := c.writer.fill(ctx, c.engine.source, upTo, c.reporter); err != nil {
		return err
	}
	if err := c.phase(ctx, PhaseIndexes, upTo); err != nil {
		return err
	}
	c.reporter.phase(PhaseIndexes, upTo, upTo)
	return c.index(ctx)
}

func (c *construction) index(ctx context.Context) error {
	_, all, err := splitMigrations(c.definition.Migrations)
	if err != nil {
		return err
	}
	config := c.engine.database.configFor(c.build.Schema, "build "+c.build.Model, buildSettings)
	if err := migrations.ApplyTo(ctx, config, c.build.Schema, c.definition.Migrations, all); err != nil {
		return err
	}
	for _, t := range c.writer.fold.builder.tables {
		// Without statistics the first queries would be planned for empty tables.
		if _, err := c.writer.conn.Exec(ctx, "analyze "+quote(t.name())); err != nil {
			return fmt.Errorf("analyze %s: %w", t.name(), err)
		}
	}
	c.writer.memory = c.engine.options.LiveMemory
	c.writer.fold.trim(c.writer.memory)
	return nil
}

// catchUp brings the build to the head of the log, which moves on meanwhile, until little is left.
func (c *construction) catchUp(ctx context.Context) error {
	const little = 500
	for {
		head, err := c.engine.source.Head(ctx)
		if err != nil {
			return err
		}
		gap := head - c.writer.position
		if err := c.phase(ctx, PhaseCatchUp, head); err != nil {
			return err
		}
		if err := c.writer.catchUp(ctx, c.engine.source, head, c.reporter); err != nil {
			return err
		}
		if gap < little {
			return nil
		}
	}
}

func (c *construction) phase(ctx context.Context, p Phase, target eventstore.Position) error {
	return c.engine.registry.setPhase(ctx, c.build.ID, string(p), target)
}

// giveUp records why a build ended and removes its schema. After a kill the next build does it.
func (c *construction) giveUp(cause error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	r := c.engine.registry
	stop := &Stop{Reason: cause.Error()}
	if p, ok := isPoison(cause); ok {
		stop = p.stop()
	}
	c.close()
	return errors.Join(r.stop(ctx, c.build.ID, stop), r.fail(ctx, c.build.ID), r.drop(ctx, c.build))
}
