package process

import (
	"fmt"

	"github.com/google/uuid"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

const (
	// Priorities of PeerTube 8.x (JOB_PRIORITY); lower runs first, and the owner's uploads of the last week are added. What makes
	// a video watchable comes before what makes another smaller; what an administrator asks for comes before all.
	requiredPriority = 100
	optionalPriority = 10_000
	manualPriority   = 0
	// transcodingAttempts before a job is given up. PeerTube gives runners five; ffmpeg on the same machine seldom
	// changes its mind, so three tell a hiccup from a broken file.
	transcodingAttempts = 3
)

// source is a file that all renditions of a video are made of anew.
type source struct {
	videoID  kernel.VideoID
	ownerID  kernel.UserID
	probe    transcoding.Probe
	settings transcoding.Settings
	// number of the file among those the video has had.
	number int
}

func sourceOf(e video.Uploaded) source {
	return source{videoID: e.VideoID, ownerID: e.OwnerID, probe: e.Probe, settings: e.Settings}
}

func replacementOf(e video.SourceReplaced) source {
	return source{videoID: e.VideoID, ownerID: e.OwnerID, probe: e.Probe, settings: e.Settings, number: e.Source}
}

// uploaded plans the transcoding of a new video.
func (t Transcoding) uploaded(cause uuid.UUID, s source) Decision {
	if t.Planned {
		return Decision{}
	}
	return t.planAll(cause, s)
}

// planAll asks for all jobs at once: the upload made playable first, the others behind what they are made of. Ids and file
// names derive from the event, so planning twice asks for the same jobs. Steps of an earlier plan that are open end.
func (t Transcoding) planAll(cause uuid.UUID, s source) Decision {
	d := t.abandoned("another file has taken the place of the one it works on")
	if !s.settings.Produces() {
		return d
	}
	plan, err := s.settings.Policy.Plan(s.probe)
	if err != nil {
		d.Own = append(d.Own, Declined{Intent: "plan", Code: string(kernel.CodeOf(err)), Detail: err.Error()})
		d.Intents = append(d.Intents, FailVideo{VideoID: s.videoID, Reason: err.Error()})
		return d
	}
	p := planner{cause: cause, videoID: s.videoID, ownerID: s.ownerID, source: s.number}
	p.all(plan, s.settings, s.probe.HasAudio())
	return p.decide(d, TranscodingPlanned{VideoID: s.videoID, HLS: s.settings.HLS, WebVideos: s.settings.WebVideos, Settings: s.settings})
}

// requested plans what an administrator wants made anew: the largest file, and behind it the others, which are made of it.
func (t Transcoding) requested(cause uuid.UUID, e video.TranscodingRequested) Decision {
	p := planner{cause: cause, videoID: e.VideoID, ownerID: e.OwnerID, source: e.Source, isManual: true}
	p.again(e)
	planned := TranscodingPlanned{VideoID: e.VideoID, HLS: e.Kind == video.HLS, WebVideos: true, Settings: e.Settings}
	return p.decide(t.abandoned("an administrator has asked for another transcoding"), planned)
}

// planner collects the jobs of one plan.
type planner struct {
	cause    uuid.UUID
	videoID  kernel.VideoID
	ownerID  kernel.UserID
	source   int
	isManual bool
	steps    []Step
	intents  []Intent
}

func (p *planner) decide(d Decision, planned TranscodingPlanned) Decision {
	planned.Steps = p.steps
	d.Own, d.Intents = append(d.Own, planned), append(d.Intents, p.intents...)
	return d
}

// all is the plan of a file that was uploaded. Where progressive files do not stay, smaller streams are made of the largest, so
// that the web videos may go as soon as that is there.
func (p *planner) all(plan transcoding.Plan, s transcoding.Settings, hasSound bool) {
	first := p.first(plan)
	top, hasSoundStream := kernel.JobID{}, false
	if s.HLS {
		top = p.hls(hlsOrder(plan.HLS, s, plan.HLSByCopy), first, true)
		if hasSoundStream = s.SplitAudioAndVideo && hasSound; hasSoundStream {
			top = p.hls(hlsOrder(transcoding.Encoding{}, s, plan.HLSByCopy), top, true)
		}
	}
	for _, lower := range plan.Lower {
		parent := top
		if s.WebVideos {
			parent = p.web(job.Order{Type: job.WebVideoTranscoding, Resolution: int(lower.Resolution), FPS: lower.FPS}, first, false)
		}
		if s.HLS && (lower.Resolution != transcoding.AudioOnly || !hasSoundStream) {
			order := hlsOrder(lower, s, s.WebVideos)
			order.FromStreams = !s.WebVideos
			p.hls(order, parent, false)
		}
	}
}

// first makes the upload playable and takes its place.
func (p *planner) first(plan transcoding.Plan) kernel.JobID {
	order := job.Order{
		Type: job.WebVideoTranscoding, Resolution: int(plan.WebVideo.Resolution), FPS: plan.WebVideo.FPS,
		QuickCopy: plan.WebVideo.QuickCopy, Optimises: true,
	}
	if plan.MergesAudio {
		order.Type = job.AudioMergeTranscoding
	}
	return p.web(order, kernel.JobID{}, true)
}

func (p *planner) again(e video.TranscodingRequested) {
	var top kernel.JobID
	for i, file := range e.Files {
		var id kernel.JobID
		if e.Kind == video.HLS {
			id = p.hls(hlsOrder(file, e.Settings, false), top, false)
		} else {
			id = p.web(job.Order{Type: job.WebVideoTranscoding, Resolution: int(file.Resolution), FPS: file.FPS}, top, false)
		}
		if i == 0 {
			top = id
		}
	}
}

func hlsOrder(e transcoding.Encoding, s transcoding.Settings, copyCodecs bool) job.Order {
	return job.Order{
		Type: job.HLSTranscoding, Resolution: int(e.Resolution), FPS: e.FPS, CopyCodecs: copyCodecs,
		WithoutSound: s.SplitAudioAndVideo && e.Resolution != transcoding.AudioOnly,
	}
}

func (p *planner) web(order job.Order, parent kernel.JobID, isFirst bool) kernel.JobID {
	key := fmt.Sprintf("web-%d", order.Resolution)
	order.FileName = transcoding.WebVideoName(p.name(key), transcoding.Resolution(order.Resolution))
	return p.add(key, parent, order, isFirst)
}

func (p *planner) hls(order job.Order, parent kernel.JobID, isFirst bool) kernel.JobID {
	key := fmt.Sprintf("hls-%d", order.Resolution)
	order.FileName = transcoding.HLSMediaName(p.name(key), transcoding.Resolution(order.Resolution))
	order.PlaylistName = transcoding.HLSPlaylistName(order.FileName)
	return p.add(key, parent, order, isFirst)
}

func (p *planner) name(key string) string { return kernel.Derive(p.cause, "file-"+key).String() }

func (p *planner) add(key string, parent kernel.JobID, order job.Order, isFirst bool) kernel.JobID {
	id := kernel.JobID{UUID: kernel.Derive(p.cause, "job-"+key)}
	order.Source = p.source
	request := RequestJob{
		JobID: id, VideoID: p.videoID, OwnerID: p.ownerID, Order: order, Parent: parent,
		Priority: optionalPriority, CountsUploads: true, MaxAttempts: transcodingAttempts,
	}
	switch {
	case p.isManual:
		request.Priority, request.CountsUploads = manualPriority, false
	case isFirst:
		request.Priority = requiredPriority
	}
	p.steps = append(p.steps, Step{JobID: id, Type: order.Type, Resolution: order.Resolution, Parent: parent, IsFirst: isFirst})
	p.intents = append(p.intents, request)
	return id
}
