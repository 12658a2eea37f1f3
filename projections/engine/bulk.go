package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"vidilog/eventstore"
)

// bulkRead is how many events are folded at a time: enough to spread the work of a batch, few enough to stay in the cache.
const bulkRead = 4_096

// worthWriting is how many bytes of rows are written early when the database has nothing to do. It costs little that a row is
// written twice, and the end has less to wait for.
const worthWriting = 8 << 20

// spill is what memory held when it was full, on its way into the database.
type spill struct {
	from, to eventstore.Position
	changes  []*tableChanges
}

// bulk fills an empty or half-filled build up to a position: one goroutine reads and decodes, one folds, one writes. Memory is
// bounded by writer.memory whatever the size of the log; each spill moves the checkpoint, so a build that was killed goes on.
type bulk struct {
	*writer
	source   Source
	upTo     eventstore.Position
	reporter *reporter

	spills  chan spill
	written chan struct{} // one token while nothing is being written
	copier  *pgx.Conn
}

// fill runs the bulk phase. Errors as of writer.project.
func (w *writer) fill(ctx context.Context, source Source, upTo eventstore.Position, r *reporter) error {
	r.phase(PhaseBulk, w.position, upTo)
	if w.position >= upTo {
		return nil
	}
	copier, err := w.database.connect(ctx, w.build.Schema, "build "+w.build.Model, writerSettings)
	if err != nil {
		return err
	}
	defer copier.Close(context.WithoutCancel(ctx)) // after an error there is nothing to keep
	b := &bulk{
		writer: w, source: source, upTo: upTo, reporter: r, copier: copier,
		spills: make(chan spill), written: make(chan struct{}, 1),
	}
	b.written <- struct{}{}
	group, ctx := errgroup.WithContext(ctx)
	read := make(chan []eventstore.Event, 2)
	group.Go(func() error { return b.read(ctx, read) })
	group.Go(func() error { defer close(b.spills); return b.foldAll(ctx, read) })
	group.Go(func() error { return b.writeAll(ctx) })
	return group.Wait()
}

func (b *bulk) read(ctx context.Context, out chan<- []eventstore.Event) error {
	defer close(out)
	cursor := b.source.From(b.position)
	defer cursor.Close()
	for at := b.position; at < b.upTo; {
		events, err := cursor.Next(ctx, min(bulkRead, int(b.upTo-at)))
		if err != nil {
			return fmt.Errorf("read behind %d: %w", at, err)
		}
		if len(events) == 0 {
			continue
		}
		at = events[len(events)-1].Position
		select {
		case out <- events:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (b *bulk) foldAll(ctx context.Context, in <-chan []eventstore.Event) error {
	from := b.position
	for events := range in {
		if err := b.foldOne(ctx, events); err != nil {
			return err
		}
		b.position = events[len(events)-1].Position
		b.reporter.at(b.position, b.upTo)
		all, dirty := b.fold.bytes()
		// Half for rows that may change again, half for those of the generation before and what is being written.
		isFull := all > b.memory/2
		if !isFull && (dirty < worthWriting || len(b.written) == 0) {
			continue
		}
		if err := b.spill(ctx, from); err != nil {
			return err
		}
		from = b.position
		if isFull {
			b.fold.trim(b.memory)
		}
	}
	if ctx.Err() != nil || from == b.position {
		return ctx.Err()
	}
	return b.spill(ctx, from)
}

// foldOne applies a batch in memory. Rows are read only once nothing is on its way into the database, lest an older state is seen.
func (b *bulk) foldOne(ctx context.Context, events []eventstore.Event) error {
	failed := b.fold.reduce(events)
	if failed == nil {
		missing := &batch{}
		for _, t := range b.fold.builder.tables {
			t.queueLoads(missing)
		}
		if missing.Len() > 0 {
			if err := b.settle(ctx); err != nil {
				return err
			}
			err := b.conn.SendBatch(ctx, &missing.Batch).Close()
			b.written <- struct{}{}
			if err != nil {
				return err
			}
		}
		failed = b.fold.apply()
	}
	if failed != nil {
		return &poisoned{event: events[failed.event], err: failed.err, stack: failed.stack}
	}
	return nil
}

// settle waits until nothing is being written and takes the token.
func (b *bulk) settle(ctx context.Context) error {
	select {
	case <-b.written:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *bulk) spill(ctx context.Context, from eventstore.Position) (err error) {
	defer func() {
		if reason := recover(); reason != nil { // a value that cannot be encoded
			err = fmt.Errorf("rows up to event %d: %w", b.position, &unwritable{reason})
		}
	}()
	s := spill{from: from, to: b.position, changes: b.fold.collect(true)}
	if err := b.settle(ctx); err != nil {
		return err
	}
	select {
	case b.spills <- s:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *bulk) writeAll(ctx context.Context) error {
	for s := range b.spills {
		if err := b.writeSpill(ctx, s); err != nil {
			return fmt.Errorf("write rows of events %d to %d: %w", s.from+1, s.to, err)
		}
		b.writer.written = s.to
		b.written <- struct{}{}
		if err := afterCommit.Hit(); err != nil {
			return err
		}
	}
	return nil
}

func (b *bulk) writeSpill(ctx context.Context, s spill) error {
	tx, err := b.copier.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit there is nothing to roll back
	statements := &batch{}
	statements.Queue(advance, b.build.ID, s.from, s.to)
	for _, c := range s.changes {
		c.queue(statements)
	}
	if err := tx.SendBatch(ctx, &statements.Batch).Close(); err != nil {
		return translate(err)
	}
	for _, c := range s.changes {
		if len(c.copied) == 0 {
			continue
		}
		if _, err := b.copier.PgConn().CopyFrom(ctx, bytes.NewReader(c.copied), c.sql.copy); err != nil {
			return err
		}
		c.copied = nil
	}
	if err := beforeCommit.Hit(); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// catchUp projects up to exactly upTo; errors as of writer.project.
func (w *writer) catchUp(ctx context.Context, source Source, upTo eventstore.Position, r *reporter) error {
	r.phase(PhaseCatchUp, w.position, upTo)
	cursor := source.From(w.position)
	defer cursor.Close()
	for w.position < upTo {
		events, err := cursor.Next(ctx, min(bulkRead, int(upTo-w.position)))
		if err != nil {
			return fmt.Errorf("read behind %d: %w", w.position, err)
		}
		if err := w.project(ctx, events); err != nil {
			return err
		}
		r.at(w.position, upTo)
	}
	return w.flush(ctx)
}

// isPoison tells whether an event is to blame.
func isPoison(err error) (*poisoned, bool) {
	var p *poisoned
	return p, errors.As(err, &p)
}
