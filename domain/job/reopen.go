package job

import "vidilog/domain/kernel"

// Reopen makes a job wait for its parent again that was dropped because the parent failed: the parent is being retried.
type Reopen struct{}

// Reopened records that a dropped job is wanted after all, once its parent is done.
type Reopened struct {
	JobID   kernel.JobID   `json:"jobId"`
	VideoID kernel.VideoID `json:"videoId"`
}

// EventType is the literal id in the log.
func (Reopened) EventType() string { return "job.reopened" }

// Decide answers Reopened, or nothing unless the job was dropped because of its parent.
func (Reopen) Decide(j Job) ([]kernel.Event, error) {
	if !j.Exists {
		return nil, kernel.NotFound("Job not found")
	}
	if j.State != ParentErrored {
		return nil, nil
	}
	return []kernel.Event{Reopened{JobID: j.ID, VideoID: j.VideoID}}, nil
}
