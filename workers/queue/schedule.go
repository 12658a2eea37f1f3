package queue

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// Schedule is a worker for work by the clock that is one function.
type Schedule[T river.JobArgs] struct {
	river.WorkerDefaults[T]
	do func(ctx context.Context) error
}

// NewSchedule makes a worker of a function.
func NewSchedule[T river.JobArgs](do func(ctx context.Context) error) *Schedule[T] {
	return &Schedule[T]{do: do}
}

// Work calls the function.
func (s *Schedule[T]) Work(ctx context.Context, _ *river.Job[T]) error { return s.do(ctx) }

// Every runs work at an interval, on one of the nodes that share the queue. A tick that comes while the last is still waiting
// is left out.
func Every(interval time.Duration, work river.JobArgs) *river.PeriodicJob {
	return every(interval, work, false)
}

// EveryFromStart is Every, and once when the server starts: for what a changed configuration should do soon.
func EveryFromStart(interval time.Duration, work river.JobArgs) *river.PeriodicJob {
	return every(interval, work, true)
}

func every(interval time.Duration, work river.JobArgs, atStart bool) *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(interval), func() (river.JobArgs, *river.InsertOpts) {
		return work, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: interval}}
	}, &river.PeriodicJobOpts{RunOnStart: atStart})
}
