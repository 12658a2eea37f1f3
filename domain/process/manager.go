package process

import (
	"github.com/google/uuid"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
)

// Cause is the event that a process manager reacts to.
type Cause struct {
	EventID uuid.UUID
	Actor   kernel.Actor
	Data    kernel.Event
}

// Decision is what a process manager makes of a cause.
type Decision struct {
	// Own are events of the process's own stream.
	Own []kernel.Event
	// Intents are commands on other aggregates, appended together with Own.
	Intents []Intent
}

// Intent is a command that a process wants; the types below are all there are.
type Intent interface{ intent() }

// RequestJob wants media work done.
type RequestJob struct {
	JobID    kernel.JobID
	VideoID  kernel.VideoID
	OwnerID  kernel.UserID
	Order    job.Order
	Parent   kernel.JobID
	Priority int
	// CountsUploads adds what the owner has uploaded in the last week to the priority, so that nobody keeps all others waiting.
	CountsUploads bool
	MaxAttempts   int
}

// ReleaseJob lets a job start whose parent is done.
type ReleaseJob struct{ JobID kernel.JobID }

// CancelJob ends a job that has become pointless.
type CancelJob struct {
	JobID  kernel.JobID
	State  job.State
	Reason string
}

// ReopenJob makes a job wait for its parent again that was dropped when the parent failed.
type ReopenJob struct{ JobID kernel.JobID }

// PublishVideo shows a video that waited.
type PublishVideo struct{ VideoID kernel.VideoID }

// FailVideo says that what a video waited for will not come.
type FailVideo struct {
	VideoID kernel.VideoID
	Reason  string
}

// DropWebVideos removes the progressive files that only served to make HLS.
type DropWebVideos struct{ VideoID kernel.VideoID }

// RemoveVideosOfChannel deletes some videos of a deleted channel.
type RemoveVideosOfChannel struct{ ChannelID kernel.ChannelID }

// SpreadSupport gives some videos of a channel its support text.
type SpreadSupport struct{ ChannelID kernel.ChannelID }

// RemoveCommentsOfAccount deletes some of what a deleted account has written.
type RemoveCommentsOfAccount struct{ AccountID kernel.AccountID }

func (RequestJob) intent()    {}
func (ReleaseJob) intent()    {}
func (CancelJob) intent()     {}
func (ReopenJob) intent()     {}
func (PublishVideo) intent()  {}
func (FailVideo) intent()     {}
func (DropWebVideos) intent() {}

func (RemoveVideosOfChannel) intent() {}
func (SpreadSupport) intent()         {}

func (RemoveCommentsOfAccount) intent() {}

// Declined records on the process's stream that an aggregate refused a command, so that the refusal is no silence.
type Declined struct {
	Intent string `json:"intent"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// EventType is the literal id in the log.
func (Declined) EventType() string { return "process.declined" }
