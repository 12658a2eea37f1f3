package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"vidilog/eventstore"
)

// RegistrySchema holds the tables that say which builds of read models there are.
const RegistrySchema = "vidilog_readmodels"

// State says what a build is good for.
type State string

// The states of a build.
const (
	Building State = "building" // being filled
	Live     State = "live"     // what readers see
	Warm     State = "warm"     // was live, kept for a roll-back and for programs of its version
	Failed   State = "failed"   // could not be finished
	Dropped  State = "dropped"  // its schema is gone
)

// Build is one materialisation of a read model, in a schema of its own.
type Build struct {
	ID      int64
	Model   string
	Version int
	Number  int
	Schema  string
	State   State
	// Position is the checkpoint: all events up to it are in the rows.
	Position eventstore.Position
	// Phase and Target belong to a build under way.
	Phase  string
	Target eventstore.Position
	// Digest was taken at DigestPosition, when the build was last compared; nil before.
	Digest         []byte
	DigestPosition eventstore.Position
	// Stop is set while the build stands still because of an event.
	Stop      *Stop
	StartedAt time.Time
	LiveAt    *time.Time
}

// Stop says why a read model stands still.
type Stop struct {
	Position eventstore.Position // of the event that could not be applied, 0 when no event is to blame
	Type     string              // its type
	Reason   string
	Stack    string
	At       time.Time
}

func (s *Stop) Error() string {
	return fmt.Sprintf("stopped at event %d (%s): %s", s.Position, s.Type, s.Reason)
}

// registry reads and writes the registry's tables. The statements of runners name it in full; here search_path does.
type registry struct{ pool *pgxpool.Pool }

const buildColumns = `
select b.id, b.model, b.version, b.number, b.schema_name, b.state, c.position, b.phase, b.target, b.digest,
       coalesce(b.digest_position, 0), b.error, coalesce(b.error_stack, ''), coalesce(b.error_position, 0),
       coalesce(b.error_type, ''), coalesce(b.error_at, now()), b.started_at, b.live_at
  from builds b join checkpoints c on c.build_id = b.id`

func scanBuild(row pgx.CollectableRow) (Build, error) {
	var b Build
	var reason *string
	var s Stop
	err := row.Scan(&b.ID, &b.Model, &b.Version, &b.Number, &b.Schema, &b.State, &b.Position, &b.Phase, &b.Target, &b.Digest,
		&b.DigestPosition, &reason, &s.Stack, &s.Position, &s.Type, &s.At, &b.StartedAt, &b.LiveAt)
	if reason != nil {
		s.Reason = *reason
		b.Stop = &s
	}
	return b, err
}

// builds answers the builds of a model (of all when empty) that have a schema, newest first.
func (r registry) builds(ctx context.Context, model string) ([]Build, error) {
	const query = buildColumns + `
 where ($1 = '' or b.model = $1) and b.state <> 'dropped' order by b.model, b.version desc, b.number desc`
	rows, err := r.pool.Query(ctx, query, model)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanBuild)
}

func (r registry) build(ctx context.Context, id int64) (Build, error) {
	rows, err := r.pool.Query(ctx, buildColumns+" where b.id = $1", id)
	if err != nil {
		return Build{}, err
	}
	return pgx.CollectExactlyOneRow(rows, scanBuild)
}

// serving answers the build that a program with this version of the model uses: the live one when it has the version, else the
// newest that was live.
func (r registry) serving(ctx context.Context, model string, version int) (Build, bool, error) {
	const query = buildColumns + `
 where b.model = $1 and b.version = $2 and b.state in ('live', 'warm') order by (b.state = 'live') desc, b.number desc limit 1`
	rows, err := r.pool.Query(ctx, query, model, version)
	if err != nil {
		return Build{}, false, err
	}
	b, err := pgx.CollectExactlyOneRow(rows, scanBuild)
	if errors.Is(err, pgx.ErrNoRows) {
		return Build{}, false, nil
	}
	return b, err == nil, err
}

