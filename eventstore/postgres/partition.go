package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"vidilog/eventstore"
	"vidilog/schema/migrations"
)

// selectPartitionEnd is the first position beyond the last partition, 1 when there is none; positions begin with 1.
const selectPartitionEnd = `SELECT coalesce(max(substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''(\d+)''\)')::bigint), 1)
	FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'events'::regclass`

// createPartition makes a table like events and hangs it in afterwards: unlike CREATE TABLE … PARTITION OF, which would
// stop every append and every reader, ATTACH takes a lock that both may hold beside it. The check spares it a scan.
// The name tells the first position.
const createPartition = `CREATE TABLE events_%[1]d (LIKE events INCLUDING ALL,
		CONSTRAINT events_%[1]d_range CHECK (position >= %[1]d AND position < %[2]d));
	ALTER TABLE events ATTACH PARTITION events_%[1]d FOR VALUES FROM (%[1]d) TO (%[2]d);
	ALTER TABLE events_%[1]d DROP CONSTRAINT events_%[1]d_range`

const (
	createPartitionWithin = 20 * time.Second
	// A partition is added when the last one is half full, so that the appender never has to wait for one.
	aheadFraction = 2
)

// ensurePartitions creates what is missing so that at least half a partition is free beyond head, and answers the first
// position for which there is none.
func ensurePartitions(
	ctx context.Context, pool *pgxpool.Pool, head eventstore.Position, size int64,
) (end int64, err error) {
	err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", migrations.LockID("partitions of events")); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, selectPartitionEnd).Scan(&end); err != nil {
			return err
		}
		for end <= int64(head)+1+size/aheadFraction {
			if _, err := tx.Exec(ctx, fmt.Sprintf(createPartition, end, end+size)); err != nil {
				return err
			}
			end += size
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("create the next partition of events: %w", err)
	}
	return end, nil
}

// ensureRoom answers false, with the transaction ended, when the batch may not fit into the partitions that exist; they
// have been created then. It is asked after the lock and costs a comparison.
func (a *appender) ensureRoom(batch []*request) (bool, error) {
	needed := a.ledger.head + 1
	for _, r := range batch {
		needed += eventstore.Position(r.events)
	}
	if int64(needed) <= a.store.partitionEnd.Load() {
		return true, nil
	}
	if !a.rollBack() {
		return false, errors.New("roll back before creating a partition: the connection is lost")
	}
	ctx, cancel := context.WithTimeout(a.aborted, createPartitionWithin)
	defer cancel()
	return false, a.store.extend(ctx, needed)
}

// extendAhead creates the next partition in time; it is called every now and then, beside the appender.
func (s *Store) extendAhead(ctx context.Context, head eventstore.Position) error {
	if int64(head)+1+s.options.PartitionEvents/aheadFraction < s.partitionEnd.Load() {
		return nil
	}
	return s.extend(ctx, head)
}

func (s *Store) extend(ctx context.Context, head eventstore.Position) error {
	end, err := ensurePartitions(ctx, s.pool, head, s.options.PartitionEvents)
	if err == nil {
		s.partitionEnd.Store(end)
	}
	return err
}
