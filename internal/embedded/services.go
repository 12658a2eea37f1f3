package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// stopWithin is the time for an orderly end after a failed start.
const stopWithin = 30 * time.Second

// ErrNotRunning says that no private services run for a data folder; Attach answers it.
var ErrNotRunning = errors.New("no running services")

// Options of Start. DataDir is required.
type Options struct {
	// DataDir is the instance's data folder; it is created when missing.
	DataDir string
	// Logger gets what an administrator may need later; nil means slog.Default().
	Logger *slog.Logger
	// Progress gets one line per step for a person who waits; nil means no lines.
	Progress func(string)
	// WithoutPostgres and WithoutRedis leave out the service that the configuration names elsewhere.
	WithoutPostgres, WithoutRedis bool
	// PostgresSettings overlay the tuned settings of postgresql.conf, e.g. fsync=off in tests.
	PostgresSettings map[string]string
	// RedisDatabases is the number of Redis databases; 0 means 16.
	RedisDatabases int
}

// Services are the running private PostgreSQL and Redis of one data folder.
type Services struct {
	// DSN connects to the database as its owner; empty with WithoutPostgres.
	DSN string
	// RedisOptions connect to Redis; nil with WithoutRedis. Copy before changing.
	RedisOptions *redis.Options
	// PostgresAdopted and RedisAdopted tell that the process outlived an earlier server.
	PostgresAdopted, RedisAdopted bool
	// LogsDir holds the logs of both services.
	LogsDir string

	postgres *postgresServer
	redis    *redisServer
	logger   *slog.Logger
	watching context.CancelFunc
	watchers sync.WaitGroup
}

// Start brings both services up: it creates, starts, adopts or repairs as needed, and then keeps them running until
// Stop. The caller holds LockDataDir of the folder.
func Start(ctx context.Context, options Options) (*Services, error) {
	options = options.withDefaults()
	place, err := prepare(options.DataDir)
	if err != nil {
		return nil, err
	}
	services := newServices(place, options)
	if err := services.startBoth(ctx); err != nil {
		// The context may be what ended the start; what runs already gets its own time to stop in order.
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
		defer cancel()
		return nil, errors.Join(err, services.stopStarted(patience))
	}
	services.publish()
	services.watch()
	return services, nil
}

// Attach finds the services that a running server (or a killed one) keeps for the data folder, for verbs of the command
// line. It answers ErrNotRunning when PostgreSQL does not run. Stop of attached services does nothing.
func Attach(dataDir string) (*Services, error) {
	place, err := locate(dataDir)
	if err != nil {
		return nil, err
	}
	services := newServices(place, Options{DataDir: dataDir}.withDefaults())
	pid := services.postgres.runningPID()
	if pid == 0 {
		return nil, fmt.Errorf("%w for data folder %s", ErrNotRunning, dataDir)
	}
	services.postgres.process = adoptProcess(pid, func() bool { return worksIn(pid, place.postgres) })
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := services.postgres.waitReady(ctx); err != nil {
		return nil, fmt.Errorf("attach to PostgreSQL of %s (process %d): %w", dataDir, pid, err)
	}
	services.postgres.adopted = true
	if services.redis.runningPID() == 0 {
		services.redis = nil
	} else {
		services.redis.adopted = true
	}
	services.publish()
	services.postgres, services.redis = nil, nil // not ours to stop
	return services, nil
}

// Stop ends both services in order: nothing is lost. When the context ends first they are ended the hard, still safe
// way, so it must not be the cancelled context of the server.
func (s *Services) Stop(ctx context.Context) error {
	if s.watching != nil {
		s.watching()
		s.watchers.Wait()
	}
	return s.stopStarted(ctx)
}

// Abandon leaves both services running without a watcher, to be adopted by the next Start.
func (s *Services) Abandon() {
	if s.watching != nil {
		s.watching()
		s.watchers.Wait()
	}
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	o.Progress = oneAtATime(o.Progress)
	if o.RedisDatabases == 0 {
		o.RedisDatabases = 16
	}
	return o
}

// oneAtATime lets both services, which start side by side, report to a function that need not be safe for that.
func oneAtATime(report func(string)) func(string) {
	if report == nil {
		return func(string) {}
	}
	var mutex sync.Mutex
	return func(line string) {
		mutex.Lock()
		defer mutex.Unlock()
		report(line)
	}
}

func newServices(place placement, options Options) *Services {
	services := &Services{LogsDir: place.logs, logger: options.Logger}
	if !options.WithoutPostgres {
		services.postgres = &postgresServer{placement: place, settings: options.PostgresSettings, logger: options.Logger, progress: options.Progress}
	}
	if !options.WithoutRedis {
		services.redis = &redisServer{placement: place, databases: options.RedisDatabases, logger: options.Logger, progress: options.Progress}
	}
	return services
}

func (s *Services) startBoth(ctx context.Context) error {
	var redisError error
	var redisStart sync.WaitGroup
	if s.redis != nil {
		redisStart.Go(func() { redisError = s.redis.start(ctx) })
	}
	var postgresError error
	if s.postgres != nil {
		postgresError = s.postgres.start(ctx)
	}
	redisStart.Wait()
	return errors.Join(postgresError, redisError)
}

func (s *Services) publish() {
	if s.postgres != nil {
		s.DSN = s.postgres.dsn(databaseName)
		s.PostgresAdopted = s.postgres.adopted
	}
	if s.redis != nil {
		s.RedisOptions = s.redis.options()
		s.RedisAdopted = s.redis.adopted
	}
}

func (s *Services) stopStarted(ctx context.Context) error {
	var redisError, postgresError error
	if s.redis != nil {
		redisError = s.redis.stop(ctx)
	}
	if s.postgres != nil {
		postgresError = s.postgres.stop(ctx)
	}
	return errors.Join(postgresError, redisError)
}
