package process_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

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

var _ = Describe("The plan of a transcoding", func() {
	DescribeTable("asks for every job at once, each behind what it is made of:", func(e video.Uploaded, expected ...string) {
		Expect(plan(react(process.Transcoding{}, e))).To(Equal(expected))
	},
		Entry("HLS and web videos", uploaded(source, true, true, 240, 480, 720),
			"web-720 after nothing optimises", "hls-720 after web-720 by copy",
			"web-480 after web-720", "hls-480 after web-480 by copy", "web-240 after web-720", "hls-240 after web-240 by copy"),
		Entry("HLS alone, made of the largest stream", uploaded(source, true, false, 240, 720),
			"web-720 after nothing optimises", "hls-720 after web-720 by copy", "hls-240 after hls-720 of streams"),
		Entry("web videos alone", uploaded(source, false, true, 240, 720), "web-720 after nothing optimises", "web-240 after web-720"),
		Entry("a file that plays as it is, of which HLS is encoded", uploaded(playable, true, true, 720),
			"web-720 after nothing optimises quickly", "hls-720 after web-720"),
		Entry("resolutions above the source are left out", uploaded(source, true, false, 720, 1080),
			"web-720 after nothing optimises", "hls-720 after web-720 by copy"),
		Entry("sound alone beside the picture", uploaded(source, true, false, 0, 720),
			"web-720 after nothing optimises", "hls-720 after web-720 by copy", "hls-0 after hls-720 of streams"),
		Entry("split streams, whose sound comes right after the largest", split(uploaded(source, true, true, 0, 240, 720)),
			"web-720 after nothing optimises", "hls-720 after web-720 by copy without sound", "hls-0 after hls-720 by copy",
			"web-0 after web-720", "web-240 after web-720", "hls-240 after web-240 by copy without sound"),
		Entry("split streams alone", split(uploaded(source, true, false, 240, 720)),
			"web-720 after nothing optimises", "hls-720 after web-720 by copy without sound", "hls-0 after hls-720 by copy",
			"hls-240 after hls-0 without sound of streams"),
		Entry("split streams of a silent film", split(uploaded(silent(source), true, false, 240, 720)),
			"web-720 after nothing optimises", "hls-720 after web-720 by copy without sound", "hls-240 after hls-720 without sound of streams"),
		Entry("sound that gets a picture", uploaded(sound, true, true, 240),
			"web-480 after nothing optimises merges", "hls-480 after web-480 by copy", "web-240 after web-480", "hls-240 after web-240 by copy"),
	)

	It("names jobs and files after the event, so that planning again asks for the same", func() {
		e := uploaded(source, true, true, 240, 720)
		Expect(react(process.Transcoding{}, e)).To(Equal(react(process.Transcoding{}, e)))
		elsewhere := process.Transcoding{}.React(process.Cause{EventID: uuid.New(), Data: e})
		Expect(plan(elsewhere)).To(Equal(plan(react(process.Transcoding{}, e))))
		Expect(elsewhere).NotTo(Equal(react(process.Transcoding{}, e)))
	})
	It("gives every file a name of its own that does not tell the video", func() {
		names := map[string]bool{}
		for _, intent := range react(process.Transcoding{}, uploaded(source, true, true, 240, 480, 720)).Intents {
			order := intent.(process.RequestJob).Order
			Expect(names).NotTo(HaveKey(order.FileName[:36]), "two files share a UUID")
			names[order.FileName[:36]] = true
			Expect(order.FileName).NotTo(ContainSubstring(film.String()))
			if order.Type == job.HLSTranscoding {
				Expect(order.FileName).To(HaveSuffix(fmt.Sprintf("-%d-fragmented.mp4", order.Resolution)))
				Expect(order.PlaylistName).To(Equal(strings.TrimSuffix(order.FileName, "-fragmented.mp4") + ".m3u8"))
			} else {
				Expect(order.FileName).To(HaveSuffix(fmt.Sprintf("-%d.mp4", order.Resolution)))
				Expect(order.PlaylistName).To(BeEmpty())
			}
		}
	})
	It("puts what makes the video watchable before the rest, and names video, owner and attempts", func() {
		priorities := map[string]int{}
		d := react(process.Transcoding{}, split(uploaded(source, true, true, 240, 720)))
		for i, line := range plan(d) {
			r := d.Intents[i].(process.RequestJob)
			Expect(r).To(And(HaveField("CountsUploads", true), HaveField("VideoID", film), HaveField("OwnerID", owner), HaveField("MaxAttempts", 3)))
			priorities[strings.Fields(line)[0]] = r.Priority
		}
		Expect(priorities).To(Equal(map[string]int{"web-720": 100, "hls-720": 100, "hls-0": 100, "web-240": 10_000, "hls-240": 10_000}))
	})
	It("records what was planned", func() {
		e := uploaded(source, true, false, 720)
		Expect(react(process.Transcoding{}, e).Own).To(HaveExactElements(process.TranscodingPlanned{
			VideoID: film, HLS: true, Settings: e.Settings, Steps: []process.Step{
				{JobID: jobNamed("web-720"), Type: job.WebVideoTranscoding, Resolution: 720, IsFirst: true},
				{JobID: jobNamed("hls-720"), Type: job.HLSTranscoding, Resolution: 720, Parent: jobNamed("web-720"), IsFirst: true},
			},
		}))
	})
	It("is made once", func() {
		e := uploaded(source, true, true, 720)
		planned := domaintest.Fold[process.Transcoding](react(process.Transcoding{}, e).Own...)
		Expect(react(planned, e)).To(Equal(process.Decision{}))
	})
	It("is none where nothing is made", func() {
		off := uploaded(source, true, true, 720)
		off.Settings.Enabled = false
		Expect(react(process.Transcoding{}, off)).To(Equal(process.Decision{}))
		Expect(react(process.Transcoding{}, uploaded(source, false, false, 720))).To(Equal(process.Decision{}))
	})
	It("fails a video of which nothing can be made, and says why", func() {
		d := react(process.Transcoding{}, uploaded(transcoding.Probe{}, true, true, 720))
		Expect(d.Intents).To(HaveExactElements(process.FailVideo{VideoID: film, Reason: "the file has neither video nor audio"}))
		Expect(d.Own).To(HaveExactElements(process.Declined{Intent: "plan", Code: "unprocessable", Detail: "the file has neither video nor audio"}))
	})
})

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

