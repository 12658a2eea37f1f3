package job

import (
	"unicode/utf8"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

// maxMessage is PeerTube's limit of a runner's error message, in characters.
const maxMessage = 5_000

// Accept gives a job to a worker. The append demands the exact version, so only one of two workers gets it.
type Accept struct{ Worker string }

// Accepted records who works on the job; Fence counts these and must be shown with every report.
type Accepted struct {
	JobID   kernel.JobID   `json:"jobId"`
	VideoID kernel.VideoID `json:"videoId"`
	Worker  string         `json:"worker"`
	Fence   int            `json:"fence"`
}

// EventType is the literal id in the log.
func (Accepted) EventType() string { return "job.accepted" }

// Decide answers Accepted, or CodeConflict with PeerTube's code when the job is not pending. A job in processing may be taken
// again: the caller's lease says that its worker is dead, and the new fence shuts that worker out.
func (a Accept) Decide(j Job) ([]kernel.Event, error) {
	if !j.Exists {
		return nil, kernel.NotFound("Job not found")
	}
	if j.State != Pending && j.State != Processing {
		return nil, kernel.Conflict("the job is not pending").WithAPICode("runner_job_not_in_pending_state")
	}
	return []kernel.Event{Accepted{JobID: j.ID, VideoID: j.VideoID, Worker: a.Worker, Fence: j.Fence + 1}}, nil
}

// Complete reports the result, which is on disk.
type Complete struct {
	Fence     int
	Rendition video.Rendition
}

// Completed records the result of a job.
type Completed struct {
	JobID     kernel.JobID    `json:"jobId"`
	VideoID   kernel.VideoID  `json:"videoId"`
	Worker    string          `json:"worker"`
	Fence     int             `json:"fence"`
	Rendition video.Rendition `json:"rendition"`
}

// EventType is the literal id in the log.
func (Completed) EventType() string { return "job.completed" }

// Decide answers Completed, or CodeConflict when another worker holds the job or it has been cancelled.
func (c Complete) Decide(j Job) ([]kernel.Event, error) {
	if err := j.mustHold(c.Fence); err != nil {
		return nil, err
	}
	return []kernel.Event{Completed{JobID: j.ID, VideoID: j.VideoID, Worker: j.Worker, Fence: c.Fence, Rendition: c.Rendition}}, nil
}

// Fail reports that an attempt did not work.
type Fail struct {
	Fence   int
	Message string
	// Hopeless says that another attempt would end alike.
	Hopeless bool
}

// Failed records an attempt that did not work; Final says that there is no further one.
type Failed struct {
	JobID   kernel.JobID   `json:"jobId"`
	VideoID kernel.VideoID `json:"videoId"`
	Worker  string         `json:"worker"`
	Fence   int            `json:"fence"`
	Message string         `json:"message"`
	Attempt int            `json:"attempt"`
	Final   bool           `json:"final"`
}

// EventType is the literal id in the log.
func (Failed) EventType() string { return "job.failed" }

// Decide answers Failed, final once the attempts are used up.
func (f Fail) Decide(j Job) ([]kernel.Event, error) {
	if err := j.mustHold(f.Fence); err != nil {
		return nil, err
	}
	attempt := j.Attempts + 1
	return []kernel.Event{Failed{
		JobID: j.ID, VideoID: j.VideoID, Worker: j.Worker, Fence: f.Fence, Message: shortened(f.Message),
		Attempt: attempt, Final: f.Hopeless || attempt >= j.MaxAttempts,
	}}, nil
}

// shortened keeps the end of a long message, where ffmpeg says what went wrong.
func shortened(message string) string {
	message = kernel.CleanText(message)
	n := utf8.RuneCountInString(message)
	if n <= maxMessage {
		return message
	}
	return string([]rune(message)[n-maxMessage:])
}

// Abort gives a job back without a result or a failed attempt: the worker stops.
type Abort struct {
	Fence  int
	Reason string
}

// Aborted records that a worker gave a job back.
type Aborted struct {
	JobID   kernel.JobID   `json:"jobId"`
	VideoID kernel.VideoID `json:"videoId"`
	Worker  string         `json:"worker"`
	Fence   int            `json:"fence"`
	Reason  string         `json:"reason"`
}

// EventType is the literal id in the log.
func (Aborted) EventType() string { return "job.aborted" }

// Decide answers Aborted, or CodeConflict when another worker holds the job.
func (a Abort) Decide(j Job) ([]kernel.Event, error) {
	if err := j.mustHold(a.Fence); err != nil {
		return nil, err
	}
	return []kernel.Event{Aborted{JobID: j.ID, VideoID: j.VideoID, Worker: j.Worker, Fence: a.Fence, Reason: a.Reason}}, nil
}
