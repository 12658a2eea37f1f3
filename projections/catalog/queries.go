package catalog

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/projections/engine"
)

// Catalog answers questions about the model. It may be used from any goroutine.
type Catalog struct {
	db     engine.Querier
	totals *totals
	// trigrams is the schema of pg_trgm once it has been looked up, empty without the extension.
	trigrams atomic.Pointer[string]
}

// New asks db, which is engine.DB(Name).
func New(db engine.Querier) *Catalog { return &Catalog{db: db, totals: newTotals()} }

//go:embed sql/*.sql
var queries embed.FS

var statementOf = engine.Queries(queries)

// query reads a statement by the name of the question it answers. {channel}, {account} and {comment} stand for the columns
// that destinations of Channel, Account and Comment scan, of tables ch, a, u, c and v.
func query(name string) string {
	return strings.NewReplacer("{channel}", channelColumns, "{account}", accountColumns, "{comment}", commentColumns).Replace(statementOf(name))
}

// one runs a query for a single row; nothing found is CodeNotFound with the given sentence.
func one[T any](ctx context.Context, db engine.Querier, missing, sql string, scan pgx.RowToFunc[T], args ...any) (T, error) {
	result, err := db.Query(ctx, sql, args...)
	if err != nil {
		var none T
		return none, fmt.Errorf("catalog: %w", err)
	}
	found, err := pgx.CollectExactlyOneRow(result, scan)
	if errors.Is(err, pgx.ErrNoRows) {
		return found, kernel.NotFound("%s", missing)
	}
	if err != nil {
		return found, fmt.Errorf("catalog: %w", err)
	}
	return found, nil
}

// many runs a query for rows.
func many[T any](ctx context.Context, db engine.Querier, sql string, scan pgx.RowToFunc[T], args ...any) ([]T, error) {
	result, err := db.Query(ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	found, err := pgx.CollectRows(result, scan)
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	return found, nil
}
