package postgres_test

import (
	"context"
	"fmt"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/postgres"
	"vidilog/internal/failpoint"
)

var _ = Describe("Faults around the log", func() {
	var (
		dsn   string
		store *postgres.Store
	)
	BeforeEach(func() {
		dsn = emptyLog()
		store = open(dsn, postgres.Options{})
	})
	appendTo := func(ctx context.Context, stream string) chan error {
		result := make(chan error, 1)
		go func() {
			_, err := store.Append(ctx, note(stream, eventstore.Any(), 1))
			result <- err
		}()
		return result
	}

	DescribeTable("answer as if nothing had happened when the appender dies", func(point string) {
		mustAppend(store, note("a", eventstore.None(), 1))
		Expect(failpoint.Arm(point + "=error@1")).To(Succeed())
		DeferCleanup(func() { Expect(failpoint.Arm("")).To(Succeed()) })
		receipt := mustAppend(store, note("a", eventstore.Exactly(1), 1))
		Expect(receipt).To(Equal(eventstore.Receipt{Position: 2}), "its own append, found again, is no repeat")
		Expect(store.Head(context.Background())).To(BeEquivalentTo(2))
	},
		Entry("with the lock", "append.locked"),
		Entry("before commit", "append.before-commit"),
		Entry("after commit, before it could answer", "append.after-commit"),
	)
	It("do not turn losers into winners when the batch is sent again", func() {
		mustAppend(store, note("a", eventstore.None(), 1))
		Expect(failpoint.Arm("append.after-commit=error@1")).To(Succeed())
		DeferCleanup(func() { Expect(failpoint.Arm("")).To(Succeed()) })
		_, err := store.Append(context.Background(), note("a", eventstore.None(), 1))
		Expect(err).To(Equal(&eventstore.WrongVersion{Stream: kernel.StreamID{Kind: "video", ID: "a"}, Expected: 0, Actual: 1}))
	})
	It("lose and double nothing while the connection is cut again and again", func() {
		const writers, each, between = 8, 40, 7
		var group sync.WaitGroup
		cuts := 0
		group.Go(func() {
			defer GinkgoRecover()
			for head := eventstore.Position(between); head < writers*each-between; head += between {
				Eventually(store.Changed(head), "20s").Should(BeClosed())
				store.LoseConnection()
				cuts++
			}
		})
		var writing sync.WaitGroup
		for w := range writers {
			writing.Go(func() {
				defer GinkgoRecover()
				for i := range each {
					receipt := mustAppend(store, note(fmt.Sprint(w), eventstore.Exactly(eventstore.Version(i)), 1))
					Expect(receipt.Repeated).To(BeFalse())
				}
			})
		}
		writing.Wait()
		group.Wait()
		Expect(cuts).To(BeNumerically(">", 20))
		Expect(store.Head(context.Background())).To(BeEquivalentTo(writers * each))
	})
	It("end a process that hangs with the head locked", func() {
		hanging := connect(dsn)
		_, err := hanging.Exec(context.Background(), "SET idle_in_transaction_session_timeout = '300ms'; BEGIN; SELECT FROM head FOR UPDATE")
		Expect(err).NotTo(HaveOccurred())
		Eventually(appendTo(context.Background(), "a"), "5s").Should(Receive(BeNil()))
	})
	It("tell a caller whose time ends before the lock that nothing was recorded", func() {
		release := holdHead(dsn)
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		defer cancel()
		var err error
		Eventually(appendTo(ctx, "a")).Should(Receive(&err))
		Expect(err).To(MatchError(context.DeadlineExceeded))
		Expect(err).NotTo(MatchError(eventstore.ErrOutcomeUnknown))
		release()
		mustAppend(store, note("b", eventstore.None(), 1))
		events, err := store.Read(context.Background(), 0, 10)
		Expect(err).NotTo(HaveOccurred())
		Expect(events).To(HaveLen(1))
	})
	It("tell a caller whose time ends during the commit to ask again", func() {
		Expect(failpoint.Arm("append.after-commit=sleep:3s")).To(Succeed())
		DeferCleanup(func() { Expect(failpoint.Arm("")).To(Succeed()) })
		a := note("a", eventstore.None(), 1)
		ctx, cancel := context.WithTimeout(context.Background(), 1500*time.Millisecond) // long enough to get to the commit
		defer cancel()
		_, err := store.Append(ctx, a)
		Expect(err).To(MatchError(eventstore.ErrOutcomeUnknown))
		Expect(err).To(MatchError(context.DeadlineExceeded))
		Expect(mustAppend(store, a)).To(Equal(eventstore.Receipt{Position: 1, Repeated: true}))
	})
	It("make callers wait when too many appends wait", func() {
		store.Close()
		store = open(dsn, postgres.Options{Queue: 2})
		release := holdHead(dsn)
		results := []chan error{appendTo(context.Background(), "a")}
		Eventually(waitingForLocks(connect(dsn))).Should(Equal(1))
		results = append(results, appendTo(context.Background(), "b"), appendTo(context.Background(), "c"))
		Eventually(store.Waiting).Should(Equal(2))
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		defer cancel()
		_, err := store.Append(ctx, note("d", eventstore.Any(), 1))
		Expect(err).To(MatchError(ContainSubstring("2 appends were waiting")))
		release()
		for _, result := range results {
			Eventually(result).Should(Receive(BeNil()))
		}
	})
	It("fail only the append that the database refuses", func() {
		observer := connect(dsn)
		_, err := observer.Exec(context.Background(), `ALTER TABLE claims ADD CONSTRAINT no_poison CHECK (owner <> 'poison')`)
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(func() { _, _ = observer.Exec(context.Background(), `ALTER TABLE claims DROP CONSTRAINT no_poison`) })
		release := holdHead(dsn)
		first := appendTo(context.Background(), "ahead")
		Eventually(waitingForLocks(connect(dsn))).Should(Equal(1))
		results := []chan error{appendTo(context.Background(), "a")}
		poisoned := make(chan error, 1)
		go func() {
			a := note("b", eventstore.Any(), 1)
			a.Claims = []eventstore.ClaimChange{{ClaimKey: eventstore.ClaimKey{Kind: "handle", Key: "x"}, Owner: "poison"}}
			_, err := store.Append(context.Background(), a)
			poisoned <- err
		}()
		results = append(results, appendTo(context.Background(), "c"), first)
		Eventually(store.Waiting).Should(Equal(3))
		release()
		Eventually(poisoned).Should(Receive(MatchError(ContainSubstring("the database refused it"))))
		for _, result := range results {
			Eventually(result).Should(Receive(BeNil()))
		}
		Expect(store.Head(context.Background())).To(BeEquivalentTo(3))
	})
})

