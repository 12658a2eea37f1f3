package process_test

import (
	"fmt"
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/domaintest"
	"vidilog/domain/job"
	"vidilog/domain/process"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

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
