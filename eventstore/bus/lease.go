package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/eventstore"
	"vidilog/internal/failpoint"
)

// errLeaseLost means that another process works for the group now; whatever this one has not written is theirs to do.
var errLeaseLost = errors.New("the lease of the consumer group has passed to another process")

// lease is the right to work for a group.
type lease struct {
	fence      int64
	checkpoint eventstore.Position
}

const (
	insertGroup = `INSERT INTO vidilog_bus.consumers (consumer_group, checkpoint) VALUES ($1, $2) ON CONFLICT DO NOTHING`
	// The database's clock decides, so that processes need not agree on the time.
	acquireLease = `UPDATE vidilog_bus.consumers SET fence = fence + 1, holder = $2, lease_until = now() + $3
		WHERE consumer_group = $1 AND (lease_until < now() OR holder = $2) RETURNING fence, checkpoint`
	renewLease = `UPDATE vidilog_bus.consumers SET lease_until = now() + $3 WHERE consumer_group = $1 AND fence = $2`
	freeLease  = `UPDATE vidilog_bus.consumers SET lease_until = '-infinity' WHERE consumer_group = $1 AND fence = $2`
	// FOR SHARE makes a change of hands wait until the transaction that relies on the fence has ended.
	checkFence = `SELECT 1 FROM vidilog_bus.consumers WHERE consumer_group = $1 AND fence = $2 FOR SHARE`

	// Compare and set: a checkpoint only moves from where this process knows it to be.
	moveCheckpoint = `UPDATE vidilog_bus.consumers SET checkpoint = $3, updated_at = now()
		WHERE consumer_group = $1 AND fence = $2 AND checkpoint = $4`
	selectCheckpoint = `SELECT checkpoint, fence FROM vidilog_bus.consumers WHERE consumer_group = $1`
	removeDone       = `DELETE FROM vidilog_bus.done WHERE consumer_group = $1 AND position <= $2`
	selectDone       = `SELECT position FROM vidilog_bus.done WHERE consumer_group = $1`
)

// declare makes the group's row where it is new.
func (b *Bus) declare(ctx context.Context, g Group) error {
	var start eventstore.Position
	if g.StartAt == AtHead {
		var err error
		if start, err = b.reader.Head(ctx); err != nil {
			return fmt.Errorf("declare group %s: %w", g.Name, err)
		}
	}
	if _, err := b.pool.Exec(ctx, insertGroup, g.Name, int64(start)); err != nil {
		return fmt.Errorf("declare group %s: %w", g.Name, err)
	}
	return nil
}

// acquire answers found=false while another process holds the group. It waits for the answer even when ctx ends meanwhile: a
// lease that was given to nobody who knows would keep the group from everybody until it expires.
func (b *Bus) acquire(ctx context.Context, group string) (l lease, found bool, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), b.options.CloseTimeout)
	defer cancel()
	err = b.pool.QueryRow(ctx, acquireLease, group, b.options.Holder, b.options.Lease).Scan(&l.fence, &l.checkpoint)
	if errors.Is(err, pgx.ErrNoRows) {
		return lease{}, false, nil
	}
	return l, err == nil, err
}

// renew keeps the lease until ctx ends. It answers errLeaseLost when it has passed on, or may have.
func (s *session) renew(ctx context.Context) error {
	every := time.NewTicker(s.bus.options.Lease / 3)
	defer every.Stop()
	renewed := time.Now()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-every.C:
		}
		tag, err := s.bus.pool.Exec(ctx, renewLease, s.group.Name, s.lease.fence, s.bus.options.Lease)
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil && tag.RowsAffected() == 1:
			renewed = time.Now()
		case err == nil, time.Since(renewed) > s.bus.options.Lease:
			return errLeaseLost
		default:
			s.log.Warn("bus: cannot renew the lease; trying again", "error", err)
		}
	}
}

// holds fails a transaction of a session whose lease has passed on.
func (s *session) holds(ctx context.Context, tx pgx.Tx) error {
	var one int
	err := tx.QueryRow(ctx, checkFence, s.group.Name, s.lease.fence).Scan(&one)
	if errors.Is(err, pgx.ErrNoRows) {
		return errLeaseLost
	}
	return err
}

// failCheckpoint is where a checkpoint is about to be written.
var failCheckpoint = failpoint.New("bus.checkpoint")

// flush writes the checkpoint when it has moved. It may be lost in a crash of the database, which costs a repetition.
func (s *session) flush(ctx context.Context) error {
	s.flushing.Lock()
	defer s.flushing.Unlock()
	s.mu.Lock()
	reached := s.progress.low
	s.mu.Unlock()
	if reached == s.flushed {
		return nil
	}
	if err := failCheckpoint.Hit(); err != nil {
		return err
	}
	err := pgx.BeginFunc(ctx, s.bus.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SET LOCAL synchronous_commit = off`); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, moveCheckpoint, s.group.Name, s.lease.fence, int64(reached), int64(s.flushed))
		if err == nil && tag.RowsAffected() == 0 {
			return s.explainMiss(ctx, tx, reached)
		}
		if err == nil {
			_, err = tx.Exec(ctx, removeDone, s.group.Name, int64(reached))
		}
		return err
	})
	if err == nil {
		s.flushed = reached
	}
	return err
}

// explainMiss tells a lost lease from a commit that did happen although its answer was lost with the connection.
func (s *session) explainMiss(ctx context.Context, tx pgx.Tx, reached eventstore.Position) error {
	var stored eventstore.Position
	var fence int64
	err := tx.QueryRow(ctx, selectCheckpoint, s.group.Name).Scan(&stored, &fence)
	if err != nil {
		return err
	}
	if fence == s.lease.fence && stored > s.flushed && stored <= reached {
		s.flushed = stored
		return errors.New("the last checkpoint was written although its answer was lost")
	}
	return errLeaseLost
}

// keepFlushing writes checkpoints until ctx ends.
func (s *session) keepFlushing(ctx context.Context) error {
	every := time.NewTicker(s.bus.options.FlushEvery)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-every.C:
		}
		err := s.flush(ctx)
		if errors.Is(err, errLeaseLost) {
			return err
		}
		if err != nil && ctx.Err() == nil {
			s.log.Warn("bus: cannot write the checkpoint; trying again", "error", err)
		}
	}
}
