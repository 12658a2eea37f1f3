package process

import (
	"vidilog/domain/job"
	"vidilog/domain/kernel"
)

// completed lets the jobs start that waited for this one. Without HLS the first file is what people watch; with HLS that
// is decided when a playlist lists the first rendition.
func (t Transcoding) completed(e job.Completed) Decision {
	step, known := t.step(e.JobID)
	if !known || step.Outcome != "" {
		return Decision{}
	}
	d := Decision{Own: []kernel.Event{TranscodingStepEnded{VideoID: t.VideoID, JobID: e.JobID, Outcome: Done}}}
	for _, child := range t.Steps {
		if child.Parent == e.JobID && child.Outcome == "" {
			d.Intents = append(d.Intents, ReleaseJob{JobID: child.JobID})
		}
	}
	after := t.Apply(d.Own[0])
	if !t.HLS && !t.Playable && after.isWatchable() {
		d = after.becomesPlayable(d)
	}
	return after.endIfSettled(d)
}

// failed drops the jobs that needed this one. The video fails when nothing can make it watchable any more.
func (t Transcoding) failed(e job.Failed) Decision {
	step, known := t.step(e.JobID)
	if !known || step.Outcome != "" {
		return Decision{}
	}
	after := t
	var d Decision
	end := func(id kernel.JobID, outcome Outcome) {
		ended := TranscodingStepEnded{VideoID: t.VideoID, JobID: id, Outcome: outcome}
		d.Own, after = append(d.Own, ended), after.Apply(ended)
	}
	end(e.JobID, Broken)
	lost := map[kernel.JobID]bool{e.JobID: true}
	for _, child := range t.Steps { // parents come before their children
		if lost[child.Parent] && child.Outcome == "" {
			lost[child.JobID] = true
			end(child.JobID, Dropped)
			d.Intents = append(d.Intents, CancelJob{JobID: child.JobID, State: job.ParentErrored, Reason: "the job it needed failed"})
		}
	}
	switch {
	case t.Playable:
	case !after.mayBecomePlayable():
		d.Intents = append(d.Intents, FailVideo{VideoID: t.VideoID, Reason: e.Message})
	case !t.isWatchable() && after.isWatchable(): // it waited for the sound that will not come
		d = after.becomesPlayable(d)
	}
	return after.endIfSettled(d)
}

// retried opens a failed step again, and with it those that were dropped because they needed its result.
func (t Transcoding) retried(e job.Retried) Decision {
	if step, known := t.step(e.JobID); !known || step.Outcome != Broken {
		return Decision{}
	}
	d := Decision{Own: []kernel.Event{TranscodingStepReopened{VideoID: t.VideoID, JobID: e.JobID}}}
	open := map[kernel.JobID]bool{e.JobID: true}
	for _, child := range t.Steps { // parents come before their children
		if open[child.Parent] && child.Outcome == Dropped {
			open[child.JobID] = true
			d.Own = append(d.Own, TranscodingStepReopened{VideoID: t.VideoID, JobID: child.JobID})
			d.Intents = append(d.Intents, ReopenJob{JobID: child.JobID})
		}
	}
	return d
}

// playlistWritten shows the video as soon as a rendition can be streamed, as PeerTube does. With web videos off the
// progressive files go as soon as the largest streams: they were only the source of that.
func (t Transcoding) playlistWritten() Decision {
	var d Decision
	if t.Planned && !t.Playable && t.isWatchable() {
		d = t.becomesPlayable(d)
	}
	if t.mayDropWebVideos() {
		d.Intents = append(d.Intents, DropWebVideos{VideoID: t.VideoID})
	}
	return d
}

func (t Transcoding) becomesPlayable(d Decision) Decision {
	d.Own = append(d.Own, TranscodingPlayable{VideoID: t.VideoID})
	d.Intents = append(d.Intents, PublishVideo{VideoID: t.VideoID})
	return d
}

// videoDeleted cancels what has not been done.
func (t Transcoding) videoDeleted() Decision {
	return t.abandoned("the video was deleted")
}

// abandoned ends a plan before its time: what has not been done is cancelled.
func (t Transcoding) abandoned(reason string) Decision {
	var d Decision
	for _, step := range t.Steps {
		if step.Outcome == "" {
			d.Own = append(d.Own, TranscodingStepEnded{VideoID: t.VideoID, JobID: step.JobID, Outcome: Dropped})
			d.Intents = append(d.Intents, CancelJob{JobID: step.JobID, State: job.StateCancelled, Reason: reason})
		}
	}
	if t.IsRunning() {
		d.Own = append(d.Own, TranscodingEnded{VideoID: t.VideoID})
	}
	return d
}

// endIfSettled closes the process once no step is open.
func (t Transcoding) endIfSettled(d Decision) Decision {
	if t.isSettled() && !t.Ended {
		d.Own = append(d.Own, TranscodingEnded{VideoID: t.VideoID})
	}
	return d
}
