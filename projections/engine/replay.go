package engine

import (
	"context"
	"fmt"
	"strings"

	"vidilog/eventstore"
)

// Replay says how to project given events into a throw-away build. It is there for tests of reducers (see enginetest): however
// a log is cut, and whatever the writer, the rows must be the same.
type Replay struct {
	// Batches are the events from position 1 on, without holes, in the batches to project them in.
	Batches [][]eventstore.Event
	// Copy folds and copies as a rebuild does; otherwise each batch is written as behind the tail.
	Copy bool
	// Memory bounds the rows kept in memory, in bytes; 1 keeps as little as possible.
	Memory int
}

// Replay empties the build, projects and answers the digest of the rows.
func (s *Scratch) Replay(ctx context.Context, how Replay) (Digest, error) {
	c := s.construction
	if err := c.empty(ctx); err != nil {
		return Digest{}, err
	}
	c.writer.memory = how.Memory
	var err error
	if log := batches(how.Batches); how.Copy {
		err = c.writer.fill(ctx, log, eventstore.Position(log.count()), c.reporter)
	} else {
		err = c.replayLive(ctx, how.Batches)
	}
	if err != nil {
		return Digest{}, err
	}
	return c.digest(ctx)
}

// empty takes the build back to before the first event.
func (c *construction) empty(ctx context.Context) error {
	tables := make([]string, len(c.writer.fold.builder.tables))
	for i, t := range c.writer.fold.builder.tables {
		tables[i] = quote(t.name())
	}
	b := &batch{}
	b.Queue("truncate " + strings.Join(tables, ", "))
	b.Queue("update "+RegistrySchema+".checkpoints set position = 0 where build_id = $1", c.build.ID)
	if err := c.writer.conn.SendBatch(ctx, &b.Batch).Close(); err != nil {
		return fmt.Errorf("empty %s: %w", c.build.Schema, err)
	}
	return c.writer.resync(ctx)
}

func (c *construction) replayLive(ctx context.Context, all [][]eventstore.Event) error {
	for _, batch := range all {
		if err := c.writer.project(ctx, batch); err != nil {
			return err
		}
	}
	return c.writer.flush(ctx)
}

// batches is a log that answers the batches it was given.
type batches [][]eventstore.Event

func (b batches) count() (n int) {
	for _, one := range b {
		n += len(one)
	}
	return n
}

// From ignores the position: a replay begins at the start.
func (b batches) From(eventstore.Position) Cursor { return &batchCursor{rest: b} }

// Head is the number of events.
func (b batches) Head(context.Context) (eventstore.Position, error) {
	return eventstore.Position(b.count()), nil
}

type batchCursor struct{ rest batches }

func (c *batchCursor) Next(ctx context.Context, limit int) ([]eventstore.Event, error) {
	for len(c.rest) > 0 && len(c.rest[0]) == 0 {
		c.rest = c.rest[1:]
	}
	if len(c.rest) == 0 {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	n := min(limit, len(c.rest[0]))
	events := c.rest[0][:n]
	if n == len(c.rest[0]) {
		c.rest = c.rest[1:]
	} else {
		c.rest = append(batches{c.rest[0][n:]}, c.rest[1:]...)
	}
	return events, nil
}

func (c *batchCursor) Close() {}
