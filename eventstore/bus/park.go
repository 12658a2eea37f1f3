package bus

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
	"github.com/jackc/pgx/v5"

	"vidilog/eventstore"
	"vidilog/eventstore/tail"
)

const (
	insertParked = `INSERT INTO vidilog_bus.parked (consumer_group, key, position, event_type, error, attempts)
		SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::integer[]) ON CONFLICT DO NOTHING`
	parkAgain = `UPDATE vidilog_bus.parked SET error = $4, attempts = $5, parked_at = now()
		WHERE consumer_group = $1 AND key = $2 AND position = $3`
	clearRetry = `UPDATE vidilog_bus.parked SET retry = false WHERE consumer_group = $1 AND key = $2 AND retry`
	// A key goes on when somebody said so, and when the first of its events never failed: the one that did has been handled
	// or skipped, and a crash came between.
	selectKeys = `SELECT key, bool_or(retry) OR (array_agg(attempts ORDER BY position))[1] = 0
		FROM vidilog_bus.parked WHERE consumer_group = $1 GROUP BY key`
	selectFirstRow = `SELECT position, attempts FROM vidilog_bus.parked WHERE consumer_group = $1 AND key = $2 ORDER BY position LIMIT 1`
	deleteParked   = `DELETE FROM vidilog_bus.parked WHERE consumer_group = $1 AND key = $2 AND position = $3`
	insertDone     = `INSERT INTO vidilog_bus.done (consumer_group, position) VALUES ($1, $2) ON CONFLICT DO NOTHING`
)

// errorBytes bounds the error texts that are stored: they are for people.
const errorBytes = 2_000

// parker is the poison queue of Watermill's middleware: "publishing" there means parking the message's key.
type parker struct{}

func (parker) Close() error { return nil }

func (parker) Publish(_ string, messages ...*message.Message) error {
	for _, msg := range messages {
		d := deliveryOf(msg)
		if d == nil {
			return errors.New("park: not a message of the log")
		}
		if err := d.session.park(msg.Context(), d, msg.Metadata.Get(middleware.ReasonForPoisonedKey)); err != nil {
			return fmt.Errorf("park %s: %w", d.key, err)
		}
		d.session.bus.metrics.parked.WithLabelValues(d.session.group.Name).Inc()
		d.session.log.Error("bus: a key is parked", "key", d.key, "position", d.event.Position, "type", d.event.Type,
			"attempts", d.attempts+1, "error", msg.Metadata.Get(middleware.ReasonForPoisonedKey))
	}
	return nil
}

// park writes the failed event and those of its key that wait in memory to the table. Its lane holds the key meanwhile.
func (s *session) park(ctx context.Context, d *delivery, reason string) error {
	reason = strings.ToValidUTF8(strings.ReplaceAll(reason[:min(len(reason), errorBytes)], "\x00", ""), "")
	if d.drained != nil {
		return s.parkAgain(ctx, d, reason)
	}
	written := 0
	for {
		s.mu.Lock()
		k := s.keys[d.key]
		rest := append([]*delivery(nil), k.queue[written:]...)
		if len(rest) == 0 {
			s.parked[d.key] = true
			for _, behind := range k.queue[1:] {
				s.finished(behind)
			}
			k.queue = k.queue[:1] // the lane takes this one when its message is acknowledged
			s.mu.Unlock()
			return nil
		}
		s.mu.Unlock()
		if err := s.insertParked(ctx, rest, d, reason); err != nil {
			return err
		}
		written += len(rest)
	}
}

func (s *session) parkAgain(ctx context.Context, d *delivery, reason string) error {
	err := pgx.BeginFunc(ctx, s.bus.pool, func(tx pgx.Tx) error {
		if err := s.holds(ctx, tx); err != nil {
			return err
		}
		attempts := d.drained.before + d.attempts + 1
		if _, err := tx.Exec(ctx, parkAgain, s.group.Name, d.key, int64(d.event.Position), reason, attempts); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, clearRetry, s.group.Name, d.key)
		return err
	})
	if err == nil {
		d.drained.ended <- false
	}
	return err
}

// queueBehind writes events of parked keys to the table; it insists, because going on without would lose them.
func (s *session) queueBehind(ctx context.Context, behind []*delivery) error {
	for {
		err := s.insertParked(ctx, behind, nil, "")
		if err == nil || errors.Is(err, errLeaseLost) {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
		s.log.Warn("bus: cannot queue behind parked keys; trying again", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(s.bus.options.LookEvery):
		}
	}
}

func (s *session) insertParked(ctx context.Context, list []*delivery, failed *delivery, reason string) error {
	n := len(list)
	keys, types, texts := make([]string, n), make([]string, n), make([]string, n)
	positions, attempts := make([]int64, n), make([]int32, n)
	for i, d := range list {
		keys[i], positions[i], types[i] = d.key, int64(d.event.Position), d.event.Type
		if d == failed {
			texts[i], attempts[i] = reason, int32(d.attempts+1)
		}
	}
	return pgx.BeginFunc(ctx, s.bus.pool, func(tx pgx.Tx) error {
		if err := s.holds(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, insertParked, s.group.Name, keys, positions, types, texts, attempts); err != nil {
			return err
		}
		if list[0] == failed {
			return s.announce(ctx, tx, failed, reason)
		}
		return nil
	})
}

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
