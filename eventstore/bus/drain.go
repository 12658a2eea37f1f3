package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/eventstore"
	"vidilog/eventstore/tail"
)

// parkedKeys answers the keys that are parked, and whether they are to go on.
func (s *session) parkedKeys(ctx context.Context) (map[string]bool, error) {
	rows, err := s.bus.pool.Query(ctx, selectKeys, s.group.Name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	keys := map[string]bool{}
	for rows.Next() {
		var key string
		var retry bool
		if err := rows.Scan(&key, &retry); err != nil {
			return nil, err
		}
		keys[key] = retry
	}
	return keys, rows.Err()
}

// watchParked drains keys that somebody decided to try again, or whose last event was skipped.
func (s *session) watchParked(ctx context.Context) error {
	every := time.NewTicker(s.bus.options.LookEvery)
	defer every.Stop()
	for {
		if err := s.drainDecided(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("bus: cannot look at parked keys; trying again", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-every.C:
		case <-s.look:
		}
	}
}

func (s *session) drainDecided(ctx context.Context) error {
	s.mu.Lock()
	none := len(s.parked) == 0
	s.mu.Unlock()
	if none {
		return nil
	}
	stored, err := s.parkedKeys(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for key := range s.parked {
		retry, found := stored[key]
		if (retry || !found) && !s.draining[key] && s.keys[key] == nil {
			s.draining[key] = true
			go s.drain(ctx, key)
		}
	}
	return nil
}

// drain handles the parked events of a key in order, until one is parked again or none is left.
func (s *session) drain(ctx context.Context, key string) {
	defer func() {
		s.mu.Lock()
		delete(s.draining, key)
		s.mu.Unlock()
	}()
	for {
		d, err := s.firstParked(ctx, key)
		if err == nil && d == nil {
			var left bool
			if left, err = s.unpark(ctx, key); err == nil && !left {
				return
			}
			continue
		}
		if err == nil {
			err = s.handleParked(ctx, d)
		}
		if err != nil {
			if ctx.Err() == nil && !errors.Is(err, errParkedAgain) {
				s.log.Warn("bus: cannot drain a parked key; trying again", "key", key, "error", err)
			}
			return
		}
	}
}

var errParkedAgain = errors.New("it failed again")

func (s *session) handleParked(ctx context.Context, d *delivery) error {
	s.mu.Lock()
	s.enqueue(d)
	s.mu.Unlock()
	select {
	case handled := <-d.drained.ended:
		if !handled {
			return errParkedAgain
		}
	case <-ctx.Done():
		return ctx.Err()
	}
	return pgx.BeginFunc(ctx, s.bus.pool, func(tx pgx.Tx) error {
		if err := s.holds(ctx, tx); err != nil {
			return err
		}
		return removeParked(ctx, tx, s.group.Name, d.key, d.event.Position)
	})
}

// removeParked also notes the position as done: after a crash the checkpoint may still be before it.
func removeParked(ctx context.Context, tx pgx.Tx, group, key string, at eventstore.Position) error {
	if _, err := tx.Exec(ctx, deleteParked, group, key, int64(at)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, insertDone, group, int64(at))
	return err
}

// firstParked answers nil when nothing of the key is parked.
func (s *session) firstParked(ctx context.Context, key string) (*delivery, error) {
	var at eventstore.Position
	var attempts int
	err := s.bus.pool.QueryRow(ctx, selectFirstRow, s.group.Name, key).Scan(&at, &attempts)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	recs, err := s.bus.reader.Read(ctx, at-1, 1)
	if err != nil {
		return nil, err
	}
	if len(recs) != 1 || recs[0].Position != at {
		return nil, fmt.Errorf("the log does not hold the parked position %d", at)
	}
	event, err := s.bus.decoder.Decode(recs[0])
	if err != nil {
		event = eventstore.Event{Recorded: recs[0], Data: tail.Undecodable{Type: recs[0].Type, Err: err}}
	}
	return &delivery{
		session: s, event: event, key: key, drained: &drained{before: attempts, ended: make(chan bool, 1)},
	}, nil
}

// unpark lets a key go its normal way again unless an event was queued behind it in the last moment.
func (s *session) unpark(ctx context.Context, key string) (left bool, err error) {
	s.parking.Lock()
	defer s.parking.Unlock()
	d, err := s.firstParked(ctx, key)
	if err != nil || d != nil {
		return d != nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.parked, key)
	return false, nil
}
