package job_test

import (
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/domain/domaintest"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

var (
	scenario = domaintest.For[job.Job]()
	id       = kernel.JobID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}
	parent   = kernel.JobID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000002")}
	film     = kernel.VideoID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000003")}
	owner    = kernel.UserID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000004")}
	order    = job.Order{Type: job.HLSTranscoding, Resolution: 720, FPS: 30, FileName: "a-720-fragmented.mp4", PlaylistName: "a-720.m3u8"}
)

func requested(change ...func(*job.Requested)) job.Requested {
	r := job.Requested{JobID: id, IntegerID: 9, VideoID: film, OwnerID: owner, Order: order, Priority: 100, MaxAttempts: 3}
	for _, f := range change {
		f(&r)
	}
	return r
}

func child(r *job.Requested) { r.Parent = parent }

func accepted(worker string, fence int) job.Accepted {
	return job.Accepted{JobID: id, VideoID: film, Worker: worker, Fence: fence}
}

func failed(fence, attempt int, final bool) job.Failed {
	return job.Failed{JobID: id, VideoID: film, Worker: "w", Fence: fence, Message: "boom", Attempt: attempt, Final: final}
}

var (
	rendition = video.Rendition{Kind: video.HLS, Resolution: 720, FileName: "a-720-fragmented.mp4"}
	completed = job.Completed{JobID: id, VideoID: film, Worker: "w", Fence: 1, Rendition: rendition}
	aborted   = job.Aborted{JobID: id, VideoID: film, Worker: "w", Fence: 1, Reason: "the server stops"}
	released  = job.Released{JobID: id, VideoID: film}
	cancelled = job.Cancelled{JobID: id, VideoID: film, State: job.StateCancelled, Reason: "deleted"}
	retried   = job.Retried{JobID: id, VideoID: film}
)

// pasts are histories that end in each state a job can be in.
var pasts = map[string][]kernel.Event{
	"unknown":            nil,
	"pending":            {requested()},
	"waiting for parent": {requested(child)},
	"processing":         {requested(), accepted("w", 1)},
	"completed":          {requested(), accepted("w", 1), completed},
	"failed":             {requested(), accepted("w", 1), failed(1, 1, true)},
	"cancelled":          {requested(), cancelled},
}

var _ = Describe("Requesting a job", func() {
	It("records what is wanted", func() {
		after := scenario.Given().When(job.Request(requested())).Then(requested())
		Expect(after.State()).To(Equal(job.Job{Exists: true, ID: id, VideoID: film, Order: order, State: job.Pending, MaxAttempts: 3}))
	})
	It("lets one that needs another's result wait", func() {
		after := scenario.Given().When(job.Request(requested(child))).Then(requested(child))
		Expect(after.State().State).To(Equal(job.WaitingForParent))
	})
	It("is refused for one that exists", func() {
		scenario.Given(requested()).When(job.Request(requested())).ThenError(kernel.CodeConflict)
	})
})

var _ = Describe("Releasing a job", func() {
	It("lets one start that waited for its parent", func() {
		after := scenario.Given(requested(child)).When(job.Release{}).Then(released)
		Expect(after.State().State).To(Equal(job.Pending))
	})
	DescribeTable("does nothing for one that is", func(past string) {
		scenario.Given(pasts[past]...).When(job.Release{}).ThenNothing()
	}, Entry(nil, "unknown"), Entry(nil, "pending"), Entry(nil, "processing"), Entry(nil, "completed"), Entry(nil, "failed"), Entry(nil, "cancelled"))
})

