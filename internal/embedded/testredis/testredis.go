// Package testredis gives every test an empty database of a real Redis.
//
// One private server with many numbered databases serves all test processes of a user and keeps running between runs.
// Publish and subscribe know no databases in Redis: a test that uses channels names them uniquely.
package testredis

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"

	"vidilog/internal/embedded"
)

// TB is what testredis needs of *testing.T, *testing.B or GinkgoT().
type TB interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
}

const (
	databases   = 1024 // number 0 holds the leases of the others
	startWithin = time.Minute
	// leaseTime frees the database of a killed test.
	leaseTime = time.Hour
)

var server = sync.OnceValues(ensureServer)

// Options lends an empty database until the test ends and answers how to connect to it.
func Options(tb TB) *redis.Options {
	tb.Helper()
	shared, err := server()
	if err != nil {
		tb.Fatalf("testredis: start the shared Redis: %v", err)
	}
	leases := redis.NewClient(shared)
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	number, err := lend(ctx, leases)
	if err != nil {
		tb.Fatalf("testredis: lend a database: %v", err)
	}
	options := *shared
	options.DB = number
	if err := flush(ctx, options); err != nil {
		tb.Fatalf("testredis: empty database %d: %v", number, err)
	}
	tb.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), startWithin)
		defer cancel()
		_ = flush(ctx, options)
		_ = leases.Del(ctx, leaseKey(number)).Err()
		_ = leases.Close()
	})
	return &options
}

// Client lends an empty database and answers a client of it. Both end with the test.
func Client(tb TB) *redis.Client {
	tb.Helper()
	client := redis.NewClient(Options(tb))
	tb.Cleanup(func() { _ = client.Close() })
	return client
}

func lend(ctx context.Context, leases *redis.Client) (int, error) {
	for range databases {
		turn, err := leases.Incr(ctx, "turn").Result()
		if err != nil {
			return 0, err
		}
		number := int(turn%(databases-1)) + 1
		free, err := leases.SetNX(ctx, leaseKey(number), os.Getpid(), leaseTime).Result()
		if err != nil || free {
			return number, err
		}
	}
	return 0, errors.New("all databases are lent")
}

func leaseKey(number int) string { return "lease:" + strconv.Itoa(number) }

func flush(ctx context.Context, options redis.Options) error {
	client := redis.NewClient(&options)
	defer client.Close()
	return client.FlushDB(ctx).Err()
}

// ensureServer starts the shared Redis or finds it running; a file lock lets one of many processes do it.
func ensureServer() (*redis.Options, error) {
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("vidilog-testredis-%d", os.Getuid()))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(filepath.Join(dir, "start.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return nil, fmt.Errorf("lock %s: %w", lock.Name(), err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	services, err := embedded.Start(ctx, embedded.Options{
		DataDir:         dir,
		WithoutPostgres: true,
		RedisDatabases:  databases,
		Logger:          slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, err
	}
	services.Abandon()
	return services.RedisOptions, nil
}
