package postgres_test

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/postgres"
)

var _ = Describe("Partitions of the log", Ordered, func() {
	var dsn string
	BeforeAll(func() { dsn = noLog() })
	AfterAll(func() { noLog() })

	It("are created in time, and appends cross them", func() {
		store := open(dsn, postgres.Options{PartitionEvents: 50, PollInterval: 10 * time.Millisecond})
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				defer GinkgoRecover()
				for range 40 {
					mustAppend(store, note("crossing", eventstore.Any(), 1))
				}
			})
		}
		group.Wait()
		mustAppend(store, note("large", eventstore.None(), 333))
		events, err := store.Read(context.Background(), 0, 10_000)
		Expect(err).NotTo(HaveOccurred())
		Expect(events).To(HaveLen(8*40 + 333))
		for i, e := range events {
			Expect(e.Position).To(BeEquivalentTo(i + 1))
		}
		crossing, err := store.ReadStream(context.Background(), kernel.StreamID{Kind: "video", ID: "crossing"}, 0, 1000)
		Expect(err).NotTo(HaveOccurred())
		Expect(crossing).To(HaveLen(320))
		for i, e := range crossing {
			Expect(e.Version).To(BeEquivalentTo(i + 1))
		}
	})
	It("are left alone by reads that do not need them", func() {
		connection := connect(dsn)
		_, err := connection.Exec(context.Background(), "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan")
		Expect(err).NotTo(HaveOccurred())
		plan := explain(connection, postgres.SelectEvents, 400, 10)
		Expect(plan).To(ContainSubstring("Index Scan using events_401_pkey"))
		Expect(plan).NotTo(ContainSubstring("Sort"))
		Expect(strings.Count(plan, "never executed") + strings.Count(plan, "Subplans Removed")).To(BeNumerically(">", 0))

		plan = explain(connection, postgres.SelectStream, "video", "crossing", 0, 10)
		Expect(plan).To(ContainSubstring("stream_kind_stream_id_stream_version_idx"))
		Expect(plan).To(ContainSubstring("never executed"), "partitions after the stream's last event")
	})
})

// explain runs a query and answers its plan.
func explain(connection *pgx.Conn, query string, parameters ...any) string {
	GinkgoHelper()
	rows, err := connection.Query(context.Background(), "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) "+query, parameters...)
	Expect(err).NotTo(HaveOccurred())
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	Expect(err).NotTo(HaveOccurred())
	return strings.Join(lines, "\n")
}

var _ = Describe("Sweeping old command ids", func() {
	It("forgets those of people after the retention and keeps those of processes", func() {
		dsn := emptyLog()
		store := open(dsn, postgres.Options{})
		person, process, recent := note("a", eventstore.Any(), 1), note("a", eventstore.Any(), 1), note("a", eventstore.Any(), 1)
		process.Command.Forever = true
		mustAppend(store, person)
		mustAppend(store, process)
		_, err := connect(dsn).Exec(context.Background(), "UPDATE commands SET created_at = created_at - interval '31 days'")
		Expect(err).NotTo(HaveOccurred())
		mustAppend(store, recent)

		Expect(store.SweepCommands(context.Background(), postgres.CommandRetention)).To(BeEquivalentTo(1))
		for _, a := range []eventstore.Append{process, recent} {
			Expect(mustAppend(store, a).Repeated).To(BeTrue())
		}
		Expect(mustAppend(store, person).Repeated).To(BeFalse())
	})
})
