package migrations

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// ApplyTo is Apply for the files in the root of set, up to and with one version: a rebuild creates tables, fills them, and
// creates the indexes afterwards.
func ApplyTo(ctx context.Context, config *pgx.ConnConfig, schema string, set fs.FS, version int64) error {
	config = config.Copy()
	config.RuntimeParams["search_path"] = pgx.Identifier{schema}.Sanitize()
	config.RuntimeParams["client_min_messages"] = "warning"
	db := stdlib.OpenDB(*config)
	defer func() { _ = db.Close() }() // nothing is open that could be lost
	if err := createSchema(ctx, db, schema); err != nil {
		return fmt.Errorf("create schema %s: %w", schema, err)
	}
	provider, err := newProvider(db, schema, set)
	if err != nil {
		return fmt.Errorf("migrations of %s: %w", schema, err)
	}
	if _, err := provider.UpTo(ctx, version); err != nil {
		return fmt.Errorf("migrate %s: %w", schema, err)
	}
	return nil
}