var _ = Describe("A transcoding with HLS and web videos", func() {
	upload := uploaded(source, true, true, 240, 720) // web-720, hls-720, web-240, hls-240

	It("releases what waited for a job", func() {
		d := react(given(upload), completed("web-720"))
		Expect(d.Own).To(HaveExactElements(ended("web-720", process.Done)))
		Expect(d.Intents).To(HaveExactElements(process.ReleaseJob{JobID: jobNamed("hls-720")}, process.ReleaseJob{JobID: jobNamed("web-240")}))
	})
	It("is watched once a playlist lists the first rendition, not before", func() {
		at := given(upload, ended("web-720", process.Done))
		Expect(react(at, completed("hls-720")).Own).To(HaveExactElements(ended("hls-720", process.Done)))
		d := react(at.Apply(ended("hls-720", process.Done)), video.PlaylistWritten{VideoID: film})
		Expect(d).To(Equal(process.Decision{Own: []kernel.Event{isPlayable}, Intents: []process.Intent{publish}}))
	})
	It("does not care for later playlists", func() {
		Expect(react(given(upload, isPlayable), video.PlaylistWritten{VideoID: film})).To(Equal(process.Decision{}))
	})
	It("drops what needed a failed job, and what needed that, and fails the video when nothing else can be watched", func() {
		d := react(given(upload), failed("web-720"))
		Expect(d.Own).To(HaveExactElements(
			ended("web-720", process.Broken), ended("hls-720", process.Dropped), ended("web-240", process.Dropped), ended("hls-240", process.Dropped), hasEnded))
		Expect(d.Intents).To(HaveExactElements(lost("hls-720"), lost("web-240"), lost("hls-240"), process.FailVideo{VideoID: film, Reason: "boom"}))
	})
	It("does not fail the video while another rendition may come", func() {
		d := react(given(upload, ended("web-720", process.Done)), failed("hls-720"))
		Expect(d).To(Equal(process.Decision{Own: []kernel.Event{ended("hls-720", process.Broken)}}))
	})
	It("does not fail the video when one has come, though its playlist has not", func() {
		d := react(given(upload, ended("web-720", process.Done), ended("hls-720", process.Done)), failed("web-240"))
		Expect(d.Intents).To(HaveExactElements(lost("hls-240")))
	})
	It("does not fail a video that is watched", func() {
		d := react(given(upload, ended("web-720", process.Done), ended("hls-720", process.Done), isPlayable), failed("web-240"))
		Expect(d.Intents).To(HaveExactElements(lost("hls-240")))
		Expect(d.Own).To(ContainElement(hasEnded))
	})
	It("ends with the last job and keeps the web videos", func() {
		d := react(given(upload, ended("web-720", process.Done), ended("hls-720", process.Done), ended("web-240", process.Done)), completed("hls-240"))
		Expect(d).To(Equal(process.Decision{Own: []kernel.Event{ended("hls-240", process.Done), hasEnded}}))
	})
	It("cancels what is open when the video is deleted", func() {
		d := react(given(upload, ended("web-720", process.Done), ended("hls-720", process.Broken)), video.Deleted{VideoID: film})
		Expect(d.Own).To(HaveExactElements(ended("web-240", process.Dropped), ended("hls-240", process.Dropped), hasEnded))
		Expect(d.Intents).To(HaveExactElements(gone("web-240"), gone("hls-240")))
	})
	It("opens a failed job again, which can make the video watchable after all", func() {
		at := given(upload, ended("web-720", process.Done), ended("hls-720", process.Broken), ended("web-240", process.Broken), ended("hls-240", process.Dropped), hasEnded)
		d := react(at, job.Retried{JobID: jobNamed("hls-720"), VideoID: film})
		Expect(d).To(Equal(process.Decision{Own: []kernel.Event{process.TranscodingStepReopened{VideoID: film, JobID: jobNamed("hls-720")}}}))
		at = at.Apply(d.Own[0])
		Expect(at.Ended).To(BeFalse())
		Expect(react(at, completed("hls-720")).Own).To(HaveExactElements(ended("hls-720", process.Done), hasEnded))
	})
	It("opens what was dropped with a failed job together with it", func() {
		reopened := func(name string) kernel.Event {
			return process.TranscodingStepReopened{VideoID: film, JobID: jobNamed(name)}
		}
		at := given(upload, ended("web-720", process.Broken), ended("hls-720", process.Dropped), ended("web-240", process.Dropped), ended("hls-240", process.Dropped), hasEnded)
		d := react(at, job.Retried{JobID: jobNamed("web-720"), VideoID: film})
		Expect(d.Own).To(HaveExactElements(reopened("web-720"), reopened("hls-720"), reopened("web-240"), reopened("hls-240")))
		Expect(d.Intents).To(HaveExactElements(process.ReopenJob{JobID: jobNamed("hls-720")}, process.ReopenJob{JobID: jobNamed("web-240")},
			process.ReopenJob{JobID: jobNamed("hls-240")}))
		at = domaintest.Fold[process.Transcoding](append(append([]kernel.Event{}, react(process.Transcoding{}, upload).Own...), d.Own...)...)
		Expect(react(at, completed("web-720")).Intents).To(HaveExactElements(
			process.ReleaseJob{JobID: jobNamed("hls-720")}, process.ReleaseJob{JobID: jobNamed("web-240")}))
	})
	DescribeTable("ignores", func(t process.Transcoding, e kernel.Event) {
		Expect(react(t, e)).To(Equal(process.Decision{}))
	},
		Entry("a job of somebody else", given(upload), job.Completed{JobID: jobNamed("other"), VideoID: film}),
		Entry("a failure of somebody else's job", given(upload), job.Failed{JobID: jobNamed("other"), VideoID: film, Final: true}),
		Entry("a job that is done again", given(upload, ended("web-720", process.Done)), completed("web-720")),
		Entry("a job that was dropped", given(upload, ended("hls-240", process.Dropped)), completed("hls-240")),
		Entry("the failure of a job that was dropped", given(upload, ended("hls-240", process.Dropped)), failed("hls-240")),
		Entry("the retry of a job that has not failed", given(upload), job.Retried{JobID: jobNamed("web-720"), VideoID: film}),
		Entry("the retry of a job that was dropped", given(upload, ended("hls-240", process.Dropped)), job.Retried{JobID: jobNamed("hls-240"), VideoID: film}),
		Entry("the playlist of a video that it has not planned", process.Transcoding{}, video.PlaylistWritten{VideoID: film}),
		Entry("the deletion of a video that it has not planned", process.Transcoding{}, video.Deleted{VideoID: film}),
		Entry("the deletion of a video that is done with", given(uploaded(source, false, true, 720), ended("web-720", process.Done), hasEnded), video.Deleted{VideoID: film}),
		Entry("events of other kinds", given(upload), video.Updated{VideoID: film}),
	)
	It("goes on as if a command had not been declined", func() {
		Expect(given(upload, process.Declined{Intent: "x"})).To(Equal(given(upload)))
	})
})

