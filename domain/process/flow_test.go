package process_test

import (
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	"pgregory.net/rapid"

	"vidilog/domain/domaintest"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

// world is one video, its jobs and its process, each with the log's events that it has not seen yet.
type world struct {
	t      *rapid.T
	video  video.Video
	jobs   map[kernel.JobID]job.Job
	order  []kernel.JobID
	state  process.Transcoding
	own    []kernel.Event
	unread []kernel.Event
	count  map[string]int
	events int
}

// happen appends events to the log.
func (w *world) happen(events ...kernel.Event) {
	for _, e := range events {
		w.count[e.EventType()]++
		w.video = w.video.Apply(e)
		if id, ok := process.TranscodingKey(e); ok && id == film {
			w.unread = append(w.unread, e)
		}
	}
}

// onJob lets a verb of a job decide; refusals leave everything as it is.
func (w *world) onJob(id kernel.JobID, verb domaintest.Verb[job.Job]) bool {
	events, err := verb.Decide(w.jobs[id])
	if err != nil {
		return false
	}
	for _, e := range events {
		w.jobs[id] = w.jobs[id].Apply(e)
	}
	w.happen(events...)
	return true
}

func (w *world) onVideo(verb domaintest.Verb[video.Video]) error {
	events, err := verb.Decide(w.video)
	w.happen(events...)
	return err
}

// react lets the process see its next event and carries out what it wants.
func (w *world) react() {
	e := w.unread[0]
	w.unread = w.unread[1:]
	w.events++
	d := w.state.React(process.Cause{EventID: uuid.NewSHA1(eventID, fmt.Append(nil, w.events)), Data: e})
	for _, own := range d.Own {
		w.count[own.EventType()]++
		w.state = w.state.Apply(own)
	}
	w.own = append(w.own, d.Own...)
	for _, intent := range d.Intents {
		w.carryOut(intent)
	}
}

func (w *world) carryOut(intent process.Intent) {
	switch i := intent.(type) {
	case process.RequestJob:
		w.order = append(w.order, i.JobID)
		w.onJob(i.JobID, job.Request{JobID: i.JobID, VideoID: i.VideoID, Order: i.Order, Parent: i.Parent, MaxAttempts: i.MaxAttempts})
	case process.ReleaseJob:
		w.released(i.JobID)
	case process.CancelJob:
		w.onJob(i.JobID, job.Cancel{State: i.State, Reason: i.Reason})
	case process.ReopenJob:
		w.onJob(i.JobID, job.Reopen{})
	case process.PublishVideo:
		_ = w.onVideo(video.Publish{})
	case process.FailVideo:
		w.failed(i)
	case process.DropWebVideos:
		if err := w.onVideo(video.DropWebVideos{}); err != nil && !w.video.Deleted {
			w.t.Fatalf("the web videos of %v cannot be dropped: %v", w.video.Renditions, err)
		}
	}
}

func (w *world) released(id kernel.JobID) {
	child := w.jobs[id]
	if parent := w.jobs[child.Parent]; parent.State != job.StateCompleted {
		w.t.Fatalf("job %s is released while its parent is in state %d", id, parent.State)
	}
	before := w.count["job.released"]
	w.onJob(id, job.Release{})
	if w.count["job.released"] != before+1 {
		w.t.Fatalf("job %s is released in state %d", id, child.State)
	}
}

// failed demands that no job with a picture of the kind that people watch is done or may still be done.
func (w *world) failed(i process.FailVideo) {
	for _, j := range w.jobs {
		watched := (!w.state.HLS || j.Order.Type == job.HLSTranscoding) && j.Order.Resolution > 0
		open := j.State == job.Pending || j.State == job.Processing || j.State == job.WaitingForParent || j.State == job.StateCompleted
		if watched && open && !w.retriedAhead(j.ID) {
			w.t.Fatalf("the video fails although job %s is in state %d", j.ID, j.State)
		}
	}
	_ = w.onVideo(video.GiveUpTranscoding{Reason: i.Reason})
}

// retriedAhead says that an administrator has retried a job and the process has yet to hear of it.
func (w *world) retriedAhead(id kernel.JobID) bool {
	return slices.ContainsFunc(w.unread, func(e kernel.Event) bool {
		r, ok := e.(job.Retried)
		return ok && r.JobID == id
	})
}

// work lets a worker take a job and report in some way.
func (w *world) work(id kernel.JobID, how string) {
	if !w.onJob(id, job.Accept{Worker: "w"}) {
		return
	}
	j := w.jobs[id]
	switch how {
	case "completes":
		verb := video.AddRendition{Rendition: video.Rendition{Kind: video.WebVideo, Resolution: j.Order.Resolution, FileName: j.Order.FileName}}
		if j.Order.Type == job.HLSTranscoding {
			verb.Rendition.Kind = video.HLS
		}
		if j.Order.Optimises {
			verb.Supersedes = w.video.Original
		}
		if _, err := verb.Decide(w.video); err != nil { // one append: the job does not end without the rendition
			w.onJob(id, job.Fail{Fence: j.Fence, Message: "the video was deleted", Hopeless: true})
			return
		}
		w.onJob(id, job.Complete{Fence: j.Fence, Rendition: verb.Rendition})
		_ = w.onVideo(verb)
	case "fails":
		w.onJob(id, job.Fail{Fence: j.Fence, Message: "boom"})
	case "fails for good":
		w.onJob(id, job.Fail{Fence: j.Fence, Message: "boom", Hopeless: true})
	case "gives back":
		w.onJob(id, job.Abort{Fence: j.Fence})
	}
}

// writePlaylist is the effect that follows a rendition.
func (w *world) writePlaylist() {
	if media := w.video.StreamMedia(); len(media) > 0 && (w.video.Playlist == nil || !slices.Equal(w.video.Playlist.Media, media)) {
		_ = w.onVideo(video.WritePlaylist{Playlist: video.Playlist{MasterName: fmt.Sprint(len(w.own), media), Media: media}})
	}
}

func (w *world) in(state job.State) (ids []kernel.JobID) {
	for _, id := range w.order {
		if w.jobs[id].State == state {
			ids = append(ids, id)
		}
	}
	return ids
}

// act does one thing that may happen.
func (w *world) act(mayFail, mayDelete bool) bool {
	var choices []string
	if len(w.unread) > 0 {
		choices = append(choices, "react", "react")
	}
	if len(w.in(job.Pending)) > 0 {
		choices = append(choices, "work", "work")
	}
	if mayFail && len(w.in(job.Errored)) > 0 {
		choices = append(choices, "retry")
	}
	if media := w.video.StreamMedia(); !w.video.Deleted && len(media) > 0 && (w.video.Playlist == nil || !slices.Equal(w.video.Playlist.Media, media)) {
		choices = append(choices, "playlist")
	}
	if mayDelete && !w.video.Deleted {
		choices = append(choices, "delete")
	}
	if len(choices) == 0 {
		return false
	}
	switch rapid.SampledFrom(choices).Draw(w.t, "what") {
	case "react":
		w.react()
	case "work":
		how := "completes"
		if mayFail {
			how = rapid.SampledFrom([]string{"completes", "completes", "completes", "fails", "fails for good", "gives back"}).Draw(w.t, "how")
		}
		w.work(rapid.SampledFrom(w.in(job.Pending)).Draw(w.t, "job"), how)
	case "retry":
		w.onJob(rapid.SampledFrom(w.in(job.Errored)).Draw(w.t, "job"), job.Retry{})
	case "playlist":
		w.writePlaylist()
	case "delete":
		_ = w.onVideo(video.Delete{})
	}
	return true
}

func begin(t *rapid.T) *world {
	w := &world{t: t, jobs: map[kernel.JobID]job.Job{}, count: map[string]int{}}
	hls := rapid.Bool().Draw(t, "hls")
	resolutions := rapid.SliceOfDistinct(rapid.SampledFrom(transcoding.StandardResolutions()), rapid.ID[transcoding.Resolution]).Draw(t, "resolutions")
	e := uploaded(rapid.SampledFrom([]transcoding.Probe{source, playable}).Draw(t, "probe"), hls, !hls || rapid.Bool().Draw(t, "web"), resolutions...)
	e.Settings.SplitAudioAndVideo = rapid.Bool().Draw(t, "split")
	if !rapid.Bool().Draw(t, "waits") {
		e.State, e.Attributes.WaitTranscoding = video.StatePublished, false
	}
	w.happen(e)
	return w
}

var _ = Describe("A transcoding whose jobs end in any order and any way", func() {
	It("ends once, releases each child once and after its parent, publishes at most once and leaves no video waiting", func() {
		rapid.Check(GinkgoT(), func(t *rapid.T) {
			w := begin(t)
			mayDelete := rapid.Bool().Draw(t, "may be deleted")
			for range rapid.IntRange(0, 60).Draw(t, "steps") {
				w.act(true, mayDelete)
			}
			for n := 0; w.act(false, false); n++ { // from here on everything works, until nothing is left to do
				if n > 1000 {
					t.Fatalf("it never comes to rest")
				}
			}
			w.check()
		})
	})

	It("makes every rendition when nothing fails", func() {
		rapid.Check(GinkgoT(), func(t *rapid.T) {
			w := begin(t)
			for w.act(false, false) {
			}
			w.check()
			if len(w.in(job.StateCompleted)) != len(w.jobs) || w.video.State != video.StatePublished {
				t.Fatalf("of %d jobs %d are done, the video is in state %d", len(w.jobs), len(w.in(job.StateCompleted)), w.video.State)
			}
			if left := w.video.Renditions; w.state.HLS && !w.state.WebVideos && slices.ContainsFunc(left, func(r video.Rendition) bool { return r.Kind == video.WebVideo }) {
				t.Fatalf("web videos are left: %v", left)
			}
		})
	})
})

// check demands what must hold at rest.
func (w *world) check() {
	at := fmt.Sprintf("after %v", slices.Sorted(maps.Keys(w.count)))
	if open := len(w.in(job.Pending)) + len(w.in(job.Processing)) + len(w.in(job.WaitingForParent)); open > 0 {
		w.t.Fatalf("%d jobs are open %s", open, at)
	}
	if w.count["transcoding.planned"] > 1 || w.count["transcoding.playable"] > 1 || w.count["video.published"] > 1 {
		w.t.Fatalf("planned, playable or published twice: %v", w.count)
	}
	if w.state.Planned && !w.state.Ended {
		w.t.Fatalf("it has not ended: %+v", w.state)
	}
	// Every end but the last was followed by a retry.
	open := false
	for _, e := range w.own {
		switch e.(type) {
		case process.TranscodingPlanned, process.TranscodingStepReopened:
			open = true
		case process.TranscodingEnded:
			if !open {
				w.t.Fatalf("it ended twice: %v", w.own)
			}
			open = false
		}
	}
	if !w.video.Deleted && w.video.State == video.StateToTranscode {
		w.t.Fatalf("the video waits for ever: %+v", w.state)
	}
	watchable := slices.ContainsFunc(w.video.StreamRenditions(), func(r video.Rendition) bool { return r.Resolution > 0 }) || !w.state.HLS && len(w.in(job.StateCompleted)) > 0
	if !w.video.Deleted && watchable && w.video.State != video.StatePublished {
		w.t.Fatalf("the video could be watched and is in state %d: %+v", w.video.State, w.state)
	}
	domaintest.Fold[process.Transcoding](w.own...)
}
