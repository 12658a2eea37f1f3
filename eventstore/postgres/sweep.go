package postgres

import (
	"context"
	"fmt"
	"time"
)

// CommandRetention is how long a command id that is not kept for ever must be known: a client that repeats a request after
// that gets a new decision.
const CommandRetention = 30 * 24 * time.Hour

const sweepStep = 5_000

// SweepCommands forgets command ids older than retention, by the database's clock, and answers how many. It is for a
// daily timer; running it twice at once does no harm.
func (s *Store) SweepCommands(ctx context.Context, retention time.Duration) (int64, error) {
	var now time.Time
	if err := s.pool.QueryRow(ctx, selectNow).Scan(&now); err != nil {
		return 0, fmt.Errorf("sweep commands: %w", err)
	}
	swept := int64(0)
	for {
		tag, err := s.pool.Exec(ctx, sweepCommands, now.Add(-retention), sweepStep)
		if err != nil {
			return swept, fmt.Errorf("sweep commands: %w", err)
		}
		swept += tag.RowsAffected()
		if tag.RowsAffected() < sweepStep {
			return swept, nil
		}
	}
}
