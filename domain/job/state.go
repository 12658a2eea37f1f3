package job

import (
	"vidilog/domain/kernel"
)

// Type is PeerTube's runner job type.
type Type string

// The job types of PeerTube that this release runs.
const (
	WebVideoTranscoding Type = "vod-web-video-transcoding"
	HLSTranscoding      Type = "vod-hls-transcoding"
	// AudioMergeTranscoding puts a picture to an upload that is sound alone.
	AudioMergeTranscoding Type = "vod-audio-merge-transcoding"
)

// State is PeerTube's RunnerJobState.
type State int

// The states of PeerTube's runner jobs.
const (
	Pending          State = 1
	Processing       State = 2
	StateCompleted   State = 3
	Errored          State = 4
	WaitingForParent State = 5
	StateCancelled   State = 6
	ParentErrored    State = 7
	ParentCancelled  State = 8
)

// Order is what a job has to make.
type Order struct {
	Type       Type `json:"type"`
	Resolution int  `json:"resolution"`
	// FPS is frames per second, 0 for audio only.
	FPS int `json:"fps"`
	// FileName of the media file to write: fixed when the job is requested, so that a repeated run writes the same file.
	FileName string `json:"fileName"`
	// PlaylistName of the media playlist to write, for HLS.
	PlaylistName string `json:"playlistName,omitempty"`
	// QuickCopy passes the streams of the upload through.
	QuickCopy bool `json:"quickCopy,omitempty"`
	// CopyCodecs makes HLS out of the web video of the same resolution without encoding.
	CopyCodecs bool `json:"copyCodecs,omitempty"`
	// WithoutSound leaves the sound of an HLS rendition to the one of sound alone.
	WithoutSound bool `json:"withoutSound,omitempty"`
	// FromStreams says that it is made of an HLS rendition, for the web videos are about to go.
	FromStreams bool `json:"fromStreams,omitempty"`
	// Source is the number of the file that it is made of, 0 for the first one that the video has had.
	Source int `json:"source,omitempty"`
	// Optimises says that the result takes the place of the uploaded original.
	Optimises bool `json:"optimises,omitempty"`
}

// Job is what commands need to know of one.
type Job struct {
	Exists      bool
	ID          kernel.JobID
	VideoID     kernel.VideoID
	Order       Order
	Parent      kernel.JobID
	State       State
	Worker      string
	Fence       int
	Attempts    int
	MaxAttempts int
	Message     string
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event {
	return []kernel.Event{Requested{}, Released{}, Accepted{}, Completed{}, Failed{}, Aborted{}, Cancelled{}, Retried{}, Reopened{}}
}

// Apply folds one event.
func (j Job) Apply(e kernel.Event) Job {
	switch e := e.(type) {
	case Requested:
		j = Job{
			Exists: true, ID: e.JobID, VideoID: e.VideoID, Order: e.Order, Parent: e.Parent,
			State: Pending, MaxAttempts: e.MaxAttempts,
		}
		if !e.Parent.IsZero() {
			j.State = WaitingForParent
		}
	case Released:
		j.State = Pending
	case Accepted:
		j.State, j.Worker, j.Fence = Processing, e.Worker, e.Fence
	case Completed:
		j.State = StateCompleted
	case Failed:
		j.Attempts, j.Message, j.State = e.Attempt, e.Message, Pending
		if e.Final {
			j.State = Errored
		}
	case Aborted:
		j.State = Pending
	case Cancelled:
		j.State = e.State
	case Reopened:
		j.State, j.Message = WaitingForParent, ""
	case Retried:
		j.State, j.Attempts, j.Message = Pending, 0, ""
	}
	return j
}

// isOpen says that the job may still produce something.
func (j Job) isOpen() bool {
	return j.State == Pending || j.State == Processing || j.State == WaitingForParent
}

// mustHold answers a conflict unless the job is being worked on under this fence.
func (j Job) mustHold(fence int) error {
	if !j.Exists {
		return kernel.NotFound("Job not found")
	}
	if j.State != Processing || j.Fence != fence {
		return kernel.Conflict("the job is not in processing state for this worker").WithAPICode("runner_job_not_in_processing_state")
	}
	return nil
}
