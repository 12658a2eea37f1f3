package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"vidilog/eventstore"
	"vidilog/internal/failpoint"
)

var (
	beforeCommit = failpoint.New("projection.before-commit")
	afterCommit  = failpoint.New("projection.after-commit")
)

// errMoved means that another process has moved the checkpoint.
var errMoved = errors.New("the checkpoint was moved by another process")

// codeMoved is the SQLSTATE that the function advance raises.
const codeMoved = "VD001"

const advance = "select " + RegistrySchema + ".advance($1, $2, $3)"

// Positions that did not touch a row are not worth a transaction of their own, until they are so many, or the last write so
// long ago, that reading them again would be noticed.
const (
	idlePositions = 1_000
	idleWrite     = 100 * time.Millisecond
)

// poisoned says which event a model cannot get over. Everything else that goes wrong is worth another try.
type poisoned struct {
	event eventstore.Event
	err   error
	stack []byte
}

func (p *poisoned) Error() string {
	return fmt.Sprintf("event %d (%s) of %s: %v", p.event.Position, p.event.Type, p.event.Stream, p.err)
}

func (p *poisoned) Unwrap() error { return p.err }

func (p *poisoned) stop() *Stop {
	return &Stop{Position: p.event.Position, Type: p.event.Type, Reason: p.err.Error(), Stack: string(p.stack)}
}

// writer brings one build forward, batch by batch, over one connection.
type writer struct {
	database database
	build    Build
	fold     *fold
	conn     *pgx.Conn
	// position is how far memory has come, written how far the checkpoint has.
	position, written eventstore.Position
	writtenAt         time.Time
	memory            int // bytes of rows kept
}

func newWriter(db database, b Build, d Definition, memory int) (*writer, error) {
	f, err := newFold(d)
	if err != nil {
		return nil, err
	}
	return &writer{database: db, build: b, fold: f, memory: memory}, nil
}

// connect opens the connection and takes up at the checkpoint. A second call starts afresh.
func (w *writer) connect(ctx context.Context) error {
	w.close()
	conn, err := w.database.connect(ctx, w.build.Schema, "projection "+w.build.Model, writerSettings)
	if err != nil {
		return err
	}
	w.conn = conn
	columns, err := databaseColumns(ctx, conn)
	if err != nil {
		return fmt.Errorf("columns of %s: %w", w.build.Schema, err)
	}
	for _, t := range w.fold.builder.tables {
		if err := t.attach(columns[t.name()]); err != nil {
			return &poisoned{err: fmt.Errorf("%s: %w", w.build.Schema, err)}
		}
	}
	return w.resync(ctx)
}

// resync forgets what is in memory and reads the checkpoint.
func (w *writer) resync(ctx context.Context) error {
	at, err := w.checkpoint(ctx)
	if err != nil {
		return err
	}
	w.position, w.written = at, at
	w.fold.reset(at == 0)
	return nil
}

func (w *writer) checkpoint(ctx context.Context) (at eventstore.Position, err error) {
	err = w.conn.QueryRow(ctx, "select position from "+RegistrySchema+".checkpoints where build_id = $1", w.build.ID).Scan(&at)
	if err != nil {
		return 0, fmt.Errorf("checkpoint of %s: %w", w.build.Schema, err)
	}
	return at, nil
}

func (w *writer) close() {
	if w.conn != nil {
		_ = w.conn.Close(context.Background()) // it holds no transaction
		w.conn = nil
	}
}

// project applies a batch. Errors: *poisoned, when an event is to blame, everything before it then being applied; errMoved;
// or a fault of the database. After an error memory is forgotten and the checkpoint has to be read again.
func (w *writer) project(ctx context.Context, events []eventstore.Event) error {
	if len(events) == 0 {
		return nil
	}
	at, err := w.try(ctx, events)
	if err == nil {
		return nil
	}
	if at < 0 && !isRefusal(err) {
		return err
	}
	if rerr := w.resync(ctx); rerr != nil {
		return rerr
	}
	if w.position >= events[0].Position {
		return errMoved
	}
	return w.narrow(ctx, events, at, err)
}

