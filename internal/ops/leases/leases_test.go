package leases_test

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/ops/leases"
)

var _ = Describe("The list of media jobs", func() {
	ctx := context.Background()
	var pool *pgxpool.Pool
	var table, elsewhere *leases.Table
	kinds := []string{"hls"}
	video := uuid.New()
	BeforeEach(func() {
		pool = operational()
		table, elsewhere = leases.New(pool, "here"), leases.New(pool, "there")
	})
	within := func(do func(tx pgx.Tx) error) {
		ExpectWithOffset(1, pgx.BeginFunc(ctx, pool, do)).To(Succeed())
	}
	offer := func(kind string, priority int, requested int64, wait time.Duration) uuid.UUID {
		id := uuid.New()
		within(func(tx pgx.Tx) error {
			return table.Offer(ctx, tx, leases.Job{JobID: id, VideoID: video, Kind: kind, Priority: priority, Requested: requested, NotBefore: time.Now().Add(wait - time.Minute)})
		})
		return id
	}
	take := func(t *leases.Table) (leases.Lease, bool) {
		l, found, err := t.Take(ctx, "w", kinds)
		ExpectWithOffset(1, err).NotTo(HaveOccurred())
		return l, found
	}

	It("gives the most urgent of a kind first, then the oldest, and none too early", func() {
		late, urgent, old := offer("hls", 2, 9, 0), offer("hls", 1, 8, 0), offer("hls", 2, 7, 0)
		offer("web", 0, 1, 0)
		offer("hls", 0, 2, time.Hour)
		for _, id := range []uuid.UUID{urgent, old, late} {
			l, found := take(table)
			Expect(found).To(BeTrue())
			Expect(l.JobID).To(Equal(id))
		}
		_, found := take(table)
		Expect(found).To(BeFalse())
	})
	It("counts as open what is at work, waits for a worker or for its next attempt", func() {
		offer("hls", 1, 1, 0)
		running, _ := take(table)
		offer("web", 1, 2, 0)
		offer("web", 1, 3, time.Hour)
		offer("web", 1, 4, 1000*time.Hour) // waits for an event
		Expect(table.Open(ctx)).To(BeEquivalentTo(3))
		Expect(table.Done(ctx, running)).To(Succeed())
		Expect(table.Open(ctx)).To(BeEquivalentTo(2))
	})
	It("gives each job to one of many", func() {
		for n := range 5 {
			offer("hls", 1, int64(n), 0)
		}
		var mu sync.Mutex
		taken, group := map[uuid.UUID]int{}, sync.WaitGroup{}
		for range 10 {
			group.Go(func() {
				defer GinkgoRecover()
				if l, found := take(table); found {
					mu.Lock()
					taken[l.JobID]++
					mu.Unlock()
				}
			})
		}
		group.Wait()
		Expect(taken).NotTo(BeEmpty())
		Expect(taken).To(HaveEach(1))
	})
	It("shows progress, and tells a worker that its lease is lost", func() {
		id := offer("hls", 1, 1, 0)
		l, _ := take(table)
		Expect(table.Renew(ctx, l, 42)).To(Succeed())
		Expect(table.Progress(ctx, uuid.NullUUID{})).To(Equal(map[uuid.UUID]int{id: 42}))
		Expect(table.Progress(ctx, uuid.NullUUID{UUID: uuid.New(), Valid: true})).To(BeEmpty())
		_, err := pool.Exec(ctx, "update media_jobs set expires_at = now() - interval '1 second'")
		Expect(err).NotTo(HaveOccurred())
		next, found := take(elsewhere)
		Expect(found).To(BeTrue())
		Expect(table.Renew(ctx, l, 50)).To(MatchError(leases.ErrLost))
		Expect(table.Done(ctx, l)).To(Succeed(), "which changes nothing for the next")
		Expect(elsewhere.Renew(ctx, next, 1)).To(Succeed())
	})
	It("frees what a dead server held, and only that", func() {
		offer("hls", 1, 1, 0)
		offer("hls", 1, 2, 0)
		take(table)
		theirs, _ := take(elsewhere)
		Expect(table.FreeOwn(ctx)).To(Equal(int64(1)))
		Expect(elsewhere.Renew(ctx, theirs, 1)).To(Succeed())
		_, found := take(table)
		Expect(found).To(BeTrue())
	})
	It("gives back after a wait, and forgets what is done or withdrawn", func() {
		offer("hls", 1, 1, 0)
		l, _ := take(table)
		Expect(table.Return(ctx, l, time.Hour)).To(Succeed())
		_, found := take(table)
		Expect(found).To(BeFalse())
		second := offer("hls", 1, 2, 0)
		within(func(tx pgx.Tx) error { return table.Withdraw(ctx, tx, second) })
		_, found = take(table)
		Expect(found).To(BeFalse())
		offer("hls", 1, 3, 0)
		l, _ = take(table)
		Expect(table.Done(ctx, l)).To(Succeed())
		var rows int
		Expect(pool.QueryRow(ctx, "select count(*) from media_jobs").Scan(&rows)).To(Succeed())
		Expect(rows).To(Equal(1), "the one that was given back")
	})
})