var _ = Describe("Accepting a job", func() {
	It("records the worker and the first fence", func() {
		after := scenario.Given(requested()).When(job.Accept{Worker: "w"}).Then(accepted("w", 1))
		Expect(after.State().State).To(Equal(job.Processing))
		Expect(after.State().Worker).To(Equal("w"))
	})
	It("takes it from a worker whose lease has run out, who is shut out by the next fence", func() {
		after := scenario.Given(requested(), accepted("dead", 1)).When(job.Accept{Worker: "w"}).Then(accepted("w", 2))
		after.When(job.Complete{Fence: 1, Rendition: rendition}).ThenError(kernel.CodeConflict)
		after.When(job.Fail{Fence: 1, Message: "boom"}).ThenError(kernel.CodeConflict)
		after.When(job.Abort{Fence: 1}).ThenError(kernel.CodeConflict)
		Expect(after.When(job.Complete{Fence: 2, Rendition: rendition}).Events()).To(HaveLen(1))
	})
	It("never gives a fence twice, not even after a failure, a return and a retry", func() {
		scenario.Given(requested(), accepted("w", 1), aborted, accepted("w", 2), failed(2, 1, true), retried).
			When(job.Accept{Worker: "w"}).Then(accepted("w", 3))
	})
	It("is refused for an unknown one", func() {
		scenario.Given().When(job.Accept{Worker: "w"}).ThenError(kernel.CodeNotFound)
	})
	DescribeTable("is refused with PeerTube's code for one that is", func(past string) {
		refusal := scenario.Given(pasts[past]...).When(job.Accept{Worker: "w"}).ThenError(kernel.CodeConflict)
		Expect(refusal.APICode).To(Equal("runner_job_not_in_pending_state"))
	}, Entry(nil, "waiting for parent"), Entry(nil, "completed"), Entry(nil, "failed"), Entry(nil, "cancelled"))
})

var _ = Describe("Reporting", func() {
	processing := scenario.Given(pasts["processing"]...)

	It("completion records the rendition", func() {
		after := processing.When(job.Complete{Fence: 1, Rendition: rendition}).Then(completed)
		Expect(after.State().State).To(Equal(job.StateCompleted))
	})
	It("failure leaves further attempts", func() {
		after := processing.When(job.Fail{Fence: 1, Message: "boom"}).Then(failed(1, 1, false))
		Expect(after.State().State).To(Equal(job.Pending))
		Expect(after.State().Message).To(Equal("boom"))
	})
	It("failure is final at the last attempt", func() {
		after := scenario.Given(requested(), accepted("w", 1), failed(1, 1, false), accepted("w", 2), failed(2, 2, false), accepted("w", 3)).
			When(job.Fail{Fence: 3, Message: "boom"}).Then(failed(3, 3, true))
		Expect(after.State().State).To(Equal(job.Errored))
	})
	It("a hopeless failure is final at once", func() {
		processing.When(job.Fail{Fence: 1, Message: "boom", Hopeless: true}).Then(failed(1, 1, true))
	})
	It("a return costs no attempt", func() {
		after := processing.When(job.Abort{Fence: 1, Reason: "the server stops"}).Then(aborted)
		Expect(after.State().State).To(Equal(job.Pending))
		Expect(after.State().Attempts).To(BeZero())
	})

	DescribeTable("keeps of a message", func(message, kept string) {
		events := processing.When(job.Fail{Fence: 1, Message: message}).Events()
		Expect(events).To(HaveLen(1))
		Expect(events[0].(job.Failed).Message).To(Equal(kept))
	},
		Entry("all of 5000 characters", strings.Repeat("é", 5000), strings.Repeat("é", 5000)),
		Entry("the end of a longer one, where ffmpeg says what is wrong", "x"+strings.Repeat("é", 4999)+"!", strings.Repeat("é", 4999)+"!"),
		Entry("what PostgreSQL can store", "bo\x00om\xff", "boom\uFFFD"),
	)

	for name, verb := range map[string]domaintest.Verb[job.Job]{
		"completion": job.Complete{Fence: 1, Rendition: rendition}, "failure": job.Fail{Fence: 1}, "a return": job.Abort{Fence: 1},
	} {
		It(name+" of an unknown job is refused", func() { scenario.Given().When(verb).ThenError(kernel.CodeNotFound) })
		for _, past := range []string{"pending", "waiting for parent", "completed", "failed", "cancelled"} {
			It(name+" of a job that is "+past+" is refused", func() {
				refusal := scenario.Given(pasts[past]...).When(verb).ThenError(kernel.CodeConflict)
				Expect(refusal.APICode).To(Equal("runner_job_not_in_processing_state"))
			})
		}
		It(name+" under another fence is refused", func() {
			scenario.Given(requested(), accepted("a", 1), accepted("b", 2)).When(verb).ThenError(kernel.CodeConflict)
		})
	}
})