// narrow finds the event that is to blame: the fold knows it, the database knows the batch only. Positions that were in
// memory only are written again from the checkpoint, which is why events may begin behind it.
func (w *writer) narrow(ctx context.Context, events []eventstore.Event, at int, err error) error {
	if len(events) == 1 {
		return w.blame(ctx, events[0], err)
	}
	if at < 0 {
		at = len(events) / 2
		if err := w.project(ctx, events[:at]); err != nil {
			return err
		}
		return w.project(ctx, events[at:])
	}
	if err := w.project(ctx, events[:at]); err != nil {
		return err
	}
	return w.project(ctx, events[at:at+1])
}

// blame reduces the event once more, now remembering who recorded what, so that the report has a stack to show.
func (w *writer) blame(ctx context.Context, e eventstore.Event, err error) error {
	p := &poisoned{event: e, err: err}
	var failed *foldError
	if errors.As(err, &failed) {
		p.err, p.stack = failed.err, failed.stack
		if p.stack == nil && e.Data != nil {
			w.fold.builder.trace = true
			defer func() { w.fold.builder.trace = false }()
			if w.fold.reduce([]eventstore.Event{e}) == nil && w.load(ctx) == nil {
				if again := w.fold.apply(); again != nil {
					p.stack = again.stack
				}
			}
			w.fold.reset(false)
		}
	}
	return p
}

func (f *foldError) Error() string { return f.err.Error() }

// unwritable is a value that has no form in its column.
type unwritable struct{ reason any }

func (u *unwritable) Error() string { return fmt.Sprint(u.reason) }

// isRefusal tells an answer about the statement from one about the connection or the moment.
func isRefusal(err error) bool {
	var value *unwritable
	if errors.As(err, &value) {
		return true
	}
	var refused *pgconn.PgError
	if !errors.As(err, &refused) || len(refused.Code) != 5 {
		return false
	}
	switch refused.Code[:2] {
	case "21", "22", "23", "42", "54": // cardinality, data, constraint, syntax or name, limits
		return true
	default:
		return false
	}
}

// try applies a batch and answers which event failed, -1 when that is not known.
func (w *writer) try(ctx context.Context, events []eventstore.Event) (at int, err error) {
	if failed := w.foldBatch(ctx, events, &err); failed != nil {
		w.fold.reset(false)
		return failed.event, failed
	}
	if err == nil {
		err = w.write(ctx, events[len(events)-1].Position)
	}
	if err != nil {
		w.fold.reset(false)
	}
	return -1, err
}

func (w *writer) foldBatch(ctx context.Context, events []eventstore.Event, err *error) *foldError {
	if failed := w.fold.reduce(events); failed != nil {
		return failed
	}
	if *err = w.load(ctx); *err != nil {
		return nil //nolint:nilerr // told by err: it is no fault of an event
	}
	return w.fold.apply()
}

// load reads the rows that the recorded operations need. It needs no transaction: the write succeeds only if the checkpoint
// has not moved since it was last known, so nobody can have written between.
func (w *writer) load(ctx context.Context) error {
	b := &batch{}
	for _, t := range w.fold.builder.tables {
		t.queueLoads(b)
	}
	if b.Len() == 0 {
		return nil
	}
	return w.conn.SendBatch(ctx, &b.Batch).Close()
}

// write sends rows and checkpoint in one round trip, which is one transaction.
func (w *writer) write(ctx context.Context, reached eventstore.Position) (err error) {
	defer func() {
		if reason := recover(); reason != nil { // a value that cannot be encoded
			err = &unwritable{reason}
		}
	}()
	changes := w.fold.collect(false)
	if len(changes) == 0 && reached-w.written < idlePositions && time.Since(w.writtenAt) < idleWrite {
		w.position = reached
		return nil
	}
	b := &batch{}
	b.Queue(advance, w.build.ID, w.written, reached)
	for _, c := range changes {
		c.queue(b)
	}
	if err := beforeCommit.Hit(); err != nil {
		return err
	}
	if err := w.conn.SendBatch(ctx, &b.Batch).Close(); err != nil {
		return translate(err)
	}
	w.position, w.written, w.writtenAt = reached, reached, time.Now()
	w.fold.trim(w.memory)
	return afterCommit.Hit()
}

// flush writes the checkpoint when memory is ahead of it.
func (w *writer) flush(ctx context.Context) error {
	if w.written == w.position {
		return nil
	}
	if _, err := w.conn.Exec(ctx, advance, w.build.ID, w.written, w.position); err != nil {
		return translate(err)
	}
	w.written, w.writtenAt = w.position, time.Now()
	return nil
}

func translate(err error) error {
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.Code == codeMoved {
		return errMoved
	}
	return err
}
