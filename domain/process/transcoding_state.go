package process

import (
	"slices"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
)

// Step is one job of a transcoding and what became of it.
type Step struct {
	JobID      kernel.JobID `json:"jobId"`
	Type       job.Type     `json:"type"`
	Resolution int          `json:"resolution"`
	Parent     kernel.JobID `json:"parent"`
	// IsFirst marks what must be there before the web videos may go that do not stay: the largest rendition and its sound.
	IsFirst bool    `json:"isFirst,omitzero"`
	Outcome Outcome `json:"-"`
}

// Outcome says how a step ended.
type Outcome string

// The ways a step can end; a step without one is still open.
const (
	Done    Outcome = "done"
	Broken  Outcome = "failed"
	Dropped Outcome = "cancelled"
)

// Transcoding is the state of the process that turns a video into its renditions; each plan takes the place of the last.
type Transcoding struct {
	VideoID   kernel.VideoID
	Planned   bool
	Ended     bool
	Playable  bool
	HLS       bool
	WebVideos bool
	Steps     []Step
}

// TranscodingPlanned records which jobs an upload or an administrator's wish leads to, with the settings they were planned under.
type TranscodingPlanned struct {
	VideoID   kernel.VideoID `json:"videoId"`
	HLS       bool           `json:"hls"`
	WebVideos bool           `json:"webVideos"`
	// Settings are those that the plan was made under.
	Settings transcoding.Settings `json:"settings"`
	Steps    []Step               `json:"steps"`
}

// EventType is the literal id in the log.
func (TranscodingPlanned) EventType() string { return "transcoding.planned" }

// TranscodingStepEnded records how a job ended.
type TranscodingStepEnded struct {
	VideoID kernel.VideoID `json:"videoId"`
	JobID   kernel.JobID   `json:"jobId"`
	Outcome Outcome        `json:"outcome"`
}

// EventType is the literal id in the log.
func (TranscodingStepEnded) EventType() string { return "transcoding.step-ended" }

// TranscodingStepReopened records that an administrator wants a failed job tried again, or that a job needs the result of one.
type TranscodingStepReopened struct {
	VideoID kernel.VideoID `json:"videoId"`
	JobID   kernel.JobID   `json:"jobId"`
}

// EventType is the literal id in the log.
func (TranscodingStepReopened) EventType() string { return "transcoding.step-reopened" }

// TranscodingPlayable records that enough is there to watch the video.
type TranscodingPlayable struct {
	VideoID kernel.VideoID `json:"videoId"`
}

// EventType is the literal id in the log.
func (TranscodingPlayable) EventType() string { return "transcoding.playable" }

// TranscodingEnded records that no step is open any more.
type TranscodingEnded struct {
	VideoID kernel.VideoID `json:"videoId"`
}

// EventType is the literal id in the log.
func (TranscodingEnded) EventType() string { return "transcoding.ended" }

// Events are all event types of this package, for the codec.
func Events() []kernel.Event {
	return []kernel.Event{
		TranscodingPlanned{},
		TranscodingStepEnded{},
		TranscodingStepReopened{},
		TranscodingPlayable{},
		TranscodingEnded{},
		Declined{},
	}
}

// Apply folds one event of the process's own stream.
func (t Transcoding) Apply(e kernel.Event) Transcoding {
	switch e := e.(type) {
	case TranscodingPlanned:
		t = Transcoding{VideoID: e.VideoID, Planned: true, HLS: e.HLS, WebVideos: e.WebVideos, Steps: slices.Clone(e.Steps)}
	case TranscodingStepEnded:
		t.Steps = t.with(e.JobID, e.Outcome)
	case TranscodingStepReopened:
		t.Steps, t.Ended = t.with(e.JobID, ""), false
	case TranscodingPlayable:
		t.Playable = true
	case TranscodingEnded:
		t.Ended = true
	case Declined:
		// a note for people; the process goes on as it would have
	}
	return t
}

// with answers a copy of the steps in which one has this outcome.
func (t Transcoding) with(id kernel.JobID, outcome Outcome) []Step {
	steps := slices.Clone(t.Steps)
	for i := range steps {
		if steps[i].JobID == id {
			steps[i].Outcome = outcome
		}
	}
	return steps
}

// step answers an open step.
func (t Transcoding) step(id kernel.JobID) (Step, bool) {
	i := slices.IndexFunc(t.Steps, func(s Step) bool { return s.JobID == id })
	if i < 0 {
		return Step{}, false
	}
	return t.Steps[i], true
}

// isSettled says that every step has ended.
func (t Transcoding) isSettled() bool {
	return !slices.ContainsFunc(t.Steps, func(s Step) bool { return s.Outcome == "" })
}

// IsRunning says that jobs of a plan are open.
func (t Transcoding) IsRunning() bool { return t.Planned && !t.Ended }

// mayBecomePlayable says that an open or finished step can still make the video watchable.
func (t Transcoding) mayBecomePlayable() bool {
	return slices.ContainsFunc(t.Steps, func(s Step) bool {
		return s.Outcome != Broken && s.Outcome != Dropped && t.shows(s)
	})
}

// shows says that the result of a step is something to watch: a picture, or sound where the plan knows nothing else.
func (t Transcoding) shows(s Step) bool {
	onlySound := !slices.ContainsFunc(t.Steps, func(s Step) bool { return s.Resolution > 0 })
	return (!t.HLS || s.Type == job.HLSTranscoding) && (s.Resolution > 0 || onlySound)
}

// isWatchable says that something to watch is done, and not without the sound that is to come.
func (t Transcoding) isWatchable() bool {
	lacksSound := slices.ContainsFunc(t.Steps, func(s Step) bool { return s.IsFirst && s.Resolution == 0 && s.Outcome == "" })
	return !lacksSound && slices.ContainsFunc(t.Steps, func(s Step) bool { return s.Outcome == Done && t.shows(s) })
}

// mayDropWebVideos says that the streams that must come first are there, and the plan does not keep progressive files.
func (t Transcoding) mayDropWebVideos() bool {
	return t.Planned && t.HLS && !t.WebVideos &&
		!slices.ContainsFunc(t.Steps, func(s Step) bool { return s.IsFirst && s.Outcome != Done })
}
