package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"vidilog/internal/failpoint"
)

// Schema is the PostgreSQL schema of River's tables.
const Schema = "vidilog_queue"

const (
	// fetchCooldown is how soon after one fetch the next may follow; 20 ms measured 12 ms from insert to start at the median.
	fetchCooldown = 20 * time.Millisecond
	// maxAttempts with River's fourth-power backoff spreads over about four hours.
	maxAttempts = 12
)

var pointInserted = failpoint.New("queue.inserted")

// Options of a queue.
type Options struct {
	Logger *slog.Logger
	// Node names the data directory: work that ran when this node died is taken up again at the next start.
	Node string
	// Workers carry out the kinds of work; see river.AddWorker.
	Workers *river.Workers
	// Periodic is work by the clock.
	Periodic []*river.PeriodicJob
	// Lanes are queues beside the usual one, with how much of each runs at once: for work that would keep the rest waiting.
	Lanes map[string]int
	// MaxWorkers is how much runs at once; 4 when 0.
	MaxWorkers int
}

// Queue is the list of operational work and those who do it.
type Queue struct {
	pool    *pgxpool.Pool
	client  *river.Client[pgx.Tx]
	options Options
}

// Open creates River's tables where they are missing and prepares the client; Start begins to work.
func Open(ctx context.Context, pool *pgxpool.Pool, o Options) (*Queue, error) {
	if o.MaxWorkers == 0 {
		o.MaxWorkers = 4
	}
	driver := riverpgxv5.New(pool)
	if err := migrate(ctx, pool, driver); err != nil {
		return nil, err
	}
	lanes := map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: o.MaxWorkers}}
	for name, workers := range o.Lanes {
		lanes[name] = river.QueueConfig{MaxWorkers: workers}
	}
	client, err := river.NewClient(driver, &river.Config{
		Schema: Schema, ID: o.Node, Logger: slog.New(quiet{o.Logger.Handler()}), Workers: o.Workers, PeriodicJobs: o.Periodic,
		Queues:        lanes,
		FetchCooldown: fetchCooldown, MaxAttempts: maxAttempts, JobTimeout: 30 * time.Minute,
	})
	if err != nil {
		return nil, fmt.Errorf("operational queue: %w", err)
	}
	return &Queue{pool: pool, client: client, options: o}, nil
}

