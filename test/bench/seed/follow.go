package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"vidilog/eventstore/bus"
	"vidilog/projections/engine"
)

// followed says that process managers and effects have done what follows from the made log. There are no files behind it:
// without this the next start would try to make torrents, storyboards and renditions of every video, for hours, and fail.
func (t *target) followed(ctx context.Context) error {
	head, err := t.log.Head(ctx)
	if err != nil {
		return fmt.Errorf("head of the log: %w", err)
	}
	moved, err := t.pool.Exec(ctx, "update "+bus.Schema+".consumers set checkpoint = $1", int64(head))
	if err != nil {
		return fmt.Errorf("checkpoints of the consumers: %w", err)
	}
	if moved.RowsAffected() == 0 {
		return errors.New("nobody follows this log yet: start the instance and let it run until /readyz answers 200")
	}
	return nil
}

// unbuild removes the read models. The next start builds them from the whole log, which takes a tenth of the time of following it.
func (t *target) unbuild(ctx context.Context) error {
	registry := engine.RegistrySchema
	rows, err := t.pool.Query(ctx, "select schema_name from "+registry+".builds where state <> 'dropped'")
	if err != nil {
		return fmt.Errorf("builds of read models: %w", err)
	}
	schemas, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("builds of read models: %w", err)
	}
	statements := []string{"update " + registry + ".models set live_build = null", "delete from " + registry + ".builds"}
	for _, schema := range schemas {
		statements = append(statements, "drop schema "+pgx.Identifier{schema}.Sanitize()+" cascade")
	}
	for _, statement := range statements {
		if _, err := t.pool.Exec(ctx, statement); err != nil {
			return fmt.Errorf("remove read models: %w", err)
		}
	}
	return nil
}
