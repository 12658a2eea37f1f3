package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/job"
	"vidilog/eventstore"
	"vidilog/internal/ops/leases"
)

// retryDelays before the next attempt of a job that failed: short, because what mends itself (a full disk, a killed
// ffmpeg) does so soon or never.
var retryDelays = []time.Duration{2 * time.Second, 15 * time.Second}

// Offers keeps the list of jobs that are to be had in step with the log. Its consumer group starts at the log's beginning.
type Offers struct {
	table *leases.Table
	wake  chan struct{}
}

// NewOffers makes the consumer.
func NewOffers(table *leases.Table) *Offers {
	return &Offers{table: table, wake: make(chan struct{}, 1)}
}

// Concerns says whether an event changes the list.
func (o *Offers) Concerns(e eventstore.Event) bool {
	switch e.Data.(type) {
	case job.Requested, job.Released, job.Completed, job.Failed, job.Aborted, job.Cancelled, job.Retried:
		return true
	}
	return false
}

// Apply changes the list within the transaction that also acknowledges the event, so it happens exactly once.
func (o *Offers) Apply(ctx context.Context, tx pgx.Tx, e eventstore.Event) error {
	switch data := e.Data.(type) {
	case job.Requested:
		entry := leases.Job{
			JobID: data.JobID.UUID, VideoID: data.VideoID.UUID, Kind: string(data.Order.Type), Priority: data.Priority,
			Requested: int64(e.Position), NotBefore: e.RecordedAt,
			Because: leases.Because{Correlation: e.Correlation, Cause: e.EventID, OnBehalfOf: e.Actor.Person()},
		}
		if !data.Parent.IsZero() {
			entry.NotBefore = never
		}
		return o.table.Offer(ctx, tx, entry)
	case job.Released:
		return o.table.Postpone(ctx, tx, data.JobID.UUID, e.RecordedAt, e.EventID)
	case job.Aborted:
		return o.table.Postpone(ctx, tx, data.JobID.UUID, e.RecordedAt, e.EventID)
	case job.Failed:
		if !data.Final {
			return o.table.Postpone(ctx, tx, data.JobID.UUID, e.RecordedAt.Add(retryDelays[min(data.Attempt, len(retryDelays))-1]), e.EventID)
		}
		// a failed job stays on the list out of reach, for an administrator may want it again
		return o.table.Postpone(ctx, tx, data.JobID.UUID, never, e.EventID)
	case job.Retried:
		return o.table.Postpone(ctx, tx, data.JobID.UUID, e.RecordedAt, e.EventID)
	case job.Completed:
		return o.table.Withdraw(ctx, tx, data.JobID.UUID)
	case job.Cancelled:
		if data.State == job.ParentErrored { // it is wanted again when the parent is retried
			return o.table.Postpone(ctx, tx, data.JobID.UUID, never, e.EventID)
		}
		return o.table.Withdraw(ctx, tx, data.JobID.UUID)
	}
	return nil
}

// never is later than any attempt: the job waits for an event.
var never = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Wake tells idle workers to look; it is called once the transaction is committed.
func (o *Offers) Wake() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}
