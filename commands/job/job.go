// Package job holds the commands on media jobs: those of the transcoding process that asks for them, and those of workers
// and runners that do them.
//
// It may import commands, domain/… and the eventstore ports. Read complete.go first.
package job

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/storage"
	"vidilog/domain/user"
)

// Handlers runs the commands of this package on a bus.
type Handlers struct{ bus *commands.Bus }

// New makes the handlers.
func New(bus *commands.Bus) *Handlers { return &Handlers{bus: bus} }

// Job answers a job as of now, straight from the log.
func (h *Handlers) Job(ctx context.Context, id kernel.JobID) (job.Job, error) {
	return commands.View[job.Job](ctx, h.bus, id.Stream())
}

// Request asks for a job.
type Request struct {
	JobID    kernel.JobID   `json:"jobId"`
	VideoID  kernel.VideoID `json:"videoId"`
	OwnerID  kernel.UserID  `json:"ownerId"`
	Order    job.Order      `json:"order"`
	Parent   kernel.JobID   `json:"parent"`
	Priority int            `json:"priority"`
	// CountsUploads adds what the owner has uploaded in the last week to the priority.
	CountsUploads bool `json:"countsUploads"`
	MaxAttempts   int  `json:"maxAttempts"`
}

// RequestSpec is run by process managers.
var RequestSpec = commands.Spec[Request, struct{}]{
	Type:  "job.request",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c Request) (struct{}, error) {
		n, err := w.Number(ctx, "job", c.JobID.Stream())
		if err != nil {
			return struct{}{}, err
		}
		priority, err := weighed(ctx, w, c)
		if err != nil {
			return struct{}{}, err
		}
		_, err = commands.Decide[job.Job](ctx, w, c.JobID.Stream(), job.Request{
			JobID: c.JobID, IntegerID: n, VideoID: c.VideoID, OwnerID: c.OwnerID, Order: c.Order, Parent: c.Parent,
			Priority: priority, MaxAttempts: c.MaxAttempts,
		})
		return struct{}{}, err
	},
}

// weighed is the priority with the owner's uploads of the last week. The storage may move on before the append: nothing depends
// on the exact number.
func weighed(ctx context.Context, w *commands.Work, c Request) (int, error) {
	if !c.CountsUploads {
		return c.Priority, nil
	}
	held, err := commands.Load[storage.Storage](ctx, w, kernel.StorageID{UUID: c.OwnerID.UUID}.Stream())
	return c.Priority + held.UploadsOfTheWeek(w.Now), err
}

// Release lets a job start.
type Release struct {
	JobID kernel.JobID `json:"jobId"`
}

// ReleaseSpec is run by process managers.
var ReleaseSpec = commands.Spec[Release, struct{}]{
	Type:  "job.release",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c Release) (struct{}, error) {
		_, err := commands.Decide[job.Job](ctx, w, c.JobID.Stream(), job.Release{})
		return struct{}{}, err
	},
}

// Reopen makes a dropped job wait for its parent again.
type Reopen struct {
	JobID kernel.JobID `json:"jobId"`
}

// ReopenSpec is run by process managers.
var ReopenSpec = commands.Spec[Reopen, struct{}]{
	Type:  "job.reopen",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c Reopen) (struct{}, error) {
		_, err := commands.Decide[job.Job](ctx, w, c.JobID.Stream(), job.Reopen{})
		return struct{}{}, err
	},
}

// Cancel ends a job.
type Cancel struct {
	JobID  kernel.JobID `json:"jobId"`
	State  job.State    `json:"state"`
	Reason string       `json:"reason"`
}

// CancelSpec is run by process managers and administrators.
var CancelSpec = commands.Spec[Cancel, struct{}]{
	Type:  "job.cancel",
	Needs: commands.ByRight(user.RightManageJobs),
	Handle: func(ctx context.Context, w *commands.Work, c Cancel) (struct{}, error) {
		_, err := commands.Decide[job.Job](ctx, w, c.JobID.Stream(), job.Cancel{State: c.State, Reason: c.Reason})
		return struct{}{}, err
	},
}

// Retry gives a failed job new attempts.
type Retry struct {
	JobID kernel.JobID `json:"jobId"`
}

var retry = commands.Spec[Retry, struct{}]{
	Type:  "job.retry",
	Needs: commands.ByRight(user.RightManageJobs),
	Handle: func(ctx context.Context, w *commands.Work, c Retry) (struct{}, error) {
		_, err := commands.Decide[job.Job](ctx, w, c.JobID.Stream(), job.Retry{})
		return struct{}{}, err
	},
}

// Retry runs the command. Errors: CodeNotFound, CodeConflict for a job that has not failed.
func (h *Handlers) Retry(ctx context.Context, caller commands.Caller, c Retry) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, retry, c)
}
