package postgres

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"vidilog/eventstore"
	"vidilog/schema/migrations"
)

// A kind becomes part of a sequence's name, of 63 bytes at most.
var sequenceKind = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

const (
	sequencePrefix   = "integer_"
	undefinedTable   = "42P01"
	selectSequences  = `SELECT substring(sequencename FROM 9) FROM pg_sequences WHERE schemaname = $1 AND sequencename LIKE 'integer\_%'`
	selectNext       = `SELECT nextval($1::text::regclass)`
	selectTopInteger = `SELECT key::bigint FROM claims WHERE kind = $1 ORDER BY key DESC LIMIT 1`
	// last_value counts only once it has been drawn.
	raiseSequence = `SELECT setval('%[1]s', greatest($1, CASE WHEN is_called THEN last_value ELSE 1 END),
		is_called OR $1 >= last_value) FROM %[1]s`
)

// NextInteger draws the next integer of a kind, from a sequence of its own. A number survives crashes once drawn, because
// nextval is written ahead and the transaction around it commits.
func (s *Store) NextInteger(ctx context.Context, kind string) (int64, error) {
	if !sequenceKind.MatchString(kind) {
		return 0, fmt.Errorf("draw an integer: %q is not a kind; use small letters, digits and underscores", kind)
	}
	n, err := s.nextval(ctx, kind)
	if isUndefined(err) {
		if err = s.createSequence(ctx, kind); err == nil {
			n, err = s.nextval(ctx, kind)
		}
	}
	if err != nil {
		return 0, fmt.Errorf("draw an integer of %s: %w", kind, err)
	}
	return n, nil
}

func (s *Store) nextval(ctx context.Context, kind string) (n int64, err error) {
	err = s.pool.QueryRow(ctx, selectNext, sequencePrefix+kind).Scan(&n)
	return n, err
}

// RaiseInteger makes the next integer of a kind greater than used.
func (s *Store) RaiseInteger(ctx context.Context, kind string, used int64) error {
	if !sequenceKind.MatchString(kind) || used < 0 {
		return fmt.Errorf("raise integer %q above %d: not a kind, or negative", kind, used)
	}
	if err := s.createSequence(ctx, kind); err != nil {
		return fmt.Errorf("raise integer %s: %w", kind, err)
	}
	if used == 0 {
		return nil
	}
	return s.raise(ctx, kind, used)
}

// raise holds a lock against another raise; a number drawn in the same moment would make setval go back, so the sequence
// is locked as well.
func (s *Store) raise(ctx context.Context, kind string, used int64) error {
	name := pgx.Identifier{sequencePrefix + kind}.Sanitize()
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if err := lockSequence(ctx, tx, name); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, fmt.Sprintf(raiseSequence, name), used)
		return err
	})
	if err != nil {
		return fmt.Errorf("raise integer %s above %d: %w", kind, used, err)
	}
	return nil
}

// lockSequence keeps nextval out until the transaction ends. LOCK TABLE refuses sequences; an ALTER that changes nothing
// takes the lock that is needed.
func lockSequence(ctx context.Context, tx pgx.Tx, name string) error {
	_, err := tx.Exec(ctx, "ALTER SEQUENCE "+name+" INCREMENT BY 1")
	return err
}

// createSequence works under an advisory lock, because two CREATE … IF NOT EXISTS at once may collide.
func (s *Store) createSequence(ctx context.Context, kind string) error {
	name := pgx.Identifier{sequencePrefix + kind}.Sanitize()
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", migrations.LockID("sequences")); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "CREATE SEQUENCE IF NOT EXISTS "+name)
		return err
	})
}

// raiseIntegers repairs sequences that lag behind what has been claimed, as after a restore of a part of the database.
func (s *Store) raiseIntegers(ctx context.Context) error {
	rows, err := s.pool.Query(ctx, selectSequences, Schema)
	if err != nil {
		return fmt.Errorf("list sequences: %w", err)
	}
	kinds, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("list sequences: %w", err)
	}
	for _, kind := range kinds {
		var used int64
		found, err := s.lookUp(ctx, selectTopInteger, []any{eventstore.IntegerClaim(kind, 0).Kind}, &used)
		if err == nil && found {
			err = s.RaiseInteger(ctx, kind, used)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func isUndefined(err error) bool {
	var reported *pgconn.PgError
	return errors.As(err, &reported) && reported.Code == undefinedTable
}
