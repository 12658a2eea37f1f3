package jobs_test

import (
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
	"vidilog/projections/jobs"
)

const (
	web = string(job.WebVideoTranscoding)
	hls = string(job.HLSTranscoding)
)

func named(names ...string) OmegaMatcher {
	files := make([]any, len(names))
	for i, n := range names {
		files[i] = HaveField("FileName", n+".mp4")
	}
	return HaveExactElements(files...)
}

var _ = Describe("A job", func() {
	var w *world
	BeforeEach(func(ctx SpecContext) { w = newWorld(ctx) })
	read := func(ctx SpecContext, name string) jobs.Job {
		GinkgoHelper()
		j, err := w.Job(ctx, jobID(name))
		Expect(err).NotTo(HaveOccurred())
		if j.StartedAt != nil {
			*j.StartedAt = j.StartedAt.UTC()
		}
		if j.FinishedAt != nil {
			*j.FinishedAt = j.FinishedAt.UTC()
		}
		return j
	}

	It("waits for a worker, or for its parent", func(ctx SpecContext) {
		w.given(ctx, wanted("first"), wanted("second", func(r *job.Requested) { r.Parent = jobID("first") }))
		first, second := read(ctx, "first"), read(ctx, "second")
		Expect([]any{first.State, first.HasChildren, first.Parent.IsZero()}).To(Equal([]any{jobs.Pending, true, true}))
		Expect([]any{second.State, second.HasChildren, second.Parent}).To(Equal([]any{jobs.WaitingForParent, false, jobID("first")}))
		Expect([]any{first.Number, first.VideoID, first.Type, first.Resolution, first.FPS, first.MaxAttempts, first.Priority}).
			To(Equal([]any{int64(5), film, web, 720, 25, 3, 100}))
		Expect(first.RequestedAt.UTC()).To(Equal(*at(1)))
		w.given(ctx, job.Released{JobID: jobID("second")})
		Expect(read(ctx, "second").State).To(Equal(jobs.Pending))
	})

	It("is worked on and completed", func(ctx SpecContext) {
		w.given(ctx, wanted("a"), job.Accepted{JobID: jobID("a"), Worker: "w", Fence: 1}) // 1, 2
		Expect(read(ctx, "a")).To(And(HaveField("State", jobs.Processing), HaveField("Worker", "w"), HaveField("Fence", 1),
			HaveField("StartedAt", at(2)), HaveField("FinishedAt", BeNil())))
		w.given(ctx, job.Completed{JobID: jobID("a"), Worker: "w", Fence: 1})
		Expect(read(ctx, "a")).To(And(HaveField("State", jobs.Completed), HaveField("FinishedAt", at(3))))
	})

	It("goes back to the others when an attempt fails, and ends with the last one", func(ctx SpecContext) {
		w.given(ctx, wanted("a"), job.Accepted{JobID: jobID("a"), Worker: "w", Fence: 1},
			job.Failed{JobID: jobID("a"), Worker: "w", Fence: 1, Message: "no", Attempt: 1})
		Expect(read(ctx, "a")).To(And(HaveField("State", jobs.Pending), HaveField("Worker", ""), HaveField("Attempts", 1),
			HaveField("Message", "no"), HaveField("FinishedAt", BeNil())))
		w.given(ctx, job.Accepted{JobID: jobID("a"), Worker: "x", Fence: 2}, // 4, 5
			job.Failed{JobID: jobID("a"), Worker: "x", Fence: 2, Message: "never", Attempt: 2, Final: true})
		Expect(read(ctx, "a")).To(And(HaveField("State", jobs.Errored), HaveField("Worker", "x"), HaveField("Attempts", 2),
			HaveField("Message", "never"), HaveField("FinishedAt", at(5))))
		w.given(ctx, job.Retried{JobID: jobID("a")})
		Expect(read(ctx, "a")).To(And(HaveField("State", jobs.Pending), HaveField("Worker", ""), HaveField("Attempts", 0),
			HaveField("Message", ""), HaveField("FinishedAt", BeNil())))
	})

	It("is given back without a failed attempt, and cancelled with the reason", func(ctx SpecContext) {
		w.given(ctx, wanted("a"), job.Accepted{JobID: jobID("a"), Worker: "w", Fence: 1}, job.Aborted{JobID: jobID("a"), Fence: 1})
		Expect(read(ctx, "a")).To(And(HaveField("State", jobs.Pending), HaveField("Worker", ""), HaveField("Attempts", 0)))
		w.given(ctx, job.Cancelled{JobID: jobID("a"), State: job.ParentErrored, Reason: "gone"}) // 4
		Expect(read(ctx, "a")).To(And(HaveField("State", jobs.ParentErrored), HaveField("Message", "gone"), HaveField("FinishedAt", at(4))))
	})

	It("is not found when there is none", func(ctx SpecContext) {
		_, err := w.Job(ctx, jobID("none"))
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeNotFound))
	})
})

