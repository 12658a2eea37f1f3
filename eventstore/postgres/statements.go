package postgres

// Statements that run before or beside appends. Names are unqualified: every connection's search_path is Schema.
const (
	selectHeadExists = `SELECT to_regclass('head') IS NOT NULL`
	selectEpoch      = `SELECT format_epoch FROM head`
	insertHead       = `INSERT INTO head (position, recorded_at, format_epoch) VALUES (0, 'epoch', $1) ON CONFLICT DO NOTHING`
	selectHead       = `SELECT position FROM head`

	selectClaimOwner = `SELECT owner FROM claims WHERE kind = $1 AND key = $2`
	selectClaimsOf   = `SELECT key, owner FROM claims WHERE kind = $1 AND key > $2 ORDER BY key LIMIT $3`
	selectVault      = `SELECT sealed FROM vault WHERE ref = $1`
	selectCommand    = `SELECT position, result, payload_hash FROM commands WHERE key = $1`

	// In small steps, so that the sweep never holds many row locks or a long snapshot.
	sweepCommands = `DELETE FROM commands WHERE key IN
		(SELECT key FROM commands WHERE NOT forever AND created_at < $1 ORDER BY created_at LIMIT $2)`

	selectNow = `SELECT now()`
)

// eventColumns is the order in which events are written and read.
const eventColumns = `position, recorded_at, stream_version, event_id, correlation, causation, schema_version, stream_kind,
	stream_id, event_type, command_id, actor_kind, actor_id, actor_on_behalf_of, origin, key_ref, leaf_hash, payload`

const (
	selectEvents = `SELECT ` + eventColumns + ` FROM events WHERE position > $1 ORDER BY position LIMIT $2`

	// The positions of the stream's first and last event keep the search out of the partitions between which it does not lie.
	selectStream = `SELECT ` + eventColumns + ` FROM events
		WHERE stream_kind = $1 AND stream_id = $2 AND stream_version > $3
		AND position >= (SELECT first_position FROM streams WHERE kind = $1 AND id = $2)
		AND position <= (SELECT last_position FROM streams WHERE kind = $1 AND id = $2)
		ORDER BY stream_version LIMIT $4`
)

// Statements of the appender, prepared under these names on its connection. The time-outs of that connection come with it.
var appendStatements = map[string]string{
	stmtBegin:    `BEGIN ISOLATION LEVEL READ COMMITTED`,
	stmtRollback: `ROLLBACK`,
	stmtCommit:   `COMMIT`,
	// clock_timestamp, not now(): the transaction may have begun long before it got the lock.
	stmtLock: `SELECT position, recorded_at, clock_timestamp() FROM head FOR UPDATE`,

	stmtLoadStreams: `SELECT s.kind, s.id, s.version, s.first_position FROM unnest($1::text[], $2::text[]) AS k (kind, id)
		JOIN streams s ON s.kind = k.kind AND s.id = k.id`,
	stmtLoadClaims: `SELECT c.kind, c.key, c.owner FROM unnest($1::text[], $2::text[]) AS k (kind, key)
		JOIN claims c ON c.kind = k.kind AND c.key = k.key`,
	stmtLoadCommands: `SELECT c.key, c.payload_hash, c.position, c.result FROM unnest($1::uuid[]) AS k (key)
		JOIN commands c ON c.key = k.key`,

	stmtRowTypes:     `SELECT 'event_row'::regtype::oid, 'stream_row'::regtype::oid, 'command_row'::regtype::oid`,
	stmtInsertEvents: `INSERT INTO events (` + eventColumns + `) SELECT * FROM unnest($1::event_row[])`,
	stmtUpsertStreams: `INSERT INTO streams (kind, id, version, first_position, last_position)
		SELECT * FROM unnest($1::stream_row[])
		ON CONFLICT (kind, id) DO UPDATE SET version = EXCLUDED.version, last_position = EXCLUDED.last_position`,
	stmtUpsertClaims: `INSERT INTO claims (kind, key, owner, position)
		SELECT k.kind, k.key, k.owner, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS k (kind, key, owner)
		ON CONFLICT (kind, key) DO UPDATE SET owner = EXCLUDED.owner, position = EXCLUDED.position`,
	stmtDeleteClaims: `DELETE FROM claims c USING unnest($1::text[], $2::text[]) AS k (kind, key)
		WHERE c.kind = k.kind AND c.key = k.key`,
	stmtUpsertVault: `INSERT INTO vault (ref, sealed, position)
		SELECT k.ref, k.sealed, $3 FROM unnest($1::text[], $2::bytea[]) AS k (ref, sealed)
		ON CONFLICT (ref) DO UPDATE SET sealed = EXCLUDED.sealed, position = EXCLUDED.position`,
	stmtDeleteVault: `DELETE FROM vault WHERE ref = ANY ($1::text[])`,
	stmtInsertCommands: `INSERT INTO commands (key, created_at, position, forever, payload_hash, actor, type, id, result)
		SELECT * FROM unnest($1::command_row[])`,
	stmtInsertEvent: `INSERT INTO events (` + eventColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
	stmtUpsertStream: `INSERT INTO streams (kind, id, version, first_position, last_position) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (kind, id) DO UPDATE SET version = EXCLUDED.version, last_position = EXCLUDED.last_position`,
	stmtInsertCommand: `INSERT INTO commands (key, created_at, position, forever, payload_hash, actor, type, id, result)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
	stmtUpdateHead: `UPDATE head SET position = $1, recorded_at = $2 WHERE id = 1`,
	stmtNotify:     `SELECT pg_notify('` + channel + `', $1)`,
}

// Names of the prepared statements above.
const (
	stmtBegin          = "begin"
	stmtRollback       = "rollback"
	stmtCommit         = "commit"
	stmtLock           = "lock_head"
	stmtRowTypes       = "row_types"
	stmtLoadStreams    = "load_streams"
	stmtLoadClaims     = "load_claims"
	stmtLoadCommands   = "load_commands"
	stmtInsertEvents   = "insert_events"
	stmtUpsertStreams  = "upsert_streams"
	stmtUpsertClaims   = "upsert_claims"
	stmtDeleteClaims   = "delete_claims"
	stmtUpsertVault    = "upsert_vault"
	stmtDeleteVault    = "delete_vault"
	stmtInsertCommands = "insert_commands"
	stmtInsertEvent    = "insert_event"
	stmtUpsertStream   = "upsert_stream"
	stmtInsertCommand  = "insert_command"
	stmtUpdateHead     = "update_head"
	stmtNotify         = "notify"
)
