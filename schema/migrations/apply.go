package migrations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// Apply creates schema where it is missing and brings it to the newest version of a set. folder is the set's folder in
// files ("eventstore"). Any number of processes may do so at the same time.
func Apply(ctx context.Context, config *pgx.ConnConfig, schema string, files fs.FS, folder string) error {
	set, err := fs.Sub(files, folder)
	if err != nil {
		return fmt.Errorf("migrations of %s: %w", schema, err)
	}
	config = config.Copy()
	// Unqualified names in the set must land in this schema, goose's own version table included.
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
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate %s: %w", schema, err)
	}
	return nil
}

// newProvider gives every schema a lock of its own, so that sets do not wait for each other.
func newProvider(db *sql.DB, schema string, set fs.FS) (*goose.Provider, error) {
	return goose.NewProvider(goose.DialectPostgres, db, set,
		goose.WithSessionLocker(sessionLocker{id: LockID(schema)}), goose.WithDisableGlobalRegistry(true))
}

// createSchema works under an advisory lock: CREATE SCHEMA IF NOT EXISTS by two processes at once fails with 23505.
func createSchema(ctx context.Context, db *sql.DB, schema string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", LockID("create "+schema))
	if err == nil {
		_, err = tx.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS "+pgx.Identifier{schema}.Sanitize())
	}
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// LockID is the key of an advisory lock for a purpose, such as the migrations of one schema.
func LockID(purpose string) int64 {
	h := fnv.New64a()
	h.Write([]byte("vidilog " + purpose)) // never fails
	return int64(h.Sum64())
}