var _ = Describe("Lists of jobs", func() {
	var w *world
	BeforeEach(func(ctx SpecContext) {
		w = newWorld(ctx)
		stream := func(r *job.Requested) { r.Order.Type = job.HLSTranscoding }
		w.given(ctx,
			wanted("a"), wanted("b", stream), wanted("c", func(r *job.Requested) { r.Priority = 50 }),
			wanted("d", func(r *job.Requested) { r.Parent = jobID("a") }), wanted("e"),
			job.Accepted{JobID: jobID("e"), Worker: "w", Fence: 1},
			wanted("f", func(r *job.Requested) { r.VideoID = kernel.VideoID{} }))
	})

	It("say what may be taken next: by priority, then by age", func(ctx SpecContext) {
		Expect(w.Claimable(ctx, []string{web, hls}, 10)).To(named("c", "a", "b", "f"))
		Expect(w.Claimable(ctx, []string{web, hls}, 2)).To(named("c", "a"))
		Expect(w.Claimable(ctx, []string{hls}, 10)).To(named("b"))
	})

	It("have parts by state and type, the newest first", func(ctx SpecContext) {
		page, err := w.List(ctx, jobs.Filter{States: []int{jobs.Pending}, Count: 2})
		Expect(err).NotTo(HaveOccurred())
		Expect(page.Total).To(Equal(4))
		Expect(page.Jobs).To(named("f", "c"))
		page, err = w.List(ctx, jobs.Filter{States: []int{jobs.Pending, jobs.Processing}, Types: []string{web}, Start: 1, Count: 9, Ascending: true})
		Expect(err).NotTo(HaveOccurred())
		Expect(page.Total).To(Equal(4))
		Expect(page.Jobs).To(named("c", "e", "f"))
		Expect(w.List(ctx, jobs.Filter{})).To(Equal(jobs.Page{Total: 6}))
	})

	It("show the jobs of a video in the order they were asked for", func(ctx SpecContext) {
		Expect(w.OfVideo(ctx, film)).To(named("a", "b", "c", "d", "e"))
	})

	It("count by state", func(ctx SpecContext) {
		Expect(w.Counts(ctx)).To(Equal(map[int]int{jobs.Pending: 4, jobs.Processing: 1, jobs.WaitingForParent: 1}))
	})
})

var _ = Describe("The plans of the hot questions", func() {
	It("read along an index", func(ctx SpecContext) {
		log := enginetest.NewLog()
		for i := range 3000 {
			r := wanted(strconv.Itoa(i), func(r *job.Requested) {
				r.VideoID.UUID = jobID(strconv.Itoa(i / 6)).UUID
				r.Order.Type = []job.Type{job.WebVideoTranscoding, job.HLSTranscoding}[i%20/19]
			})
			log.Append(enginetest.Fact{Stream: r.JobID.Stream(), Data: r})
			if i%3 > 0 {
				log.Append(enginetest.Fact{Stream: r.JobID.Stream(), Data: job.Completed{JobID: r.JobID}})
			}
		}
		e, err := engine.Open(ctx, testpg.DSN(GinkgoT()), log, []engine.Definition{jobs.Definition()}, quiet)
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(e.Close)
		explain := func(sql string, args ...any) string {
			GinkgoHelper()
			rows, err := e.DB(jobs.Name).Query(ctx, "explain "+sql, args...)
			Expect(err).NotTo(HaveOccurred())
			lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
			Expect(err).NotTo(HaveOccurred())
			return strings.Join(lines, "\n")
		}
		along := func(index string) OmegaMatcher {
			return And(ContainSubstring("using "+index+" on"), Not(ContainSubstring("Sort")), Not(ContainSubstring("Seq Scan")))
		}
		page := func(f jobs.Filter) string {
			sql, args := jobs.ListSQL(f)
			return explain(sql, args...)
		}
		Expect(explain(jobs.ClaimableSQL, []string{web, hls}, 5)).To(along("jobs_claimable"))
		Expect(explain(jobs.JobsOfVideoSQL, jobID("9").UUID)).To(along("jobs_of_video"))
		Expect(page(jobs.Filter{})).To(along("jobs_by_position"))
		Expect(page(jobs.Filter{States: []int{jobs.Completed}})).To(along("jobs_by_state"))
		Expect(page(jobs.Filter{States: []int{jobs.Completed}, Types: []string{hls}})).To(along("jobs_by_state_and_type"))
	})
})
