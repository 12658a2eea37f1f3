package job

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
)

// Accept gives a job to a worker that holds its lease.
type Accept struct {
	JobID  kernel.JobID `json:"jobId"`
	Worker string       `json:"worker"`
}

// Accepted is what a worker needs to start.
type Accepted struct {
	Fence   int            `json:"fence"`
	VideoID kernel.VideoID `json:"videoId"`
	Order   job.Order      `json:"order"`
}

var accept = commands.Spec[Accept, Accepted]{
	Type:  "job.accept",
	Needs: commands.ByServer(),
	// Deciding again would take the job from the worker that was quicker: a job in processing counts as left by a dead one.
	LostRace: kernel.Conflict("another worker was quicker").WithAPICode("runner_job_not_in_pending_state"),
	Handle: func(ctx context.Context, w *commands.Work, c Accept) (Accepted, error) {
		if _, err := commands.Decide[job.Job](ctx, w, c.JobID.Stream(), job.Accept{Worker: c.Worker}); err != nil {
			return Accepted{}, err
		}
		j, err := commands.Load[job.Job](ctx, w, c.JobID.Stream())
		return Accepted{Fence: j.Fence, VideoID: j.VideoID, Order: j.Order}, err
	},
}

// Accept runs the command. Errors: CodeConflict when the job is not to be had, CodeNotFound.
func (h *Handlers) Accept(ctx context.Context, caller commands.Caller, c Accept) (commands.Outcome[Accepted], error) {
	return commands.Run(ctx, h.bus, caller, accept, c)
}

// Fail reports an attempt that did not work.
type Fail struct {
	JobID    kernel.JobID `json:"jobId"`
	Fence    int          `json:"fence"`
	Message  string       `json:"message"`
	Hopeless bool         `json:"hopeless"`
}

var fail = commands.Spec[Fail, struct{}]{
	Type:  "job.fail",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c Fail) (struct{}, error) {
		_, err := commands.Decide[job.Job](ctx, w, c.JobID.Stream(),
			job.Fail{Fence: c.Fence, Message: c.Message, Hopeless: c.Hopeless})
		return struct{}{}, err
	},
}

// Fail runs the command. Errors: CodeConflict when another worker holds the job.
func (h *Handlers) Fail(ctx context.Context, caller commands.Caller, c Fail) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, fail, c)
}

// Abort gives a job back untouched: the worker stops.
type Abort struct {
	JobID  kernel.JobID `json:"jobId"`
	Fence  int          `json:"fence"`
	Reason string       `json:"reason"`
}

var abort = commands.Spec[Abort, struct{}]{
	Type:  "job.abort",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c Abort) (struct{}, error) {
		_, err := commands.Decide[job.Job](ctx, w, c.JobID.Stream(), job.Abort{Fence: c.Fence, Reason: c.Reason})
		return struct{}{}, err
	},
}

// Abort runs the command. Errors: CodeConflict when another worker holds the job.
func (h *Handlers) Abort(ctx context.Context, caller commands.Caller, c Abort) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, abort, c)
}