// create adds a build with a checkpoint before the first event. Its schema does not exist yet. lock is the connection that
// holds the build's session lock from the moment on at which others can see the build.
func (r registry) create(ctx context.Context, lock *pgx.Conn, model string, version int, purpose string) (Build, error) {
	var id int64
	err := pgx.BeginFunc(ctx, lock, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `insert into models (name) values ($1) on conflict do nothing`, model); err != nil {
			return err
		}
		// The lock makes number a counter.
		if _, err := tx.Exec(ctx, `select 1 from models where name = $1 for update`, model); err != nil {
			return err
		}
		const insert = `
insert into builds (model, version, number, schema_name, state, purpose)
select $1::text, $2::int, n, 'rm_' || $1 || '_v' || $2 || '_b' || n, 'building', $3
  from (select coalesce(max(number), 0) + 1 as n from builds where model = $1 and version = $2) as next
returning id, schema_name`
		var schema string
		if err := tx.QueryRow(ctx, insert, model, version, purpose).Scan(&id, &schema); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `select pg_advisory_lock($1)`, buildLock(schema)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into checkpoints (build_id, position) values ($1, 0)`, id)
		return err
	})
	if err != nil {
		return Build{}, fmt.Errorf("register a build of %s: %w", model, err)
	}
	return r.build(ctx, id)
}

// drop removes a build's schema and keeps its line.
func (r registry) drop(ctx context.Context, b Build) error {
	return pgx.BeginFunc(ctx, r.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "drop schema if exists "+quote(b.Schema)+" cascade"); err != nil {
			return fmt.Errorf("drop %s: %w", b.Schema, err)
		}
		_, err := tx.Exec(ctx, `update builds set state = 'dropped', retired_at = coalesce(retired_at, now()) where id = $1`, b.ID)
		return err
	})
}

func (r registry) setPhase(ctx context.Context, id int64, phase string, target eventstore.Position) error {
	_, err := r.pool.Exec(ctx, `update builds set phase = $2, target = $3 where id = $1`, id, phase, target)
	return err
}

func (r registry) setDigest(ctx context.Context, id int64, d Digest) error {
	_, err := r.pool.Exec(ctx, `update builds set digest = $2, digest_position = $3 where id = $1`, id, d.Sum[:], d.Position)
	return err
}

// stop records why a build stands still.
func (r registry) stop(ctx context.Context, id int64, s *Stop) error {
	_, err := r.pool.Exec(ctx, `update builds set error = $2, error_stack = $3, error_position = $4, error_type = $5, error_at = now()
 where id = $1`, id, s.Reason, s.Stack, s.Position, s.Type)
	return err
}

// resume forgets why a build stood still and tells the process that runs it.
func (r registry) resume(ctx context.Context, model string) (int64, error) {
	tag, err := r.pool.Exec(ctx, `update builds set error = null, error_stack = null, error_position = null, error_type = null,
 error_at = null where model = $1 and state in ('live', 'warm') and error is not null`, model)
	if err == nil {
		err = r.notify(ctx, model)
	}
	return tag.RowsAffected(), err
}

// channel is where processes tell each other that a line of the registry has changed; the payload is the model.
const channel = "vidilog_readmodels"

func (r registry) notify(ctx context.Context, model string) error {
	_, err := r.pool.Exec(ctx, `select pg_notify($1, $2)`, channel, model)
	return err
}

func (r registry) fail(ctx context.Context, id int64) error {
	_, err := r.pool.Exec(ctx, `update builds set state = 'failed' where id = $1 and state = 'building'`, id)
	return err
}

// clear forgets why one build stood still.
func (r registry) clear(ctx context.Context, id int64) error {
	_, err := r.pool.Exec(ctx, `update builds set error = null, error_stack = null, error_position = null, error_type = null,
 error_at = null where id = $1`, id)
	return err
}
