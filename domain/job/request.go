package job

import "vidilog/domain/kernel"

// Request asks for a piece of media work.
type Request struct {
	JobID     kernel.JobID
	IntegerID int64
	VideoID   kernel.VideoID
	OwnerID   kernel.UserID
	Order     Order
	// Parent is the job whose result this one needs, zero for none.
	Parent kernel.JobID
	// Priority orders jobs that wait, lower first.
	Priority    int
	MaxAttempts int
}

// Requested records work that is wanted.
type Requested struct {
	JobID kernel.JobID `json:"jobId"`
	// IntegerID is the number the API's job lists show.
	IntegerID   int64          `json:"integerId"`
	VideoID     kernel.VideoID `json:"videoId"`
	OwnerID     kernel.UserID  `json:"ownerId"`
	Order       Order          `json:"order"`
	Parent      kernel.JobID   `json:"parent"`
	Priority    int            `json:"priority"`
	MaxAttempts int            `json:"maxAttempts"`
}

// EventType is the literal id in the log.
func (Requested) EventType() string { return "job.requested" }

// Decide answers Requested, or CodeConflict when the job exists.
func (r Request) Decide(j Job) ([]kernel.Event, error) {
	if j.Exists {
		return nil, kernel.Conflict("the job %s exists already", j.ID)
	}
	return []kernel.Event{Requested(r)}, nil
}

// Release lets a job start whose parent has been completed.
type Release struct{}

// Released records that nothing stands before the job any more.
type Released struct {
	JobID   kernel.JobID   `json:"jobId"`
	VideoID kernel.VideoID `json:"videoId"`
}

// EventType is the literal id in the log.
func (Released) EventType() string { return "job.released" }

// Decide answers Released, or nothing when the job does not wait for a parent.
func (Release) Decide(j Job) ([]kernel.Event, error) {
	if j.State != WaitingForParent {
		return nil, nil
	}
	return []kernel.Event{Released{JobID: j.ID, VideoID: j.VideoID}}, nil
}
