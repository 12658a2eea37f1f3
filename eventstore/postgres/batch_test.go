package postgres_test

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"vidilog/eventstore"
	"vidilog/eventstore/memory"
	"vidilog/eventstore/postgres"
	"vidilog/eventstore/storetest"
)

var _ = Describe("A group commit", func() {
	var (
		dsn      string
		store    *postgres.Store
		observer *pgx.Conn
	)
	BeforeEach(func() {
		dsn = emptyLog()
		store = open(dsn, postgres.Options{})
		observer = connect(dsn)
	})
	// inOneBatch holds the head until all appends are in the queue, in their order. When appends come singly, the first of
	// what waits goes alone; so one without consequence goes ahead.
	inOneBatch := func(appends []eventstore.Append) []storetest.Outcome {
		release := holdHead(dsn)
		var group sync.WaitGroup
		outcomes := make([]storetest.Outcome, len(appends))
		group.Go(func() { _, _ = store.Append(context.Background(), note("ahead", eventstore.Any(), 0)) })
		Eventually(waitingForLocks(observer), "5s", "300us").Should(Equal(1))
		for i, a := range appends {
			group.Go(func() { outcomes[i].Receipt, outcomes[i].Err = store.Append(context.Background(), a) })
			Eventually(store.Waiting, "5s", "50us").Should(Equal(i + 1))
		}
		release()
		group.Wait()
		return outcomes
	}

	It("takes everything that waits when the lock is granted", func() {
		appends := make([]eventstore.Append, 20)
		for i := range appends {
			appends[i] = note("a", eventstore.Any(), 1)
		}
		for _, outcome := range inOneBatch(appends) {
			Expect(outcome.Err).NotTo(HaveOccurred())
		}
		events, err := store.Read(context.Background(), 0, 100)
		Expect(err).NotTo(HaveOccurred())
		moments := map[time.Time]bool{}
		for _, e := range events {
			moments[e.RecordedAt] = true
		}
		Expect(events).To(HaveLen(20))
		Expect(moments).To(HaveLen(1), "one transaction has one time")
	})
	It("answers each of its appends what the oracle answers to one after the other", func() {
		rapid.Check(GinkgoT(), func(t *rapid.T) {
			clearLog(observer)
			oracle := memory.New(time.Now)
			for round := range 2 {
				appends := storetest.DrawAppends(t)
				got := inOneBatch(appends)
				for i, a := range appends {
					var want storetest.Outcome
					want.Receipt, want.Err = oracle.Append(context.Background(), a)
					if err := storetest.CompareOutcomes(got[i], want); err != nil {
						t.Fatalf("round %d, append %d: %v", round, i, err)
					}
				}
			}
			if err := storetest.CompareLogs(context.Background(), store, oracle); err != nil {
				t.Fatal(err)
			}
		})
	})
	It("of one append answers what the oracle answers", func() {
		rapid.Check(GinkgoT(), func(t *rapid.T) {
			clearLog(observer)
			storetest.CompareWithOracle(t, store, memory.New(time.Now))
		})
	})
})
