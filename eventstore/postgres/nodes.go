package postgres

import (
	"context"
	"time"
)

// silentBeats is after how many heartbeats without a word a process no longer counts; forgottenBeats when its row goes.
const (
	silentBeats    = 3
	forgottenBeats = 20
	leaveWithin    = time.Second
)

const (
	beat = `INSERT INTO nodes (id, seen_at) VALUES ($1, now()) ON CONFLICT (id) DO UPDATE SET seen_at = now()`

	selectNeighbours = `SELECT EXISTS (SELECT FROM nodes WHERE id <> $1 AND seen_at > now() - $2::interval)`
	forgetNodes      = `DELETE FROM nodes WHERE seen_at < now() - $1::interval`
	deleteNode       = `DELETE FROM nodes WHERE id = $1`
	greet            = `SELECT pg_notify('` + channel + `', '` + greeting + `')`
)

// hasNeighbours says whether a group commit must notify. NOTIFY takes a lock of the whole database at commit, so a
// process that is alone leaves it out.
func (s *Store) hasNeighbours() bool { return s.neighbours.Load() }

// keepNode tells other processes that this one is here, and finds out whether there are others. A newcomer greets, so
// that nobody has to wait for a heartbeat to learn of it.
func (s *Store) keepNode(ctx context.Context) {
	ticker := time.NewTicker(s.options.Heartbeat)
	defer ticker.Stop()
	greeted := false
	for {
		err := s.beat(ctx)
		if err == nil && !greeted {
			_, err = s.pool.Exec(ctx, greet)
			greeted = err == nil
		}
		if err != nil && ctx.Err() == nil {
			s.options.Logger.Warn("event store: heartbeat failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-s.meet:
		}
	}
}

func (s *Store) beat(ctx context.Context) error {
	if _, err := s.pool.Exec(ctx, beat, s.options.Node); err != nil {
		return err
	}
	var others bool
	err := s.pool.QueryRow(ctx, selectNeighbours, s.options.Node, silentBeats*s.options.Heartbeat).Scan(&others)
	if err != nil {
		return err
	}
	s.neighbours.Store(others)
	_, err = s.pool.Exec(ctx, forgetNodes, forgottenBeats*s.options.Heartbeat)
	return err
}

// leave takes this process off the list; if that fails, its silence does.
func (s *Store) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), leaveWithin)
	defer cancel()
	_, _ = s.pool.Exec(ctx, deleteNode, s.options.Node)
}
