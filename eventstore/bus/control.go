package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// ParkedEvent is an event that waits for a decision (Attempts above 0), or behind one that does.
type ParkedEvent struct {
	Group    string              `json:"group"`
	Key      string              `json:"key"`
	Position eventstore.Position `json:"position"`
	Type     string              `json:"type"`
	Error    string              `json:"error,omitempty"`
	Attempts int                 `json:"attempts"`
	ParkedAt time.Time           `json:"parkedAt"`
	// Retrying says that the key is about to be tried again.
	Retrying bool `json:"retrying"`
}

// GroupStatus is how far a group has come.
type GroupStatus struct {
	Group      string              `json:"group"`
	Checkpoint eventstore.Position `json:"checkpoint"`
	UpdatedAt  time.Time           `json:"updatedAt"`
	// Live says that some process works for the group now.
	Live   bool  `json:"live"`
	Parked int64 `json:"parked"` // events, not keys
}

const (
	selectParked = `SELECT consumer_group, key, position, event_type, error, attempts, parked_at, retry
		FROM vidilog_bus.parked ORDER BY consumer_group, key, position`
	selectGroups = `SELECT c.consumer_group, c.checkpoint, c.updated_at, c.lease_until > now(),
			(SELECT count(*) FROM vidilog_bus.parked p WHERE p.consumer_group = c.consumer_group)
		FROM vidilog_bus.consumers c ORDER BY c.consumer_group`
	requestRetry = `UPDATE vidilog_bus.parked SET retry = true WHERE consumer_group = $1 AND key = $2`
	recordSkip   = `INSERT INTO vidilog_bus.skipped (consumer_group, position, key, event_type, error, actor, reason)
		SELECT consumer_group, position, key, event_type, error, $4, $5
		FROM vidilog_bus.parked WHERE consumer_group = $1 AND key = $2 AND position = $3 ON CONFLICT DO NOTHING`
)

// Parked lists everything that is parked, by group, key and position.
func (b *Bus) Parked(ctx context.Context) ([]ParkedEvent, error) {
	rows, err := b.pool.Query(ctx, selectParked)
	if err != nil {
		return nil, fmt.Errorf("list parked events: %w", err)
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e ParkedEvent, err error) {
		err = row.Scan(&e.Group, &e.Key, &e.Position, &e.Type, &e.Error, &e.Attempts, &e.ParkedAt, &e.Retrying)
		return e, err
	})
	if err != nil {
		return nil, fmt.Errorf("list parked events: %w", err)
	}
	return list, nil
}

// Groups lists all groups that were ever declared.
func (b *Bus) Groups(ctx context.Context) ([]GroupStatus, error) {
	rows, err := b.pool.Query(ctx, selectGroups)
	if err != nil {
		return nil, fmt.Errorf("list consumer groups: %w", err)
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (g GroupStatus, err error) {
		err = row.Scan(&g.Group, &g.Checkpoint, &g.UpdatedAt, &g.Live, &g.Parked)
		return g, err
	})
	if err != nil {
		return nil, fmt.Errorf("list consumer groups: %w", err)
	}
	return list, nil
}

// Retry has the parked events of a key handled again, in order, by the process that works for the group, at once here or
// within Options.LookEvery elsewhere. CodeNotFound when nothing is parked there.
func (b *Bus) Retry(ctx context.Context, group, key string) error {
	tag, err := b.pool.Exec(ctx, requestRetry, group, key)
	if err != nil {
		return fmt.Errorf("retry %s of %s: %w", key, group, err)
	}
	if tag.RowsAffected() == 0 {
		return kernel.NotFound("group %s has nothing parked under %s", group, key)
	}
	b.nudge(group)
	return nil
}

// Skip decides that a parked event is never handled; actor and reason are recorded. The events behind it are then tried.
// CodeInvalid without a reason, CodeNotFound when the event is not parked.
func (b *Bus) Skip(ctx context.Context, group, key string, position eventstore.Position, actor kernel.Actor, reason string) error {
	if reason == "" {
		return kernel.Invalid("reason", "say why the event is skipped; it is recorded")
	}
	err := pgx.BeginFunc(ctx, b.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, recordSkip, group, key, int64(position), actor.String(), reason)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return kernel.NotFound("group %s has no parked event %d under %s", group, position, key)
		}
		if err := removeParked(ctx, tx, group, key, position); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, requestRetry, group, key)
		return err
	})
	if err != nil && kernel.CodeOf(err) == "" {
		return fmt.Errorf("skip event %d of %s: %w", position, group, err)
	}
	if err == nil {
		b.nudge(group)
	}
	return err
}

func (b *Bus) nudge(group string) {
	b.mu.Lock()
	s := b.sessions[group]
	b.mu.Unlock()
	if s != nil {
		select {
		case s.look <- struct{}{}:
		default: // will look anyway
		}
	}
}

// Pending is how much is still to be done: the events that the groups of this program, and those that are live elsewhere, have not
// acknowledged (exactly for those that work here, by checkpoint for others), and the open work that consumers have asked for, which
// open counts; nil counts none. Parked events are not counted: they wait for a person.
//
// Work goes round: an event asks for it, and its end is an event. The order of the looks sees to it that nothing slips through
// between them: what an event asks for is there before the event is acknowledged, so events come before work; what work ends with
// is in the log before the work is gone, so the head of the log comes last. Zero means that nothing was pending when it was asked.
func (b *Bus) Pending(ctx context.Context, open func(context.Context) (int64, error)) (int64, error) {
	if b.reader == nil {
		return 0, errors.New("pending events: this bus was opened without a log")
	}
	seen, err := b.seen(ctx)
	if err != nil {
		return 0, fmt.Errorf("pending events: %w", err)
	}
	var pending int64
	if open != nil {
		if pending, err = open(ctx); err != nil {
			return 0, fmt.Errorf("pending work: %w", err)
		}
	}
	head, err := b.reader.Head(ctx)
	if err != nil {
		return 0, fmt.Errorf("pending events: %w", err)
	}
	for _, s := range seen {
		pending += s.undone + max(0, int64(head-s.top))
	}
	return pending, nil
}

// view is how far a group has come: everything up to top has been taken from the log, and undone of that is not acknowledged.
type view struct {
	top    eventstore.Position
	undone int64
}

// seen answers the views of all groups that somebody works for, or will again.
func (b *Bus) seen(ctx context.Context) ([]view, error) {
	groups, err := b.Groups(ctx)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	var views []view
	for _, g := range groups {
		if s := b.sessions[g.Group]; s != nil {
			views = append(views, s.view())
		} else if g.Live || b.subscribed[g.Group] > 0 { // a group between two leases goes on with its checkpoint
			views = append(views, view{top: g.Checkpoint})
		}
	}
	return views, nil
}