var _ = Describe("A transcoding to HLS alone", func() {
	upload := uploaded(source, true, false, 720)

	It("drops the web video as soon as the largest rendition streams, for it was only the source", func() {
		at := given(uploaded(source, true, false, 240, 720), ended("web-720", process.Done))
		d := react(at, completed("hls-720"))
		Expect(d.Own).To(HaveExactElements(ended("hls-720", process.Done)))
		Expect(d.Intents).To(HaveExactElements(process.ReleaseJob{JobID: jobNamed("hls-240")}))
		d = react(at.Apply(d.Own[0]), video.PlaylistWritten{VideoID: film})
		Expect(d).To(Equal(process.Decision{Own: []kernel.Event{isPlayable}, Intents: []process.Intent{publish, process.DropWebVideos{VideoID: film}}}))
	})
	It("keeps it when a rendition is missing, so that the job can be retried", func() {
		d := react(given(upload, ended("web-720", process.Done)), failed("hls-720"))
		Expect(d.Intents).To(HaveExactElements(process.FailVideo{VideoID: film, Reason: "boom"}))
	})
})

var _ = Describe("A transcoding to split streams", func() {
	upload := split(uploaded(source, true, false, 720)) // web-720, hls-720, hls-0

	It("is not watched without its sound", func() {
		at := given(upload, ended("web-720", process.Done), ended("hls-720", process.Done))
		Expect(react(at, video.PlaylistWritten{VideoID: film})).To(Equal(process.Decision{}))
		at = at.Apply(ended("hls-0", process.Done)).Apply(hasEnded)
		d := react(at, video.PlaylistWritten{VideoID: film})
		Expect(d).To(Equal(process.Decision{Own: []kernel.Event{isPlayable}, Intents: []process.Intent{publish, process.DropWebVideos{VideoID: film}}}))
	})
	It("is watched silently when the sound cannot be made, and keeps its web video, which has it", func() {
		at := given(upload, ended("web-720", process.Done), ended("hls-720", process.Done))
		d := react(at, failed("hls-0"))
		Expect(d.Own).To(HaveExactElements(ended("hls-0", process.Broken), isPlayable, hasEnded))
		Expect(d.Intents).To(HaveExactElements(publish))
		Expect(react(domaintest.Fold[process.Transcoding](append(slices.Clone(react(process.Transcoding{}, upload).Own),
			ended("web-720", process.Done), ended("hls-720", process.Done), ended("hls-0", process.Broken), isPlayable)...),
			video.PlaylistWritten{VideoID: film})).To(Equal(process.Decision{}))
	})
})

