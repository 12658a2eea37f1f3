package postgres

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/pgxpool"

	"vidilog/eventstore"
	"vidilog/schema/migrations"
)

// Schema is the PostgreSQL schema that holds the log.
const Schema = "vidilog_log"

// FormatEpoch is the generation of the log's format. Until the first release a change of event types or tables that old
// logs cannot follow raises it, and logs of another epoch are refused.
const FormatEpoch = 1

// readerSettings belong to the readers' connections: every query is a look-up by key, whatever an empty or fresh table
// makes the planner think.
var readerSettings = map[string]string{
	"enable_seqscan":    "off",
	"enable_bitmapscan": "off",
	"plan_cache_mode":   "force_generic_plan",
	"jit":               "off",
}

// Store is a log in PostgreSQL. Its methods may be called from any goroutine.
type Store struct {
	options  Options
	pool     *pgxpool.Pool
	appender *appender
	watcher  *watcher
	metrics  *metrics

	partitionEnd atomic.Int64  // the first position for which no partition exists
	neighbours   atomic.Bool   // other processes have the log open
	meet         chan struct{} // somebody came: look who is there

	stop       context.CancelFunc // ends the background work below
	background sync.WaitGroup
	closing    sync.Once
}

var _ eventstore.Log = (*Store)(nil)

// Open connects to the database at dsn, creates or migrates the log's tables, and starts the appender. A log of another
// format epoch is refused.
func Open(ctx context.Context, dsn string, options Options) (*Store, error) {
	options = options.withDefaults()
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("event store: %w", err)
	}
	config.ConnConfig.RuntimeParams["search_path"] = Schema
	config.ConnConfig.RuntimeParams["application_name"] = "vidilog log"
	appending := config.ConnConfig.Copy()
	for name, value := range readerSettings {
		config.ConnConfig.RuntimeParams[name] = value
	}
	config.ConnConfig.BuildFrontend = buildFrontend
	config.MaxConns = options.MaxConnections
	config.ConnConfig.Tracer = options.Tracer
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("event store: %w", err)
	}
	s := &Store{options: options, pool: pool, watcher: newWatcher(), metrics: newMetrics(), meet: make(chan struct{}, 1)}
	if err := s.prepare(ctx, appending); err != nil {
		pool.Close()
		return nil, fmt.Errorf("event store: %w", err)
	}
	s.start(appending)
	return s, nil
}

// readBuffer holds a hundred events: pgx alone asks the socket for 8 kB at a time, and a replay then spends a quarter of its
// time in system calls.
const readBuffer = 128 << 10

func buildFrontend(r io.Reader, w io.Writer) *pgproto3.Frontend {
	return pgproto3.NewFrontend(bufio.NewReaderSize(r, readBuffer), w)
}

// prepare leaves a log that this program can append to.
func (s *Store) prepare(ctx context.Context, config *pgx.ConnConfig) error {
	if err := s.checkEpoch(ctx); err != nil {
		return err
	}
	if err := migrations.Apply(ctx, config, Schema, migrations.EventStore, "eventstore"); err != nil {
		return err
	}
	if _, err := s.pool.Exec(ctx, insertHead, FormatEpoch); err != nil {
		return fmt.Errorf("create the head: %w", err)
	}
	if err := s.checkEpoch(ctx); err != nil {
		return err
	}
	head, err := s.Head(ctx)
	if err != nil {
		return err
	}
	s.watcher.advance(head)
	if err := s.extend(ctx, head); err != nil {
		return err
	}
	if err := s.raiseIntegers(ctx); err != nil {
		return err
	}
	if s.options.Registerer != nil {
		return s.metrics.register(s.options.Registerer)
	}
	return nil
}

// checkEpoch passes an absent log: it will be created.
func (s *Store) checkEpoch(ctx context.Context) error {
	var exists bool
	if err := s.pool.QueryRow(ctx, selectHeadExists).Scan(&exists); err != nil || !exists {
		return err
	}
	var epoch int
	err := s.pool.QueryRow(ctx, selectEpoch).Scan(&epoch)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err == nil && epoch != FormatEpoch {
		return fmt.Errorf("the log in schema %s has format epoch %d, this program reads and writes epoch %d only; "+
			"run the version that wrote it, or start with an empty database", Schema, epoch, FormatEpoch)
	}
	return err
}

func (s *Store) start(config *pgx.ConnConfig) {
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.appender = newAppender(s, config)
	go s.appender.run()
	s.background.Go(func() { s.keepNode(ctx) })
	s.background.Go(func() { s.listen(ctx, config) })
	s.background.Go(func() { s.poll(ctx) })
}

// Close refuses further appends, waits for those under way (at most DrainTimeout) and closes all connections.
func (s *Store) Close() {
	s.closing.Do(func() {
		s.appender.close(s.options.DrainTimeout)
		s.stop()
		s.background.Wait()
		s.leave()
		if s.options.Registerer != nil {
			s.metrics.unregister(s.options.Registerer)
		}
		s.pool.Close()
	})
}
