package job

import "vidilog/domain/kernel"

// Cancel ends a job that nobody wants any more.
type Cancel struct {
	// State is Cancelled, or ParentErrored or ParentCancelled where the job needed another's result.
	State  State
	Reason string
}

// Cancelled records that the job will not be done.
type Cancelled struct {
	JobID   kernel.JobID   `json:"jobId"`
	VideoID kernel.VideoID `json:"videoId"`
	State   State          `json:"state"`
	Reason  string         `json:"reason"`
}

// EventType is the literal id in the log.
func (Cancelled) EventType() string { return "job.cancelled" }

// Decide answers Cancelled, or nothing when the job has ended already.
func (c Cancel) Decide(j Job) ([]kernel.Event, error) {
	if !j.Exists {
		return nil, kernel.NotFound("Job not found")
	}
	if !j.isOpen() {
		return nil, nil
	}
	return []kernel.Event{Cancelled{JobID: j.ID, VideoID: j.VideoID, State: c.State, Reason: c.Reason}}, nil
}

// Retry gives a failed job a fresh set of attempts.
type Retry struct{}

// Retried records that an administrator wants a failed job done after all.
type Retried struct {
	JobID   kernel.JobID   `json:"jobId"`
	VideoID kernel.VideoID `json:"videoId"`
}

// EventType is the literal id in the log.
func (Retried) EventType() string { return "job.retried" }

// Decide answers Retried, or CodeConflict unless the job has failed.
func (Retry) Decide(j Job) ([]kernel.Event, error) {
	if !j.Exists {
		return nil, kernel.NotFound("Job not found")
	}
	if j.State != Errored {
		return nil, kernel.Conflict("only a failed job can be retried")
	}
	return []kernel.Event{Retried{JobID: j.ID, VideoID: j.VideoID}}, nil
}
