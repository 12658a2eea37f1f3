package process_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/google/uuid"

	"vidilog/domain/domaintest"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
)

var _ = Describe("A transcoding whose video gets another file", func() {
	another := uuid.MustParse("00000000-0000-4000-8000-000000000009")
	replaced := func(settings transcoding.Settings) process.Cause {
		return process.Cause{EventID: another, Actor: kernel.ByUser(owner), Data: video.SourceReplaced{
			VideoID: film, OwnerID: owner, Source: 1, Probe: source, Settings: settings,
		}}
	}
	first := uploaded(source, true, true)
	begin := func() process.Transcoding {
		return domaintest.Fold[process.Transcoding](react(process.Transcoding{}, first).Own...)
	}

	It("cancels what is open and plans anew, for jobs of the new file", func() {
		d := begin().React(replaced(first.Settings))
		var cancelled []kernel.JobID
		var requested []process.RequestJob
		for _, intent := range d.Intents {
			switch i := intent.(type) {
			case process.CancelJob:
				cancelled = append(cancelled, i.JobID)
			case process.RequestJob:
				requested = append(requested, i)
			}
		}
		Expect(cancelled).To(ConsistOf(jobNamed("web-720"), jobNamed("hls-720")))
		Expect(requested).To(HaveLen(2))
		Expect(requested).To(HaveEach(And(HaveField("Order.Source", 1), HaveField("JobID", Not(BeElementOf(cancelled))))))
		after := begin()
		for _, e := range d.Own {
			after = after.Apply(e)
		}
		Expect(after.IsRunning()).To(BeTrue())
		Expect(after.Playable).To(BeFalse(), "it is watched again when the new file is")
		Expect(react(after, job.Completed{VideoID: film, JobID: jobNamed("web-720")})).To(BeZero(), "what comes late of the old file")
	})
	It("ends when nothing is made of the new file", func() {
		d := begin().React(replaced(transcoding.Settings{}))
		Expect(d.Intents).To(HaveEach(BeAssignableToTypeOf(process.CancelJob{})))
		Expect(d.Own[len(d.Own)-1]).To(Equal(process.TranscodingEnded{VideoID: film}))
	})
	It("fails the video when the new file cannot be transcoded", func() {
		broken := replaced(first.Settings)
		e := broken.Data.(video.SourceReplaced)
		e.Probe = transcoding.Probe{}
		broken.Data = e
		Expect(begin().React(broken).Intents).To(ContainElement(BeAssignableToTypeOf(process.FailVideo{})))
	})
	It("is the process of its video", func() {
		id, isOurs := process.TranscodingKey(video.SourceReplaced{VideoID: film})
		Expect(isOurs).To(BeTrue())
		Expect(id).To(Equal(film))
	})
})
