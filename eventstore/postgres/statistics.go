package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"vidilog/eventstore"
)

// Statistics counts the log for people: it reads all of it and takes as long.
type Statistics struct {
	Head eventstore.Position `json:"events"`
	// Types in the order of how often they occur.
	Types []TypeCount `json:"types"`
	// Longest are the longest streams.
	Longest []StreamLength `json:"longest"`
}

// TypeCount is how often an event type occurs.
type TypeCount struct {
	Name  string `json:"type"`
	Count int64  `json:"events"`
}

// StreamLength is how many events a stream has.
type StreamLength struct {
	Stream string `json:"stream"`
	Events int64  `json:"events"`
}

// Statistics answers counts by type and the longest streams.
func (s *Store) Statistics(ctx context.Context, longest int) (Statistics, error) {
	var result Statistics
	err := pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, `select position from head`).Scan(&result.Head); err != nil {
			return err
		}
		// the readers' connections plan for look-ups by key; this is the one query that wants the whole table
		if _, err := tx.Exec(ctx, `set local enable_seqscan = on`); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `select event_type, count(*) from events group by 1 order by 2 desc, 1`)
		if err != nil {
			return err
		}
		if result.Types, err = pgx.CollectRows(rows, pgx.RowToStructByPos[TypeCount]); err != nil {
			return err
		}
		rows, err = tx.Query(ctx, `
			select kind || '-' || id, version from streams order by version desc, 1 limit $1`, longest)
		if err != nil {
			return err
		}
		result.Longest, err = pgx.CollectRows(rows, pgx.RowToStructByPos[StreamLength])
		return err
	})
	if err != nil {
		return result, fmt.Errorf("event store: statistics: %w", err)
	}
	return result, nil
}
