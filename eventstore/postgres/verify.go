package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"vidilog/eventstore"
)

// What is checked inside the database, because it needs all events of a stream at once: PostgreSQL sorts on disk where memory
// does not do. Each statement answers the position (0 where it is about no event) and the fault in words.
const (
	verifyVersions = `SELECT position, format('has version %s of stream %s-%s, which is its event number %s',
			stream_version, stream_kind, stream_id, number)
		FROM (SELECT position, stream_kind, stream_id, stream_version,
			row_number() OVER (PARTITION BY stream_kind, stream_id ORDER BY position) AS number FROM events) e
		WHERE stream_version <> number ORDER BY position LIMIT $1`

	// Appends decide on streams alone, so a row there that is not what events say would let a conflict through, or refuse for ever.
	verifyStreams = `SELECT 0::bigint, format('stream %s-%s is recorded with version %s and events %s to %s, the log has %s events, %s to %s',
			coalesce(s.kind, e.stream_kind), coalesce(s.id, e.stream_id), coalesce(s.version, 0), coalesce(s.first_position, 0),
			coalesce(s.last_position, 0), coalesce(e.events, 0), coalesce(e.first, 0), coalesce(e.last, 0))
		FROM streams s FULL JOIN (SELECT stream_kind, stream_id, count(*) AS events, min(position) AS first, max(position) AS last
			FROM events GROUP BY 1, 2) e ON e.stream_kind = s.kind AND e.stream_id = s.id
		WHERE (s.version, s.first_position, s.last_position) IS DISTINCT FROM (e.events, e.first, e.last) LIMIT $1`

	// A restore of some tables and not of others shows here.
	verifyHead = `SELECT 0::bigint, fault FROM (
		SELECT format('the head is %s, the last event is at %s', h.position, coalesce(e.last, 0)) AS fault
			FROM head h, (SELECT max(position) AS last FROM events) e WHERE h.position <> coalesce(e.last, 0)
		UNION ALL SELECT format('claim %s %s was taken at %s, after the end of the log', c.kind, c.key, c.position)
			FROM head h, claims c WHERE c.position > h.position
		UNION ALL SELECT format('command %s %s was answered with %s, after the end of the log', c.type, c.id, c.position)
			FROM head h, commands c WHERE c.position > h.position
		UNION ALL SELECT format('secret %s was written at %s, after the end of the log', v.ref, v.position)
			FROM head h, vault v WHERE v.position > h.position) f LIMIT $1`
)

// Ledger is what VerifyLedger held against each other.
type Ledger struct {
	Head    eventstore.Position
	Streams int64
	// Faults found, up to the limit of each kind.
	Faults []eventstore.Fault
}

// VerifyLedger checks what a look at one event after the other cannot (see eventstore.Verifier): versions within streams, and the
// tables that appends decide on against the events. It reads the whole log in one snapshot, beside a running server; atMost is
// how many faults of each kind are told.
func (s *Store) VerifyLedger(ctx context.Context, atMost int) (Ledger, error) {
	var result Ledger
	err := pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		// the readers' connections plan for look-ups by key; these want whole tables
		if _, err := tx.Exec(ctx, `SET LOCAL enable_seqscan = on; SET LOCAL statement_timeout = 0`); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `SELECT (SELECT position FROM head), (SELECT count(*) FROM streams)`).
			Scan(&result.Head, &result.Streams); err != nil {
			return err
		}
		for _, check := range []string{verifyVersions, verifyStreams, verifyHead} {
			rows, err := tx.Query(ctx, check, atMost)
			if err != nil {
				return err
			}
			faults, err := pgx.CollectRows(rows, pgx.RowToStructByPos[eventstore.Fault])
			if err != nil {
				return err
			}
			result.Faults = append(result.Faults, faults...)
		}
		return nil
	})
	if err != nil {
		return result, fmt.Errorf("event store: verify: %w", err)
	}
	return result, nil
}