var _ = Describe("Cancelling a job", func() {
	cancel := job.Cancel{State: job.StateCancelled, Reason: "deleted"}

	DescribeTable("ends one that is", func(past string) {
		after := scenario.Given(pasts[past]...).When(cancel).Then(cancelled)
		Expect(after.State().State).To(Equal(job.StateCancelled))
	}, Entry(nil, "pending"), Entry(nil, "waiting for parent"), Entry(nil, "processing"))
	It("says when the parent is the reason", func() {
		after := scenario.Given(requested(child)).When(job.Cancel{State: job.ParentErrored, Reason: "x"}).
			Then(job.Cancelled{JobID: id, VideoID: film, State: job.ParentErrored, Reason: "x"})
		Expect(after.State().State).To(Equal(job.ParentErrored))
	})
	DescribeTable("does nothing for one that is", func(past string) {
		scenario.Given(pasts[past]...).When(cancel).ThenNothing()
	}, Entry(nil, "completed"), Entry(nil, "failed"), Entry(nil, "cancelled"))
	It("is refused for an unknown one", func() { scenario.Given().When(cancel).ThenError(kernel.CodeNotFound) })
})

var _ = Describe("Retrying a job", func() {
	It("gives a failed one a fresh set of attempts", func() {
		after := scenario.Given(requested(), accepted("w", 1), failed(1, 3, true)).When(job.Retry{}).Then(retried)
		Expect(after.State().State).To(Equal(job.Pending))
		Expect(after.State().Attempts).To(BeZero())
		Expect(after.State().Message).To(BeEmpty())
	})
	DescribeTable("is refused for one that is", func(past string, code kernel.Code) {
		scenario.Given(pasts[past]...).When(job.Retry{}).ThenError(code)
	},
		Entry(nil, "unknown", kernel.CodeNotFound), Entry(nil, "pending", kernel.CodeConflict), Entry(nil, "waiting for parent", kernel.CodeConflict),
		Entry(nil, "processing", kernel.CodeConflict), Entry(nil, "completed", kernel.CodeConflict), Entry(nil, "cancelled", kernel.CodeConflict),
	)
})

var _ = Describe("Reopening a job", func() {
	dropped := job.Cancelled{JobID: id, VideoID: film, State: job.ParentErrored, Reason: "the job it needed failed"}

	It("makes one wait for its parent again that was dropped with it", func() {
		after := scenario.Given(requested(), dropped).When(job.Reopen{}).Then(job.Reopened{JobID: id, VideoID: film})
		Expect(after.State().State).To(Equal(job.WaitingForParent))
		Expect(after.State().Message).To(BeEmpty())
	})
	It("does nothing to any other", func() {
		scenario.Given(requested()).When(job.Reopen{}).ThenNothing()
		scenario.Given(pasts["cancelled"]...).When(job.Reopen{}).ThenNothing()
	})
	It("is refused for one that is unknown", func() { scenario.Given().When(job.Reopen{}).ThenError(kernel.CodeNotFound) })
})

var _ = Describe("Whatever is done with a job", func() {
	It("fences only grow, attempts stay within the limit, and what is completed or cancelled stays so", func() {
		rapid.Check(GinkgoT(), func(t *rapid.T) {
			history := []kernel.Event{requested(func(r *job.Requested) { r.MaxAttempts = rapid.IntRange(1, 4).Draw(t, "attempts") })}
			state := domaintest.Fold[job.Job](history...)
			for range rapid.IntRange(0, 25).Draw(t, "steps") {
				before := state
				events, _ := drawVerb(t, state.Fence).Decide(state)
				for _, e := range events {
					state = state.Apply(e)
				}
				history = append(history, events...)
				ended := before.State == job.StateCompleted || before.State == job.StateCancelled
				switch {
				case state.Fence < before.Fence, state.Attempts > state.MaxAttempts, ended && state.State != before.State:
					t.Fatalf("from %+v to %+v by %v", before, state, events)
				case state.State == job.Errored && before.State != job.Errored && before.State != job.Processing:
					t.Fatalf("failed without having been worked on: %+v", before)
				}
			}
			domaintest.Fold[job.Job](history...)
		})
	})
})

func drawVerb(t *rapid.T, fence int) domaintest.Verb[job.Job] {
	shown := fence - rapid.IntRange(0, 1).Draw(t, "stale")
	return rapid.SampledFrom([]domaintest.Verb[job.Job]{
		job.Accept{Worker: "w"},
		job.Accept{Worker: "v"},
		job.Complete{Fence: shown, Rendition: rendition},
		job.Fail{Fence: shown},
		job.Fail{Fence: shown, Hopeless: true},
		job.Abort{Fence: shown},
		job.Cancel{State: job.StateCancelled},
		job.Retry{},
		job.Release{},
		job.Request(requested()),
	}).Draw(t, "verb")
}
