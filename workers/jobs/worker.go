package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"vidilog/commands"
	commandsjob "vidilog/commands/job"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/internal/failpoint"
	"vidilog/internal/ops/leases"
	"vidilog/internal/telemetry"
	"vidilog/workers/media"
)

const (
	// idlePoll bounds how late a job is seen whose wake-up was lost or that waits for its next attempt.
	idlePoll = time.Second
	// beat is how often a running job renews its lease and notes its progress.
	beat = time.Second
	// troublePause keeps a worker from spinning when the database or the log refuses everything.
	troublePause = 3 * time.Second
	// reportTime bounds the report of a job whose server is shutting down.
	reportTime = 5 * time.Second
)

var (
	pointLeased   = failpoint.New("job.leased")
	pointAccepted = failpoint.New("job.accepted")
	pointWritten  = failpoint.New("job.written")
	pointReported = failpoint.New("job.reported")
)

// Worker does media jobs, several at a time.
type Worker struct {
	// Name is the worker's actor in the log.
	Name   string
	Offers *Offers
	Table  *leases.Table
	Jobs   *commandsjob.Handlers
	Videos *commandsvideo.Handlers
	Tools  *media.Tools
	Files  Files
	Logger *slog.Logger
	// Concurrency answers how many jobs run at once (transcoding.concurrency); it is asked time and again.
	Concurrency func() int

	paused atomic.Bool
}

// Pause lets running jobs end and starts no others; Resume goes on.
func (w *Worker) Pause() { w.paused.Store(true) }

// Resume ends a pause.
func (w *Worker) Resume() { w.paused.Store(false); w.Offers.Wake() }

// kinds are the jobs this worker can do.
var kinds = []string{string(job.WebVideoTranscoding), string(job.HLSTranscoding), string(job.AudioMergeTranscoding)}