func migrate(ctx context.Context, pool *pgxpool.Pool, driver *riverpgxv5.Driver) error {
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		// CREATE SCHEMA IF NOT EXISTS by two processes at once fails with 23505.
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('vidilog create `+Schema+`'))`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `create schema if not exists `+Schema)
		return err
	})
	if err != nil {
		return fmt.Errorf("create schema %s: %w", Schema, err)
	}
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Schema: Schema})
	if err != nil {
		return fmt.Errorf("migrate the operational queue: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate the operational queue: %w", err)
	}
	return nil
}

// Start takes up what this node left running when it died, and begins to work.
func (q *Queue) Start(ctx context.Context) error {
	tag, err := q.pool.Exec(ctx, `
		update `+Schema+`.river_job
		set state = 'available', scheduled_at = now(), attempt = greatest(attempt - 1, 0)
		where state = 'running' and attempted_by[array_upper(attempted_by, 1)] = $1`, q.options.Node)
	if err != nil {
		return fmt.Errorf("take up operational work of the last run: %w", err)
	}
	if tag.RowsAffected() > 0 {
		q.options.Logger.Info("operational work of the last run goes on", "jobs", tag.RowsAffected())
	}
	if err := q.Resume(ctx); err != nil {
		return err
	}
	if err := q.client.Start(ctx); err != nil {
		return fmt.Errorf("start the operational queue: %w", err)
	}
	return nil
}

// Stop lets running work end until ctx does, then interrupts it; what was interrupted runs again at the next start.
func (q *Queue) Stop(ctx context.Context) error {
	err := q.client.Stop(ctx)
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		err = q.client.StopAndCancel(hard)
	}
	return err
}

// everyQueue is River's name for all of them.
const everyQueue = "*"

// Pause lets running work end and starts no other, on all nodes that share the queue; the next start of one ends it, as in
// PeerTube.
func (q *Queue) Pause(ctx context.Context) error { return q.client.QueuePause(ctx, everyQueue, nil) }

// Resume ends a pause.
func (q *Queue) Resume(ctx context.Context) error { return q.client.QueueResume(ctx, everyQueue, nil) }

// Insert asks for work in a transaction: it exists once that commits.
func (q *Queue) Insert(ctx context.Context, tx pgx.Tx, work river.JobArgs, opts *river.InsertOpts) error {
	if _, err := q.client.InsertTx(ctx, tx, work, opts); err != nil {
		return fmt.Errorf("ask for %s: %w", work.Kind(), err)
	}
	return pointInserted.Hit()
}

// Add asks for work at once.
func (q *Queue) Add(ctx context.Context, work river.JobArgs, opts *river.InsertOpts) error {
	if _, err := q.client.Insert(ctx, work, opts); err != nil {
		return fmt.Errorf("ask for %s: %w", work.Kind(), err)
	}
	return nil
}

// Waiting answers the arguments of work of a kind that has not begun, of which a member has this value.
func (q *Queue) Waiting(ctx context.Context, kind, member, value string) ([]json.RawMessage, error) {
	rows, err := q.pool.Query(ctx, `
		select args from `+Schema+`.river_job
		where kind = $1 and state in ('scheduled', 'available', 'retryable') and args @> jsonb_build_object($2::text, $3::text)
		order by id`, kind, member, value)
	if err != nil {
		return nil, fmt.Errorf("look for waiting %s: %w", kind, err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[json.RawMessage])
	if err != nil {
		return nil, fmt.Errorf("look for waiting %s: %w", kind, err)
	}
	return list, nil
}

// Entry is one piece of operational work for the lists of /api/v1/jobs.
type Entry struct {
	ID        int64
	Kind      string
	State     rivertype.JobState
	Attempt   int
	Data      []byte
	Error     string
	CreatedAt time.Time
	StartedAt *time.Time
	EndedAt   *time.Time
}

// PeriodicPrefix marks kinds that run by the clock or wait on purpose; they are hidden from lists, so that an idle instance shows no work.
const PeriodicPrefix = "schedule-"

// List answers work in these states, newest first unless ascending, without what runs by the clock.
func (q *Queue) List(ctx context.Context, states []rivertype.JobState, kind string, limit, offset int, ascending bool) ([]Entry, error) {
	direction := "desc"
	if ascending {
		direction = "asc"
	}
	rows, err := q.pool.Query(ctx, `
		select id, kind, state, attempt, args, coalesce(errors[array_upper(errors, 1)]->>'error', ''), created_at, attempted_at, finalized_at
		from `+Schema+`.river_job
		where state = any($1) and kind not like '`+PeriodicPrefix+`%' and ($2 = '' or kind = $2)
		order by id `+direction+` limit $3 offset $4`, names(states), kind, limit, offset)
	if err != nil {
		return nil, fmt.Errorf("list operational work: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (e Entry, err error) {
		err = row.Scan(&e.ID, &e.Kind, &e.State, &e.Attempt, &e.Data, &e.Error, &e.CreatedAt, &e.StartedAt, &e.EndedAt)
		return e, err
	})
}

// Count answers how much work is in these states, without what runs by the clock.
func (q *Queue) Count(ctx context.Context, states []rivertype.JobState, kind string) (n int, err error) {
	err = q.pool.QueryRow(ctx, `
		select count(*) from `+Schema+`.river_job
		where state = any($1) and kind not like '`+PeriodicPrefix+`%' and ($2 = '' or kind = $2)`, names(states), kind).Scan(&n)
	if err != nil {
		err = fmt.Errorf("count operational work: %w", err)
	}
	return n, err
}

func names(states []rivertype.JobState) []string {
	list := make([]string, len(states))
	for i, s := range states {
		list[i] = string(s)
	}
	return list
}

// IsPeriodic says that a kind runs by the clock.
func IsPeriodic(kind string) bool { return strings.HasPrefix(kind, PeriodicPrefix) }

// quiet passes on River's warnings and errors; its running commentary is of no use to an administrator.
type quiet struct{ slog.Handler }

// Enabled drops everything below a warning.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}
