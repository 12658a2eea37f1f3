package migrations

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// lockPoll is how often a starter that has to wait looks again.
const lockPoll = 25 * time.Millisecond

// sessionLocker lets one process at a time migrate a schema. It polls, as goose's own does (by whole seconds, 5 by default,
// which a start would feel): a session that blocked in pg_advisory_lock would hold a snapshot for which CREATE INDEX
// CONCURRENTLY of another process waits.
type sessionLocker struct{ id int64 }

// SessionLock waits until this session holds the lock.
func (l sessionLocker) SessionLock(ctx context.Context, session *sql.Conn) error {
	for {
		var locked bool
		if err := session.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", l.id).Scan(&locked); err != nil {
			return fmt.Errorf("lock migrations: %w", err)
		}
		if locked {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("lock migrations: %w", ctx.Err())
		case <-time.After(lockPoll):
		}
	}
}

// SessionUnlock lets the next one in.
func (l sessionLocker) SessionUnlock(ctx context.Context, session *sql.Conn) error {
	if _, err := session.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", l.id); err != nil {
		return fmt.Errorf("unlock migrations: %w", err)
	}
	return nil
}
