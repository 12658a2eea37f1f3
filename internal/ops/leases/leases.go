// Package leases holds which worker is at which media job: a lease with an end, renewed by heartbeats on the database's
// clock. A lease chooses; whether the worker may report is decided in the log, by the fence.
//
// It may import pgx and google/uuid. Tables are those of schema/migrations/ops.
package leases

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// ErrLost means that a lease has run out and somebody else may hold the job.
var ErrLost = errors.New("the lease is lost")

// Term is how long a lease holds without a heartbeat.
const Term = 30 * time.Second

// Table is the list of media jobs that wait or run.
type Table struct {
	pool *pgxpool.Pool
	// node names the data directory, so that a restarted server frees what its dead self held.
	node string
}

// New makes a table over a pool whose search_path is the operational schema.
func New(pool *pgxpool.Pool, node string) *Table { return &Table{pool: pool, node: node} }

// Job is one entry.
type Job struct {
	JobID   uuid.UUID
	VideoID uuid.UUID
	// Kind is the job's type, such as "vod-hls-transcoding".
	Kind string
	// Priority orders entries, lower first; Requested, the position of the request, breaks ties.
	Priority  int
	Requested int64
	// NotBefore is when the next attempt may start.
	NotBefore time.Time
	Because   Because
}

// Because says what a piece of work is owed to, so that its outcome can be traced back.
type Because struct {
	// Correlation is that of the request, Cause the event that asked last, OnBehalfOf the person behind both.
	Correlation, Cause uuid.UUID
	OnBehalfOf         string
}

// Offer makes a job available. Offering it again frees it for the next attempt.
func (t *Table) Offer(ctx context.Context, tx pgx.Tx, j Job) error {
	_, err := tx.Exec(ctx, `
		insert into media_jobs (job_id, video_id, kind, priority, requested, not_before, correlation, cause, on_behalf_of)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (job_id) do update set
			not_before = excluded.not_before, lease = null, worker = null, node = null, expires_at = null, progress = 0`,
		j.JobID, j.VideoID, j.Kind, j.Priority, j.Requested, j.NotBefore, j.Because.Correlation, j.Because.Cause,
		j.Because.OnBehalfOf)
	if err != nil {
		return fmt.Errorf("offer job %s: %w", j.JobID, err)
	}
	return nil
}

// Postpone frees a job for another attempt at a time; cause is the event that says so.
func (t *Table) Postpone(ctx context.Context, tx pgx.Tx, id uuid.UUID, notBefore time.Time, cause uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		update media_jobs set
			not_before = $2, cause = $3, lease = null, worker = null, node = null, expires_at = null, progress = 0
		where job_id = $1`, id, notBefore, cause)
	if err != nil {
		return fmt.Errorf("postpone job %s: %w", id, err)
	}
	return nil
}

// Withdraw takes a job off the list: it is done, failed for good or cancelled.
func (t *Table) Withdraw(ctx context.Context, tx pgx.Tx, id uuid.UUID) error {
	if _, err := tx.Exec(ctx, `delete from media_jobs where job_id = $1`, id); err != nil {
		return fmt.Errorf("withdraw job %s: %w", id, err)
	}
	return nil
}

// Lease is the right to work on a job until it expires.
type Lease struct {
	JobID   uuid.UUID
	Because Because
	token   uuid.UUID
}

// Take gives a worker the first job of these kinds that nobody holds. found is false when there is none.
func (t *Table) Take(ctx context.Context, worker string, kinds []string) (l Lease, found bool, err error) {
	l.token = uuid.New()
	err = t.pool.QueryRow(ctx, `
		update media_jobs set lease = $1, worker = $2, node = $3, expires_at = now() + $4, progress = 0
		where job_id = (
			select job_id from media_jobs
			where kind = any($5) and not_before <= now() and (lease is null or expires_at < now())
			order by priority, requested
			limit 1
			for update skip locked)
		returning job_id, correlation, cause, on_behalf_of`, l.token, worker, t.node, Term, kinds).
		Scan(&l.JobID, &l.Because.Correlation, &l.Because.Cause, &l.Because.OnBehalfOf)
	if errors.Is(err, pgx.ErrNoRows) {
		return Lease{}, false, nil
	}
	if err != nil {
		return Lease{}, false, fmt.Errorf("take a job: %w", err)
	}
	return l, true, nil
}

// Renew prolongs a lease and notes the progress in per cent. Error: ErrLost.
func (t *Table) Renew(ctx context.Context, l Lease, progress int) error {
	tag, err := t.pool.Exec(ctx, `
		update media_jobs set expires_at = now() + $3, progress = $4 where job_id = $1 and lease = $2`,
		l.JobID, l.token, Term, progress)
	if err != nil {
		return fmt.Errorf("renew the lease of job %s: %w", l.JobID, err)
	}
	if tag.RowsAffected() == 0 {
		return ErrLost
	}
	return nil
}

// Done takes a job off the list whose end is in the log, before the list's own consumer gets to it.
func (t *Table) Done(ctx context.Context, l Lease) error {
	_, err := t.pool.Exec(ctx, `delete from media_jobs where job_id = $1 and lease = $2`, l.JobID, l.token)
	if err != nil {
		return fmt.Errorf("finish job %s: %w", l.JobID, err)
	}
	return nil
}

// Return gives a job back after a wait.
func (t *Table) Return(ctx context.Context, l Lease, wait time.Duration) error {
	_, err := t.pool.Exec(ctx, `
		update media_jobs set lease = null, worker = null, node = null, expires_at = null, progress = 0, not_before = now() + $3
		where job_id = $1 and lease = $2`, l.JobID, l.token, wait)
	if err != nil {
		return fmt.Errorf("return job %s: %w", l.JobID, err)
	}
	return nil
}

// FreeOwn frees what this node held when it died; it is called before its workers start.
func (t *Table) FreeOwn(ctx context.Context) (freed int64, err error) {
	tag, err := t.pool.Exec(ctx, `
		update media_jobs set lease = null, worker = null, node = null, expires_at = null, progress = 0 where node = $1`, t.node)
	if err != nil {
		return 0, fmt.Errorf("free leases of %s: %w", t.node, err)
	}
	return tag.RowsAffected(), nil
}

// attemptsWithin is longer than any pause before a job's next attempt; what is put off further waits for an event.
const attemptsWithin = 24 * time.Hour

// Open counts the jobs that are being worked on, wait for a worker or for their next attempt.
func (t *Table) Open(ctx context.Context) (n int64, err error) {
	err = t.pool.QueryRow(ctx, `select count(*) from media_jobs where lease is not null or not_before < now() + $1`, attemptsWithin).Scan(&n)
	if err != nil {
		err = fmt.Errorf("count open jobs: %w", err)
	}
	return n, err
}

// Progress answers how far the jobs are that are being worked on, in per cent by job; of one video when video is set.
func (t *Table) Progress(ctx context.Context, video uuid.NullUUID) (map[uuid.UUID]int, error) {
	rows, err := t.pool.Query(ctx, `
		select job_id, progress from media_jobs where lease is not null and ($1::uuid is null or video_id = $1)`, video)
	if err != nil {
		return nil, fmt.Errorf("read the progress of jobs: %w", err)
	}
	progress := map[uuid.UUID]int{}
	var id uuid.UUID
	var percent int
	_, err = pgx.ForEachRow(rows, []any{&id, &percent}, func() error {
		progress[id] = percent
		return nil
	})
	return progress, err
}