// Run works until ctx ends. Jobs that run then are given back.
func (w *Worker) Run(ctx context.Context) error {
	if err := w.freeOwn(ctx); err != nil {
		return err
	}
	var slots sync.WaitGroup
	defer slots.Wait()
	var running []context.CancelFunc
	tick := time.NewTicker(idlePoll)
	defer tick.Stop()
	for {
		running = w.adjust(ctx, &slots, running)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// adjust opens slots, or closes the last ones, so that there are as many as the configuration wants. A slot that is closed ends
// the job it has.
func (w *Worker) adjust(ctx context.Context, slots *sync.WaitGroup, running []context.CancelFunc) []context.CancelFunc {
	wanted := max(1, w.Concurrency())
	for n := len(running); n < wanted; n++ {
		open, shut := context.WithCancel(ctx)
		running = append(running, shut)
		slots.Go(func() { w.slot(ctx, open, fmt.Sprintf("%s-%d", w.Name, n+1)) })
	}
	for _, shut := range running[wanted:] {
		shut()
	}
	return running[:wanted]
}

// freeOwn frees what the last run held. A database that is away for a moment is waited for, as later in a slot.
func (w *Worker) freeOwn(ctx context.Context) error {
	for {
		freed, err := w.Table.FreeOwn(ctx)
		if err == nil {
			if freed > 0 {
				w.Logger.Info("media jobs of the last run are free again", "jobs", freed)
			}
			return nil
		}
		w.Logger.Error("media jobs of the last run cannot be freed", "error", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(troublePause):
		}
	}
}

// slot does one job after the other until it is shut.
func (w *Worker) slot(ctx, open context.Context, name string) {
	for open.Err() == nil {
		did, err := w.next(ctx, name)
		wait := idlePoll
		switch {
		case err != nil && ctx.Err() == nil:
			w.Logger.Error("a media job could not be handled", "worker", name, "error", err)
			wait = troublePause
		case did:
			w.Offers.Wake() // another idle slot may find the next one
			continue
		}
		select {
		case <-open.Done():
		case <-w.Offers.wake:
		case <-time.After(wait):
		}
	}
}

// next takes and does one job; did is false when there was none.
func (w *Worker) next(ctx context.Context, name string) (did bool, err error) {
	if w.paused.Load() {
		return false, nil
	}
	lease, found, err := w.Table.Take(ctx, name, kinds)
	if err != nil || !found {
		return false, err
	}
	if err := pointLeased.Hit(); err != nil {
		return true, errors.Join(err, w.Table.Return(ctx, lease, idlePoll))
	}
	ctx, span := telemetry.Span(telemetry.Continue(ctx, lease.Because.Correlation, lease.Because.Cause), "media job")
	defer func() { telemetry.End(span, err) }()
	id := kernel.JobID{UUID: lease.JobID}
	accepted, err := w.Jobs.Accept(ctx, caller(name, lease), commandsjob.Accept{JobID: id, Worker: name})
	if err != nil {
		// A refusal means the job has ended or is held: the list follows by itself, a moment later.
		back := w.Table.Return(ctx, lease, idlePoll)
		if kernel.CodeOf(err) != "" {
			err = nil
		}
		return true, errors.Join(err, back)
	}
	if err := pointAccepted.Hit(); err != nil {
		return true, err
	}
	return true, w.do(ctx, name, lease, id, accepted.Result)
}

// caller is a worker that acts because of what its lease is owed to.
func caller(name string, l leases.Lease) commands.Caller {
	actor := kernel.ByWorker(name)
	actor.OnBehalfOf = l.Because.OnBehalfOf
	c := commands.Internal(actor)
	c.Correlation, c.Causation = l.Because.Correlation, l.Because.Cause
	return c
}

// do runs an accepted job under its lease and reports.
func (w *Worker) do(ctx context.Context, name string, lease leases.Lease, id kernel.JobID, a commandsjob.Accepted) error {
	started := time.Now()
	logger := w.Logger.With("job", id, "video", a.VideoID, "type", a.Order.Type, "resolution", a.Order.Resolution)
	logger.InfoContext(ctx, "media job starts", "worker", name)
	running, stop := context.WithCancelCause(ctx)
	var percent atomic.Int64
	beating := w.keepLease(running, stop, lease, &percent)
	rendition, err := w.run(running, a, func(p int) { percent.Store(int64(p)) })
	lost := context.Cause(running)
	stop(nil)
	<-beating
	report, cancel := context.WithTimeout(context.WithoutCancel(ctx), reportTime)
	defer cancel()
	switch {
	case errors.Is(lost, leases.ErrLost):
		logger.WarnContext(ctx, "the lease of a media job was lost: it was cancelled, or another worker goes on")
		return w.discardCancelled(report, id, a)
	case err != nil && ctx.Err() != nil:
		_, err = w.Jobs.Abort(report, caller(name, lease), commandsjob.Abort{JobID: id, Fence: a.Fence, Reason: "the server stops"})
		return err
	case err != nil:
		logger.WarnContext(ctx, "media job failed", "error", err)
		return w.reportFailure(report, caller(name, lease), id, a, err)
	}
	if err := pointWritten.Hit(); err != nil {
		return err
	}
	_, err = w.Jobs.Complete(report, caller(name, lease), commandsjob.Complete{JobID: id, Fence: a.Fence, Rendition: rendition})
	if err != nil {
		return w.declined(report, logger, id, a, err)
	}
	if err := pointReported.Hit(); err != nil {
		return err
	}
	logger.InfoContext(ctx, "media job done", "seconds", time.Since(started).Seconds(), "bytes", rendition.Bytes)
	return w.Table.Done(report, lease)
}

// keepLease renews the lease until running ends and stops the job when it is lost.
func (w *Worker) keepLease(running context.Context, stop context.CancelCauseFunc, lease leases.Lease, percent *atomic.Int64) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(beat)
		defer tick.Stop()
		for {
			select {
			case <-running.Done():
				return
			case <-tick.C:
			}
			if err := w.Table.Renew(running, lease, int(percent.Load())); errors.Is(err, leases.ErrLost) {
				stop(leases.ErrLost)
				return
			}
		}
	}()
	return done
}

func (w *Worker) reportFailure(ctx context.Context, by commands.Caller, id kernel.JobID, a commandsjob.Accepted, failure error) error {
	_, err := w.Jobs.Fail(ctx, by, commandsjob.Fail{
		JobID: id, Fence: a.Fence, Message: failure.Error(), Hopeless: kernel.CodeOf(failure) == kernel.CodeUnprocessable,
	})
	if kernel.CodeOf(err) != "" {
		return nil // cancelled meanwhile, or another worker's by now
	}
	return err
}

// discardCancelled removes what a job wrote that was cancelled. Another worker may be writing the same names of one that was not.
func (w *Worker) discardCancelled(ctx context.Context, id kernel.JobID, a commandsjob.Accepted) error {
	j, err := w.Jobs.Job(ctx, id)
	if err != nil || j.State != job.StateCancelled {
		return err
	}
	return w.Files.Discard(a.VideoID, a.Order)
}

// declined removes what a job wrote that nobody wants any more: its video was deleted, or the job was cancelled.
func (w *Worker) declined(ctx context.Context, logger *slog.Logger, id kernel.JobID, a commandsjob.Accepted, err error) error {
	switch kernel.CodeOf(err) {
	case kernel.CodeNotFound:
		logger.InfoContext(ctx, "the video of a media job is gone; its output is removed")
	case kernel.CodeConflict:
		j, loadErr := w.Videos.Video(ctx, a.VideoID)
		if loadErr != nil || (j.Exists && !j.Deleted) {
			logger.WarnContext(ctx, "the report of a media job was declined", "error", err)
			return errors.Join(loadErr, w.discardCancelled(ctx, id, a))
		}
	default:
		return err
	}
	return w.Files.Discard(a.VideoID, a.Order)
}
