package process

import (
	"fmt"

	"github.com/google/uuid"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

// TranscodingName is the consumer group and the actor of this process.
const TranscodingName = "transcoding"

const (
	// transcodingPriority is PeerTube 6.3's base priority of transcoding jobs; lower runs first.
	transcodingPriority = 100
	// transcodingAttempts before a job is given up. PeerTube gives runners five; ffmpeg on the same machine seldom
	// changes its mind, so three tell a hiccup from a broken file.
	transcodingAttempts = 3
)

// TranscodingKey answers the video whose transcoding an event belongs to; ok is false for events this process ignores.
func TranscodingKey(e kernel.Event) (id kernel.VideoID, ok bool) {
	switch e := e.(type) {
	case video.Uploaded:
		return e.VideoID, true
	case video.PlaylistWritten:
		return e.VideoID, true
	case video.Deleted:
		return e.VideoID, true
	case job.Completed:
		return e.VideoID, true
	case job.Failed:
		return e.VideoID, e.Final
	case job.Retried:
		return e.VideoID, true
	}
	return kernel.VideoID{}, false
}

// React decides what an event means for the transcoding of its video.
func (t Transcoding) React(cause Cause) Decision {
	switch e := cause.Data.(type) {
	case video.Uploaded:
		return t.plan(cause.EventID, e)
	case job.Completed:
		return t.completed(e)
	case job.Failed:
		return t.failed(e)
	case job.Retried:
		return t.retried(e)
	case video.PlaylistWritten:
		return t.playlistWritten()
	case video.Deleted:
		return t.videoDeleted()
	}
	return Decision{}
}

// plan asks for all jobs at once: the upload made playable first, the others behind what they are made of. Ids and file
// names derive from the event, so planning twice asks for the same jobs.
func (t Transcoding) plan(cause uuid.UUID, e video.Uploaded) Decision {
	if t.Planned || !e.Settings.Produces() {
		return Decision{}
	}
	plan, err := e.Settings.Policy.Plan(e.Probe)
	if err != nil {
		return Decision{
			Own:     []kernel.Event{Declined{Intent: "plan", Code: string(kernel.CodeOf(err)), Detail: err.Error()}},
			Intents: []Intent{FailVideo{VideoID: e.VideoID, Reason: err.Error()}},
		}
	}
	p := planner{cause: cause, upload: e}
	first := p.webVideo(plan.WebVideo, kernel.JobID{}, true)
	if e.Settings.HLS {
		p.hls(plan.HLS, first, plan.HLSByCopy)
	}
	for _, lower := range plan.Lower {
		parent := first
		if e.Settings.WebVideos {
			parent = p.webVideo(lower, first, false)
		}
		if e.Settings.HLS {
			p.hls(lower, parent, e.Settings.WebVideos)
		}
	}
	planned := TranscodingPlanned{VideoID: e.VideoID, HLS: e.Settings.HLS, WebVideos: e.Settings.WebVideos, Steps: p.steps}
	return Decision{Own: []kernel.Event{planned}, Intents: p.intents}
}

// planner collects the jobs of one plan.
type planner struct {
	cause   uuid.UUID
	upload  video.Uploaded
	steps   []Step
	intents []Intent
}

func (p *planner) webVideo(encoding transcoding.Encoding, parent kernel.JobID, optimises bool) kernel.JobID {
	key := fmt.Sprintf("web-%d", encoding.Resolution)
	return p.add(key, parent, job.Order{
		Type: job.WebVideoTranscoding, Resolution: int(encoding.Resolution), FPS: encoding.FPS,
		FileName:  transcoding.WebVideoName(p.name(key), encoding.Resolution),
		QuickCopy: encoding.QuickCopy, Optimises: optimises,
	})
}

func (p *planner) hls(encoding transcoding.Encoding, parent kernel.JobID, copyCodecs bool) {
	key := fmt.Sprintf("hls-%d", encoding.Resolution)
	media := transcoding.HLSMediaName(p.name(key), encoding.Resolution)
	p.add(key, parent, job.Order{
		Type: job.HLSTranscoding, Resolution: int(encoding.Resolution), FPS: encoding.FPS,
		FileName: media, PlaylistName: transcoding.HLSPlaylistName(media), CopyCodecs: copyCodecs,
	})
}

func (p *planner) name(key string) string { return kernel.Derive(p.cause, "file-"+key).String() }

func (p *planner) add(key string, parent kernel.JobID, order job.Order) kernel.JobID {
	id := kernel.JobID{UUID: kernel.Derive(p.cause, "job-"+key)}
	p.steps = append(p.steps, Step{JobID: id, Type: order.Type, Resolution: order.Resolution, Parent: parent})
	p.intents = append(p.intents, RequestJob{
		JobID: id, VideoID: p.upload.VideoID, OwnerID: p.upload.OwnerID, Order: order, Parent: parent,
		Priority: transcodingPriority + len(p.steps) - 1, MaxAttempts: transcodingAttempts,
	})
	return id
}
