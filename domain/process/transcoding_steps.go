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
	if !t.HLS && !t.Playable {
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
	if !t.Playable && !after.mayBecomePlayable() {
		d.Intents = append(d.Intents, FailVideo{VideoID: t.VideoID, Reason: e.Message})
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

// playlistWritten shows the video as soon as a first rendition can be streamed, as PeerTube does.
func (t Transcoding) playlistWritten() Decision {
	if !t.Planned || t.Playable {
		return Decision{}
	}
	return t.becomesPlayable(Decision{})
}

func (t Transcoding) becomesPlayable(d Decision) Decision {
	d.Own = append(d.Own, TranscodingPlayable{VideoID: t.VideoID})
	d.Intents = append(d.Intents, PublishVideo{VideoID: t.VideoID})
	return d
}

// videoDeleted cancels what has not been done.
func (t Transcoding) videoDeleted() Decision {
	var d Decision
	after := t
	for _, step := range t.Steps {
		if step.Outcome == "" {
			ended := TranscodingStepEnded{VideoID: t.VideoID, JobID: step.JobID, Outcome: Dropped}
			d.Own, after = append(d.Own, ended), after.Apply(ended)
			d.Intents = append(d.Intents, CancelJob{JobID: step.JobID, State: job.StateCancelled, Reason: "the video was deleted"})
		}
	}
	if !t.Planned || t.Ended {
		return d
	}
	d.Own = append(d.Own, TranscodingEnded{VideoID: t.VideoID})
	return d
}

// endIfSettled closes the process once no step is open. With web videos off, the progressive files go then: they were only
// the source of the HLS ones.
func (t Transcoding) endIfSettled(d Decision) Decision {
	if !t.isSettled() || t.Ended {
		return d
	}
	d.Own = append(d.Own, TranscodingEnded{VideoID: t.VideoID})
	if t.HLS && !t.WebVideos && t.allDone() {
		d.Intents = append(d.Intents, DropWebVideos{VideoID: t.VideoID})
	}
	return d
}

func (t Transcoding) allDone() bool {
	for _, step := range t.Steps {
		if step.Outcome != Done {
			return false
		}
	}
	return true
}
