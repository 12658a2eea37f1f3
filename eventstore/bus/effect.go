package bus

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/jackc/pgx/v5"

	"vidilog/internal/failpoint"
)

// effect is what a handler wants to commit together with the fact that its event is done.
type effect struct {
	delivery *delivery
	insert   func(pgx.Tx) error
	answer   chan error
}

// Where a crash must neither lose an effect nor repeat it.
var (
	failBeforeEffects = failpoint.New("bus.before-effects-commit")
	failAfterEffects  = failpoint.New("bus.after-effects-commit")
)

// effectsPerCommit bounds how many effects share a transaction.
const effectsPerCommit = 64

// AckTx runs insert in a transaction that also records the event of msg as done, and returns when it is committed: the
// effect happens exactly once, whatever crashes. Effects of several handlers may share the transaction (each in a
// savepoint), so insert must be short, must not wait for anything but the database, and must not end the transaction. When
// the effect is there already, insert is not called and the answer is nil. The handler then returns nil.
func AckTx(msg *message.Message, insert func(pgx.Tx) error) error {
	d := deliveryOf(msg)
	if d == nil {
		return errors.New("AckTx: not a message of the log")
	}
	e := &effect{delivery: d, insert: insert, answer: make(chan error, 1)}
	select {
	case d.session.effects <- e:
	case <-d.session.abort.Done():
		return errLeaseLost
	}
	select {
	case err := <-e.answer:
		return err
	case <-d.session.abort.Done():
		return errLeaseLost
	}
}

// commitEffects commits what has gathered, then what has gathered meanwhile.
func (s *session) commitEffects(ctx context.Context) error {
	for {
		var batch []*effect
		select {
		case first := <-s.effects:
			batch = append(batch, first)
		case <-ctx.Done():
			return nil
		}
		for more := true; more && len(batch) < effectsPerCommit; {
			select {
			case next := <-s.effects:
				batch = append(batch, next)
			default:
				more = false
			}
		}
		if err := s.commit(ctx, batch); errors.Is(err, errLeaseLost) {
			return err
		}
	}
}

// commit answers every effect: with its own error, or with that of the transaction.
func (s *session) commit(ctx context.Context, batch []*effect) error {
	failed := make([]error, len(batch))
	err := pgx.BeginFunc(ctx, s.bus.pool, func(tx pgx.Tx) error {
		if err := s.holds(ctx, tx); err != nil {
			return err
		}
		for i, e := range batch {
			failed[i] = pgx.BeginFunc(ctx, tx, func(savepoint pgx.Tx) error { return s.apply(ctx, savepoint, e) })
		}
		return failBeforeEffects.Hit()
	})
	if err == nil {
		err = failAfterEffects.Hit()
	}
	for i, e := range batch {
		if failed[i] == nil {
			failed[i] = err
		}
		e.answer <- failed[i]
	}
	return err
}

func (s *session) apply(ctx context.Context, tx pgx.Tx, e *effect) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("effect panicked: %v\n%s", p, debug.Stack())
		}
	}()
	isNew, err := s.markDone(ctx, tx, e.delivery)
	if err != nil || !isNew {
		return err
	}
	return e.insert(tx)
}

// markDone answers false when an earlier attempt was committed although its answer was lost.
func (s *session) markDone(ctx context.Context, tx pgx.Tx, d *delivery) (isNew bool, err error) {
	at := int64(d.event.Position)
	if d.drained != nil {
		tag, err := tx.Exec(ctx, deleteParked, s.group.Name, d.key, at)
		if err != nil || tag.RowsAffected() == 0 {
			return false, err
		}
	}
	tag, err := tx.Exec(ctx, insertDone, s.group.Name, at)
	return d.drained != nil || tag.RowsAffected() == 1, err
}
