package process_test

import (
	"fmt"

	"github.com/google/uuid"

	"vidilog/domain/domaintest"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

var (
	film    = kernel.VideoID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}
	owner   = kernel.UserID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000002")}
	eventID = uuid.MustParse("00000000-0000-4000-8000-000000000003")
)

// source is a 720p file that has to be encoded.
var source = transcoding.Probe{
	Container: "matroska,webm", Size: 1000, Duration: 10, Bitrate: 1_000_000,
	Video: transcoding.VideoStream{Codec: "vp9", PixelFormat: "yuv420p", Width: 1280, Height: 720, FrameRate: 30},
	Audio: transcoding.AudioStream{Index: 1, Codec: "opus", Channels: 2, Layout: "stereo"},
}

// playable is the same in a form that browsers play.
var playable = transcoding.Probe{
	Container: "mov,mp4,m4a,3gp,3g2,mj2", Size: 1000, Duration: 10, Bitrate: 1_000_000,
	Video: transcoding.VideoStream{Codec: "h264", PixelFormat: "yuv420p", Width: 1280, Height: 720, FrameRate: 30},
	Audio: transcoding.AudioStream{Index: 1, Codec: "aac", Profile: "LC", Bitrate: 128_000, Channels: 2, Layout: "stereo"},
}

func uploaded(probe transcoding.Probe, hls, web bool, resolutions ...transcoding.Resolution) video.Uploaded {
	return video.Uploaded{
		VideoID: film, OwnerID: owner, Original: video.Rendition{Kind: video.WebVideo, Resolution: 720, FileName: "original"},
		Attributes: video.Attributes{Name: "Film", WaitTranscoding: true}, State: video.StateToTranscode, Probe: probe,
		Settings: transcoding.Settings{Enabled: true, HLS: hls, WebVideos: web, Policy: transcoding.Policy{Resolutions: resolutions, MaxFPS: 60}},
	}
}

func react(t process.Transcoding, e kernel.Event) process.Decision {
	return t.React(process.Cause{EventID: eventID, Actor: kernel.ByUser(owner), Data: e})
}

// jobNamed answers the id that the plan gives a job: "web-720", "hls-480".
func jobNamed(name string) kernel.JobID {
	return kernel.JobID{UUID: kernel.Derive(eventID, "job-"+name)}
}

// plan reads what was requested as "name<-parent", with marks for how it is made.
func plan(d process.Decision) (lines []string) {
	names := map[kernel.JobID]string{{}: "nothing"}
	for _, intent := range d.Intents {
		r := intent.(process.RequestJob)
		kind, marks := "web", ""
		if r.Order.Type == job.HLSTranscoding {
			kind = "hls"
		}
		if r.Order.Optimises {
			marks += " optimises"
		}
		if r.Order.QuickCopy {
			marks += " quickly"
		}
		if r.Order.CopyCodecs {
			marks += " by copy"
		}
		if r.Order.WithoutSound {
			marks += " without sound"
		}
		if r.Order.FromStreams {
			marks += " of streams"
		}
		if r.Order.Type == job.AudioMergeTranscoding {
			marks += " merges"
		}
		names[r.JobID] = fmt.Sprintf("%s-%d", kind, r.Order.Resolution)
		lines = append(lines, names[r.JobID]+" after "+names[r.Parent]+marks)
	}
	return lines
}

// sound is an upload without picture.
var sound = transcoding.Probe{
	Container: "mp3", Size: 1000, Duration: 10, Audio: transcoding.AudioStream{Codec: "mp3", Channels: 2, Layout: "stereo"},
}

func silent(p transcoding.Probe) transcoding.Probe {
	p.Audio = transcoding.AudioStream{}
	return p
}

func split(e video.Uploaded) video.Uploaded {
	e.Settings.SplitAudioAndVideo = true
	return e
}

// given folds a plan and what happened to its jobs.
func given(e video.Uploaded, events ...kernel.Event) process.Transcoding {
	return domaintest.Fold[process.Transcoding](append(react(process.Transcoding{}, e).Own, events...)...)
}

func ended(name string, outcome process.Outcome) process.TranscodingStepEnded {
	return process.TranscodingStepEnded{VideoID: film, JobID: jobNamed(name), Outcome: outcome}
}

func completed(name string) job.Completed { return job.Completed{JobID: jobNamed(name), VideoID: film} }

func failed(name string) job.Failed {
	return job.Failed{JobID: jobNamed(name), VideoID: film, Message: "boom", Final: true}
}

var (
	isPlayable = process.TranscodingPlayable{VideoID: film}
	hasEnded   = process.TranscodingEnded{VideoID: film}
	publish    = process.PublishVideo{VideoID: film}
	lost       = func(name string) process.CancelJob {
		return process.CancelJob{JobID: jobNamed(name), State: job.ParentErrored, Reason: "the job it needed failed"}
	}
	gone = func(name string) process.CancelJob {
		return process.CancelJob{JobID: jobNamed(name), State: job.StateCancelled, Reason: "the video was deleted"}
	}
)
