package process_test

import (
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/domaintest"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
	"vidilog/domain/video"
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
