// Package testpg gives every test a fresh database in a real PostgreSQL.
//
// One private cluster serves all test processes of a user. The first test that needs it starts it, and it keeps running
// between runs, so that a test pays some tens of milliseconds for CREATE DATABASE and nothing else. fsync is off: its
// files are worth nothing.
package testpg

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"vidilog/internal/embedded"
	"vidilog/schema/migrations"
)

// TB is what testpg needs of *testing.T, *testing.B or GinkgoT().
type TB interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
}

const (
	startWithin = 2 * time.Minute
	// poolConnections bounds one test's pool: the cluster has 300 connections for all tests of the machine.
	poolConnections = 24
	// leftoverAge is when a database whose test was killed before its cleanup may be dropped by another test.
	leftoverAge = 2 * time.Hour
	prefix      = "test_"
)

var (
	cluster      = sync.OnceValues(ensureCluster)
	lastDatabase atomic.Int64
)

// DSN creates an empty database and answers its connection string. The database is dropped when the test ends, with
// whoever is still connected.
func DSN(tb TB) string {
	tb.Helper()
	admin, err := cluster()
	if err != nil {
		tb.Fatalf("testpg: start the shared PostgreSQL: %v", err)
	}
	name := fmt.Sprintf("%s%d_%d_%d", prefix, time.Now().Unix(), os.Getpid(), lastDatabase.Add(1))
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	if err := createDatabase(ctx, admin, name); err != nil {
		tb.Fatalf("testpg: create database %s: %v", name, err)
	}
	tb.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), startWithin)
		defer cancel()
		_ = execute(ctx, admin, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
	})
	return strings.Replace(admin, "dbname=vidilog", "dbname="+name, 1)
}

// Pool creates an empty database and a pool of at most 24 connections to it. Both end with the test.
func Pool(tb TB) *pgxpool.Pool {
	tb.Helper()
	return open(tb, configuration(tb))
}

// Operational creates a database with the operational schema and a pool of at most 24 connections to it, which look into that
// schema. Both end with the test.
func Operational(tb TB) *pgxpool.Pool {
	tb.Helper()
	const schema = "ops"
	config := configuration(tb)
	if err := migrations.Apply(context.Background(), config.ConnConfig, schema, migrations.Ops, "ops"); err != nil {
		tb.Fatalf("testpg: create the operational schema: %v", err)
	}
	config.ConnConfig.RuntimeParams["search_path"] = schema
	return open(tb, config)
}

func configuration(tb TB) *pgxpool.Config {
	tb.Helper()
	config, err := pgxpool.ParseConfig(DSN(tb))
	if err != nil {
		tb.Fatalf("testpg: parse connection string: %v", err)
	}
	config.MaxConns = poolConnections
	return config
}

func open(tb TB, config *pgxpool.Config) *pgxpool.Pool {
	tb.Helper()
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		tb.Fatalf("testpg: open pool: %v", err)
	}
	tb.Cleanup(pool.Close)
	return pool
}

// ensureCluster answers the connection string of the shared cluster and starts it when it does not run. Test processes
// that begin together queue at a file lock, so that one starts it and the others find it.
func ensureCluster() (string, error) {
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("vidilog-testpg-%d", os.Getuid()))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	lock, err := os.OpenFile(filepath.Join(dir, "start.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return "", fmt.Errorf("lock %s: %w", lock.Name(), err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	services, err := embedded.Start(ctx, embedded.Options{
		DataDir:      dir,
		WithoutRedis: true,
		Logger:       slog.New(slog.DiscardHandler),
		PostgresSettings: map[string]string{
			"fsync": "off", "full_page_writes": "off", "synchronous_commit": "on",
			"max_connections": "300", "shared_buffers": "128MB", "autovacuum_naptime": "10min",
		},
	})
	if err != nil {
		return "", err
	}
	services.Abandon()
	return services.DSN, dropLeftovers(ctx, services.DSN)
}

// createDatabase copies template0, which nobody may connect to. Copies running at the same moment still collide
// sometimes ("source database is being accessed by other users"), so that is tried again.
func createDatabase(ctx context.Context, admin, name string) error {
	for {
		err := execute(ctx, admin, "CREATE DATABASE "+name+" TEMPLATE template0")
		var refused *pgconn.PgError
		if !errors.As(err, &refused) || refused.Code != "55006" {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// dropLeftovers drops databases of killed test runs; their names tell when they were made.
func dropLeftovers(ctx context.Context, admin string) error {
	connection, err := pgx.Connect(ctx, admin)
	if err != nil {
		return err
	}
	defer connection.Close(ctx)
	rows, err := connection.Query(ctx, "SELECT datname FROM pg_database WHERE starts_with(datname, $1)", prefix)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		var made int64
		if _, err := fmt.Sscanf(name, prefix+"%d_", &made); err != nil || time.Since(time.Unix(made, 0)) < leftoverAge {
			continue
		}
		// Another test process may be faster; what is left then is not an error.
		_, _ = connection.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)")
	}
	return nil
}

func execute(ctx context.Context, dsn, statement string) error {
	connection, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer connection.Close(context.WithoutCancel(ctx))
	_, err = connection.Exec(ctx, statement)
	return err
}