var _ = Describe("A transcoding that an administrator asks for", func() {
	wish := func(kind video.RenditionKind, settings transcoding.Settings, resolutions ...transcoding.Resolution) video.TranscodingRequested {
		e := video.TranscodingRequested{VideoID: film, OwnerID: owner, Kind: kind, Settings: settings}
		for _, r := range resolutions {
			e.Files = append(e.Files, transcoding.Encoding{Resolution: r, FPS: 30})
		}
		return e
	}
	before := given(uploaded(source, true, false, 240, 720), ended("web-720", process.Done), ended("hls-720", process.Done), isPlayable)

	DescribeTable("makes the largest first and the others of it", func(e video.TranscodingRequested, expected ...string) {
		Expect(plan(react(process.Transcoding{}, e))).To(Equal(expected))
	},
		Entry("as streams", wish(video.HLS, transcoding.Settings{}, 720, 480, 240), "hls-720 after nothing", "hls-480 after hls-720", "hls-240 after hls-720"),
		Entry("as split streams", wish(video.HLS, transcoding.Settings{SplitAudioAndVideo: true}, 720, 0),
			"hls-720 after nothing without sound", "hls-0 after hls-720"),
		Entry("as web videos", wish(video.WebVideo, transcoding.Settings{}, 720, 240), "web-720 after nothing", "web-240 after web-720"),
	)
	It("comes before all others, however much its owner uploads", func() {
		d := react(process.Transcoding{}, wish(video.HLS, transcoding.Settings{}, 720))
		Expect(d.Intents).To(HaveExactElements(And(HaveField("Priority", 0), HaveField("CountsUploads", false))))
	})
	It("cancels what is open of the last one", func() {
		d := react(before, wish(video.WebVideo, transcoding.Settings{}, 720))
		Expect(d.Own).To(HaveExactElements(ended("hls-240", process.Dropped), hasEnded, HaveField("WebVideos", true)))
		Expect(d.Intents[0]).To(Equal(process.CancelJob{
			JobID: jobNamed("hls-240"), State: job.StateCancelled, Reason: "an administrator has asked for another transcoding",
		}))
		after := domaintest.Fold[process.Transcoding](d.Own...)
		Expect(after.IsRunning()).To(BeTrue())
		Expect(after.Steps).To(HaveLen(1))
	})
	It("keeps the web videos and shows the video again with its first result", func() {
		at := domaintest.Fold[process.Transcoding](react(before, wish(video.HLS, transcoding.Settings{}, 720)).Own...)
		d := react(at, completed("hls-720"))
		Expect(d.Own).To(HaveExactElements(ended("hls-720", process.Done), hasEnded))
		Expect(react(at.Apply(d.Own[0]), video.PlaylistWritten{VideoID: film}).Intents).To(HaveExactElements(publish))
	})
})

