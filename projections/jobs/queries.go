package jobs

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// Jobs answers questions about the model. It may be used from any goroutine.
type Jobs struct{ db engine.Querier }

// New asks db, which is engine.DB(Name).
func New(db engine.Querier) *Jobs { return &Jobs{db: db} }

// Job is one media job.
type Job struct {
	ID       kernel.JobID
	Number   int64
	Position eventstore.Position // of the request
	VideoID  kernel.VideoID
	OwnerID  kernel.UserID
	// Type is PeerTube's runner job type.
	Type            string
	Resolution, FPS int
	// FileName and PlaylistName are what the job writes.
	FileName, PlaylistName           string
	QuickCopy, CopyCodecs, Optimises bool
	// Parent is the job this one needs the result of, zero for none; HasChildren says that others need this one's.
	Parent      kernel.JobID
	HasChildren bool
	// State is one of the constants, PeerTube's numbers.
	State  int
	Worker string
	Fence  int
	// Attempts are those that failed.
	Attempts, MaxAttempts int
	// Message is the last failure or the reason of a cancellation.
	Message     string
	Priority    int // lower first
	RequestedAt time.Time
	// StartedAt is when the last attempt began, FinishedAt when the job ended for good.
	StartedAt, FinishedAt *time.Time
}

//go:embed sql/*.sql
var queries embed.FS

// query reads a statement and puts the columns of a Job in. Whether a job has children is asked by a limited subquery and not
// by exists: that one the planner may answer by reading all jobs into a hash first.
var query = engine.Queries(queries)

var (
	claimableSQL     = query("claimable_jobs")
	listSQL          = query("list_jobs")
	countSQL         = query("count_jobs")
	jobsOfVideoSQL   = query("jobs_of_video")
	oneSQL           = query("one_job")
	countsByStateSQL = query("counts_by_state")
)

// Claimable answers the jobs of some types that a worker may take, the next one first. The model may lag: accepting decides.
func (q *Jobs) Claimable(ctx context.Context, types []string, limit int) ([]Job, error) {
	return q.many(ctx, claimableSQL, types, limit)
}

// OfVideo answers all jobs of a video in the order of their requests.
func (q *Jobs) OfVideo(ctx context.Context, id kernel.VideoID) ([]Job, error) {
	return q.many(ctx, jobsOfVideoSQL, id.UUID)
}

// Job answers one job. Error: CodeNotFound.
func (q *Jobs) Job(ctx context.Context, id kernel.JobID) (Job, error) {
	result, err := q.db.Query(ctx, oneSQL, id.UUID)
	if err != nil {
		return Job{}, fmt.Errorf("jobs: %w", err)
	}
	j, err := pgx.CollectExactlyOneRow(result, scanJob)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return Job{}, kernel.NotFound("Job not found")
	case err != nil:
		return Job{}, fmt.Errorf("jobs: %w", err)
	}
	return j, nil
}

// Counts answers how many jobs are in each state; states without any are missing.
func (q *Jobs) Counts(ctx context.Context) (map[int]int, error) {
	result, err := q.db.Query(ctx, countsByStateSQL)
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	counts := map[int]int{}
	var state, count int
	_, err = pgx.ForEachRow(result, []any{&state, &count}, func() error { counts[state] = count; return nil })
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return counts, nil
}

func (q *Jobs) many(ctx context.Context, sql string, args ...any) ([]Job, error) {
	result, err := q.db.Query(ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	found, err := pgx.CollectRows(result, scanJob)
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return found, nil
}

func scanJob(row pgx.CollectableRow) (j Job, err error) {
	var parent *uuid.UUID
	err = row.Scan(
		&j.ID.UUID, &j.Number, &j.Position, &j.VideoID.UUID, &j.OwnerID.UUID, &j.Type, &j.Resolution, &j.FPS, &j.FileName,
		&j.PlaylistName, &j.QuickCopy, &j.CopyCodecs, &j.Optimises, &parent, &j.State, &j.Worker, &j.Fence, &j.Attempts,
		&j.MaxAttempts, &j.Message, &j.Priority, &j.RequestedAt, &j.StartedAt, &j.FinishedAt, &j.HasChildren,
	)
	if parent != nil {
		j.Parent.UUID = *parent
	}
	return j, err
}
