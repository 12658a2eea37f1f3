package engine

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/puddle/v2"
)

// DB is where the queries of one read model run: on the pool of whatever build is live. It stays the same over rebuilds; a
// query that has begun ends on the build it began on. Tables are named without schema.
type DB struct {
	model string
	pool  atomic.Pointer[pgxpool.Pool]
}

// Querier is what queries need; *DB and *Conn are ones.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

// ErrNotServed means that a model has no build to read yet.
var ErrNotServed = errors.New("the read model is not being served")

// Conn is a connection to one build, for several queries that must see the same one. Release gives it back.
type Conn struct{ *pgxpool.Conn }

// Acquire borrows a connection to the live build.
func (d *DB) Acquire(ctx context.Context) (*Conn, error) {
	for {
		pool := d.pool.Load()
		if pool == nil {
			return nil, fmt.Errorf("%s: %w", d.model, ErrNotServed)
		}
		conn, err := pool.Acquire(ctx)
		if err == nil {
			return &Conn{conn}, nil
		}
		// The pool was closed between Load and Acquire because another build took its place: that one will do.
		if !errors.Is(err, puddle.ErrClosedPool) || d.pool.Load() == pool {
			return nil, fmt.Errorf("%s: %w", d.model, err)
		}
	}
}

// Query runs a query; its rows must be closed or read to the end.
func (d *DB) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	conn, err := d.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	result, err := conn.Query(ctx, sql, args...)
	if err != nil {
		conn.Release()
		return nil, err
	}
	return &rows{Rows: result, conn: conn}, nil
}

// QueryRow runs a query for one row; Scan answers pgx.ErrNoRows when there is none.
func (d *DB) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	conn, err := d.Acquire(ctx)
	if err != nil {
		return failedRow{err}
	}
	return &row{row: conn.QueryRow(ctx, sql, args...), conn: conn}
}

// SendBatch runs several queries in one round trip and on one build; the results must be closed.
func (d *DB) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	conn, err := d.Acquire(ctx)
	if err != nil {
		return failedBatch{err}
	}
	return &results{BatchResults: conn.SendBatch(ctx, b), conn: conn}
}

// rows, row and results give their connection back at the end.
type rows struct {
	pgx.Rows
	conn *Conn
}

func (r *rows) release() {
	if r.conn != nil {
		r.conn.Release()
		r.conn = nil
	}
}

// Close ends the query.
func (r *rows) Close() {
	r.Rows.Close()
	r.release()
}

// Next reads the next row, and ends the query behind the last one.
func (r *rows) Next() bool {
	more := r.Rows.Next()
	if !more {
		r.Close()
	}
	return more
}

// Scan reads the row's columns; a failure ends the query.
func (r *rows) Scan(dest ...any) error {
	err := r.Rows.Scan(dest...)
	if err != nil {
		r.Close()
	}
	return err
}

// Values reads the row; a failure ends the query.
func (r *rows) Values() ([]any, error) {
	v, err := r.Rows.Values()
	if err != nil {
		r.Close()
	}
	return v, err
}

type row struct {
	row  pgx.Row
	conn *Conn
}

func (r *row) Scan(dest ...any) error {
	defer r.conn.Release()
	return r.row.Scan(dest...)
}

type failedRow struct{ err error }

func (r failedRow) Scan(...any) error { return r.err }

type results struct {
	pgx.BatchResults
	conn *Conn
}

// Close ends the batch.
func (r *results) Close() error {
	err := r.BatchResults.Close()
	if r.conn != nil {
		r.conn.Release()
		r.conn = nil
	}
	return err
}

type failedBatch struct{ err error }

func (f failedBatch) Exec() (pgconn.CommandTag, error) { return pgconn.CommandTag{}, f.err }
func (f failedBatch) Query() (pgx.Rows, error)         { return nil, f.err }
func (f failedBatch) QueryRow() pgx.Row                { return failedRow(f) }
func (f failedBatch) Tx() pgx.Tx                       { return nil }
func (f failedBatch) Close() error                     { return f.err }