var _ = Describe("A transcoding to web videos alone", func() {
	upload := uploaded(source, false, true, 240, 720)

	It("is watched with the first file", func() {
		d := react(given(upload), completed("web-720"))
		Expect(d.Own).To(HaveExactElements(ended("web-720", process.Done), isPlayable))
		Expect(d.Intents).To(HaveExactElements(process.ReleaseJob{JobID: jobNamed("web-240")}, publish))
	})
	It("is published once", func() {
		d := react(given(upload, ended("web-720", process.Done), isPlayable), completed("web-240"))
		Expect(d).To(Equal(process.Decision{Own: []kernel.Event{ended("web-240", process.Done), hasEnded}}))
	})
})

var _ = Describe("The process instance of an event", func() {
	DescribeTable("is the video of", func(e kernel.Event) {
		id, ok := process.TranscodingKey(e)
		Expect(ok).To(BeTrue())
		Expect(id).To(Equal(film))
	},
		Entry("an upload", video.Uploaded{VideoID: film}), Entry("a wish", video.TranscodingRequested{VideoID: film}), Entry("a playlist", video.PlaylistWritten{VideoID: film}),
		Entry("a deletion", video.Deleted{VideoID: film}), Entry("a completed job", job.Completed{VideoID: film}),
		Entry("a job that failed for good", job.Failed{VideoID: film, Final: true}), Entry("a retried job", job.Retried{VideoID: film}),
	)
	DescribeTable("is none for", func(e kernel.Event) {
		_, ok := process.TranscodingKey(e)
		Expect(ok).To(BeFalse())
	},
		Entry("a job that will be tried again", job.Failed{VideoID: film}), Entry("a requested job", job.Requested{VideoID: film}),
		Entry("an accepted one", job.Accepted{VideoID: film}), Entry("an updated video", video.Updated{VideoID: film}),
		Entry("its own events", process.TranscodingPlanned{VideoID: film}),
	)
})
