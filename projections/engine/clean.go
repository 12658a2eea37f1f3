package engine

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// keepWarm is how long a build that was live is left alone although another one is warm: a server that has not noticed two
// rebuilds in a row still reads it.
const keepWarm = 30 * time.Second

// clean drops builds that failed and those beyond the newest warm one, unless a program of their version still reads them.
func (e *Engine) clean(ctx context.Context, model string) error {
	const beyond = buildColumns + `
 where b.model = $1 and (b.state = 'failed' or b.state = 'warm' and b.retired_at < now() - make_interval(secs => $2)
   and exists (select 1 from builds n where n.model = b.model and n.state = 'warm' and n.retired_at > b.retired_at)
   and not exists (select 1 from pg_stat_activity a
                    where a.datname = current_database() and a.application_name = $3 || b.schema_name))`
	rows, err := e.registry.pool.Query(ctx, beyond, model, keepWarm.Seconds(), readersName)
	if err != nil {
		return err
	}
	old, err := pgx.CollectRows(rows, scanBuild)
	if err != nil {
		return err
	}
	for _, b := range old {
		if err := e.registry.drop(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// orphans answers builds under way whose process is gone.
func (e *Engine) orphans(ctx context.Context, model string) ([]Build, error) {
	all, err := e.registry.builds(ctx, model)
	if err != nil {
		return nil, err
	}
	var gone []Build
	for _, b := range all {
		if b.State != Building {
			continue
		}
		lock, err := e.lock(ctx, buildLock(b.Schema))
		if errors.Is(err, errLocked) {
			continue
		}
		if err != nil {
			return nil, err
		}
		_ = lock.Close(context.WithoutCancel(ctx))
		gone = append(gone, b)
	}
	return gone, nil
}

func (e *Engine) discardOrphans(ctx context.Context, model string) error {
	gone, err := e.orphans(ctx, model)
	for _, b := range gone {
		err = errors.Join(err, e.registry.drop(ctx, b))
	}
	return err
}

// lockWaiting waits for the lock of a model's rebuild.
func (e *Engine) lockWaiting(ctx context.Context, model string) (*pgx.Conn, error) {
	conn, err := e.database.connect(ctx, RegistrySchema, "build", nil)
	if err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, "select pg_advisory_lock($1)", modelLock(model)); err != nil {
		_ = conn.Close(context.WithoutCancel(ctx))
		return nil, err
	}
	return conn, nil
}
