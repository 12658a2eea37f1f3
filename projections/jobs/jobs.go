package jobs

import (
	"time"

	"vidilog/domain/job"
	"vidilog/eventstore"
)

// Reduce follows the life of jobs. Every event but the request changes a row that is there; one that is missing stops the
// model, because then the log is not what it should be.
func (r *rows) Reduce(at eventstore.Position, e eventstore.Event) {
	now := e.RecordedAt // a copy: a row that points into the event would keep all of it in memory
	switch data := e.Data.(type) {
	case job.Requested:
		r.requested(at, now, data)
	case job.Released:
		r.jobs.Update(data.JobID, func(j *jobRow) { j.State = job.Pending })
	case job.Accepted:
		r.accepted(now, data)
	case job.Completed:
		r.jobs.Update(data.JobID, func(j *jobRow) { j.State, j.Message, j.FinishedAt = job.StateCompleted, "", &now })
	case job.Failed:
		r.failed(now, data)
	case job.Aborted:
		r.jobs.Update(data.JobID, func(j *jobRow) { j.State, j.Worker = job.Pending, "" })
	case job.Cancelled:
		r.jobs.Update(data.JobID, func(j *jobRow) {
			j.State, j.Message, j.FinishedAt = data.State, data.Reason, &now
		})
	case job.Reopened:
		r.jobs.Update(data.JobID, func(j *jobRow) { j.State, j.Message, j.FinishedAt = job.WaitingForParent, "", nil })
	case job.Retried:
		r.jobs.Update(data.JobID, func(j *jobRow) {
			j.State, j.Worker, j.Attempts, j.Message, j.FinishedAt = job.Pending, "", 0, "", nil
		})
	}
}

func (r *rows) requested(at eventstore.Position, recordedAt time.Time, e job.Requested) {
	row := jobRow{
		Number: e.IntegerID, Position: at, VideoID: e.VideoID, OwnerID: e.OwnerID, Type: e.Order.Type,
		Resolution: e.Order.Resolution, FPS: e.Order.FPS, FileName: e.Order.FileName, PlaylistName: e.Order.PlaylistName,
		QuickCopy: e.Order.QuickCopy, CopyCodecs: e.Order.CopyCodecs, Optimises: e.Order.Optimises, State: job.Pending,
		MaxAttempts: e.MaxAttempts, Priority: e.Priority, RequestedAt: recordedAt,
	}
	if parent := e.Parent; !parent.IsZero() {
		row.Parent, row.State = &parent, job.WaitingForParent
	}
	r.jobs.Insert(e.JobID, row)
}

// accepted begins an attempt; a job whose worker was thought dead is accepted again without an event between.
func (r *rows) accepted(recordedAt time.Time, e job.Accepted) {
	r.jobs.Update(e.JobID, func(j *jobRow) {
		j.State, j.Worker, j.Fence, j.StartedAt, j.FinishedAt = job.Processing, e.Worker, e.Fence, &recordedAt, nil
	})
}

// failed keeps the worker of the last attempt in view, and gives the job back before that.
func (r *rows) failed(recordedAt time.Time, e job.Failed) {
	r.jobs.Update(e.JobID, func(j *jobRow) {
		j.Attempts, j.Message = e.Attempt, e.Message
		if e.Final {
			j.State, j.FinishedAt = job.Errored, &recordedAt
		} else {
			j.State, j.Worker = job.Pending, ""
		}
	})
}

// States of jobs, PeerTube's numbers (RunnerJobState), for those who ask.
const (
	Pending          = int(job.Pending)
	Processing       = int(job.Processing)
	Completed        = int(job.StateCompleted)
	Errored          = int(job.Errored)
	WaitingForParent = int(job.WaitingForParent)
	Cancelled        = int(job.StateCancelled)
	ParentErrored    = int(job.ParentErrored)
	ParentCancelled  = int(job.ParentCancelled)
)
