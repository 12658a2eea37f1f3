package jobs_test

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/internal/ops/leases"
	"vidilog/workers/jobs"
)

var _ = Describe("The offers of media jobs", func() {
	ctx := context.Background()
	id := kernel.JobID{UUID: uuid.New()}
	requested := job.Requested{JobID: id, Order: job.Order{Type: job.HLSTranscoding}, Priority: 100, MaxAttempts: 3}
	child := requested
	child.Parent = kernel.JobID{UUID: uuid.New()}
	final := job.Failed{JobID: id, Attempt: 3, Final: true}

	// waits answers how long the job waits after the last of the events, ok=false when it is not on the list.
	waits := func(events ...kernel.Event) (wait time.Duration, ok bool) {
		pool := operational()
		offers := jobs.NewOffers(leases.New(pool, "here"))
		at := time.Now().UTC().Truncate(time.Millisecond)
		for n, data := range events {
			e := eventstore.Event{Recorded: eventstore.Recorded{Position: eventstore.Position(n + 1), RecordedAt: at, EventID: uuid.New()}, Data: data}
			Expect(offers.Concerns(e)).To(BeTrue())
			Expect(pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error { return offers.Apply(ctx, tx, e) })).To(Succeed())
		}
		rows, err := pool.Query(ctx, "select not_before from media_jobs")
		Expect(err).NotTo(HaveOccurred())
		found, err := pgx.CollectRows(rows, pgx.RowTo[time.Time])
		Expect(err).NotTo(HaveOccurred())
		if len(found) == 0 {
			return 0, false
		}
		return found[0].Sub(at), true
	}

	DescribeTable("follow the log:", func(least, most time.Duration, events ...kernel.Event) {
		wait, ok := waits(events...)
		Expect(ok).To(BeTrue())
		Expect(wait).To(And(BeNumerically(">=", least), BeNumerically("<=", most)))
	},
		Entry("a request is to be had at once", time.Duration(0), time.Duration(0), requested),
		Entry("a child waits", 24*time.Hour, time.Duration(1<<63-1), child),
		Entry("a released child is to be had", time.Duration(0), time.Duration(0), child, job.Released{JobID: id}),
		Entry("a first failure waits a little", time.Second, 5*time.Second, requested, job.Failed{JobID: id, Attempt: 1}),
		Entry("a second one longer", 10*time.Second, time.Minute, requested, job.Failed{JobID: id, Attempt: 2}),
		Entry("a failed job is out of reach", 24*time.Hour, time.Duration(1<<63-1), requested, final),
		Entry("a retried one is to be had again", time.Duration(0), time.Duration(0), requested, final, job.Retried{JobID: id}),
		Entry("one given back is to be had", time.Duration(0), time.Duration(0), requested, job.Aborted{JobID: id}),
	)
	DescribeTable("forget", func(end kernel.Event) {
		_, ok := waits(requested, end)
		Expect(ok).To(BeFalse())
	}, Entry("what is done", job.Completed{JobID: id}), Entry("what is cancelled", job.Cancelled{JobID: id}))
	It("care for no other events", func() {
		Expect(jobs.NewOffers(nil).Concerns(eventstore.Event{Data: job.Accepted{}})).To(BeFalse())
	})
})