var _ = Describe("Several processes on one log", func() {
	It("interleave without gaps and hear of each other's appends", func() {
		dsn := emptyLog()
		// No polling: only notifications can bring the news.
		stores := []*postgres.Store{
			open(dsn, postgres.Options{PollInterval: time.Hour}), open(dsn, postgres.Options{PollInterval: time.Hour}),
		}
		heard := func(from, by *postgres.Store) func() bool {
			return func() bool {
				receipt := mustAppend(from, note("greeting", eventstore.Any(), 1))
				select {
				case <-by.Changed(receipt.Position - 1):
					return true
				case <-time.After(50 * time.Millisecond):
					return false
				}
			}
		}
		Eventually(heard(stores[0], stores[1]), "5s").Should(BeTrue())
		Eventually(heard(stores[1], stores[0]), "5s").Should(BeTrue())

		var group sync.WaitGroup
		for i, store := range stores {
			for range 8 {
				group.Go(func() {
					defer GinkgoRecover()
					for range 20 {
						mustAppend(store, note(fmt.Sprint("s", i), eventstore.Any(), 1))
					}
				})
			}
		}
		group.Wait()
		head, err := stores[0].Head(context.Background())
		Expect(err).NotTo(HaveOccurred())
		events, err := stores[1].Read(context.Background(), 0, 10_000)
		Expect(err).NotTo(HaveOccurred())
		Expect(events).To(HaveLen(int(head)))
		for i, e := range events {
			Expect(e.Position).To(BeEquivalentTo(i + 1))
		}
	})
	It("find each other's appends by polling when nobody notifies", func() {
		dsn := emptyLog()
		writer := open(dsn, postgres.Options{Heartbeat: time.Hour})
		reader := open(dsn, postgres.Options{PollInterval: 20 * time.Millisecond})
		_, err := connect(dsn).Exec(context.Background(), "DELETE FROM nodes")
		Expect(err).NotTo(HaveOccurred())
		mustAppend(writer, note("a", eventstore.Any(), 1))
		Eventually(reader.Changed(0), "2s").Should(BeClosed())
	})
})
