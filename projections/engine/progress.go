package engine

import (
	"time"

	"vidilog/eventstore"
)

// Phase is a step of a build.
type Phase string

// The steps of a build, in order.
const (
	PhaseBulk    Phase = "bulk"     // fold and COPY into tables without secondary indexes
	PhaseIndexes Phase = "indexes"  // indexes and statistics
	PhaseCatchUp Phase = "catch-up" // what was appended meanwhile
	PhaseCompare Phase = "compare"  // digests of the new and the live build at one position
	PhaseFlip    Phase = "flip"     // the new build becomes the live one
)

// Progress says how far a build is.
type Progress struct {
	Model       string
	Version     int
	Phase       Phase
	Done, Total eventstore.Position // events of the log; Total grows when the log does
	Rate        float64             // events per second in this phase
	Remaining   time.Duration       // of this phase at that rate, 0 when it cannot be told
}

// reporter limits how often progress is told.
type reporter struct {
	tell     func(Progress)
	progress Progress
	started  time.Time
	from     eventstore.Position
	told     time.Time
}

const tellEvery = 100 * time.Millisecond

func newReporter(d Definition, tell func(Progress)) *reporter {
	if tell == nil {
		tell = func(Progress) {}
	}
	return &reporter{tell: tell, progress: Progress{Model: d.Name, Version: d.Version}}
}

// phase begins a step.
func (r *reporter) phase(p Phase, done, total eventstore.Position) {
	r.progress.Phase, r.progress.Rate, r.progress.Remaining = p, 0, 0
	r.started, r.from, r.told = time.Now(), done, time.Time{}
	r.at(done, total)
}

func (r *reporter) at(done, total eventstore.Position) {
	now := time.Now()
	if now.Sub(r.told) < tellEvery && done < total {
		return
	}
	r.told = now
	r.progress.Done, r.progress.Total = done, max(done, total)
	if spent := now.Sub(r.started).Seconds(); spent > 0 && done > r.from {
		r.progress.Rate = float64(done-r.from) / spent
		r.progress.Remaining = time.Duration(float64(r.progress.Total-done) / r.progress.Rate * float64(time.Second))
	}
	r.tell(r.progress)
}
