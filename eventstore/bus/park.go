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
			return nil //nolint:nilerr // the session ends: the events are still before the checkpoint and come again
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
