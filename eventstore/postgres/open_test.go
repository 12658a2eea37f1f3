package postgres_test

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/prometheus/client_golang/prometheus"

	"vidilog/eventstore"
	"vidilog/eventstore/postgres"
)

var _ = Describe("Opening the log", func() {
	It("creates it once, however many processes start together", func() {
		dsn := noLog()
		stores := make([]*postgres.Store, 6)
		var group sync.WaitGroup
		for i := range stores {
			group.Go(func() {
				defer GinkgoRecover()
				stores[i] = open(dsn, postgres.Options{})
			})
		}
		group.Wait()
		for i, store := range stores {
			Expect(mustAppend(store, note("a", eventstore.Any(), 1)).Position).To(BeEquivalentTo(i + 1))
		}
	})
	It("continues where it was closed", func() {
		dsn := emptyLog()
		first := open(dsn, postgres.Options{})
		mustAppend(first, note("a", eventstore.None(), 2))
		first.Close()
		second := open(dsn, postgres.Options{})
		Expect(mustAppend(second, note("a", eventstore.Exactly(2), 1)).Position).To(BeEquivalentTo(3))
		Expect(second.Changed(2)).To(BeClosed())
	})
	DescribeTable("refuses another format epoch with what to do", func(epoch int) {
		dsn := emptyLog()
		open(dsn, postgres.Options{}).Close()
		_, err := connect(dsn).Exec(context.Background(), "UPDATE head SET format_epoch = $1", epoch)
		Expect(err).NotTo(HaveOccurred())
		_, err = postgres.Open(context.Background(), dsn, postgres.Options{})
		Expect(err).To(MatchError(ContainSubstring("start with an empty database")))
	}, Entry("older", postgres.FormatEpoch-1), Entry("newer", postgres.FormatEpoch+1))

	It("raises integers above those that are claimed", func() {
		dsn := emptyLog()
		store := open(dsn, postgres.Options{})
		_, err := store.NextInteger(context.Background(), "video")
		Expect(err).NotTo(HaveOccurred())
		for _, n := range []int64{9, 1200, 77} {
			a := note("a", eventstore.Any(), 1)
			a.Claims = []eventstore.ClaimChange{{ClaimKey: eventstore.IntegerClaim("video", n), Owner: "video-1"}}
			mustAppend(store, a)
		}
		store.Close()
		Expect(open(dsn, postgres.Options{}).NextInteger(context.Background(), "video")).To(BeEquivalentTo(1201))
	})
})

var _ = Describe("Closing the log", func() {
	It("refuses what comes later", func() {
		store := open(emptyLog(), postgres.Options{})
		store.Close()
		_, err := store.Append(context.Background(), note("a", eventstore.Any(), 1))
		Expect(err).To(MatchError(eventstore.ErrClosed))
	})
	It("drains what waits", func() {
		dsn := emptyLog()
		store := open(dsn, postgres.Options{MaxBatch: 4})
		results := make(chan error, 40)
		for range cap(results) {
			go func() {
				_, err := store.Append(context.Background(), note("a", eventstore.Any(), 1))
				results <- err
			}()
		}
		Eventually(func() (eventstore.Position, error) { return store.Head(context.Background()) }).ShouldNot(BeZero())
		store.Close()
		recorded := 0
		for range cap(results) {
			if err := <-results; err == nil {
				recorded++
			} else {
				Expect(err).To(MatchError(eventstore.ErrClosed))
			}
		}
		Expect(open(dsn, postgres.Options{}).Head(context.Background())).To(BeEquivalentTo(recorded))
	})
	It("does not wait for ever for a database that does not answer", func() {
		dsn := emptyLog()
		store := open(dsn, postgres.Options{DrainTimeout: 50 * time.Millisecond})
		release := holdHead(dsn)
		defer release()
		result := make(chan error, 1)
		go func() {
			_, err := store.Append(context.Background(), note("a", eventstore.Any(), 1))
			result <- err
		}()
		Eventually(waitingForLocks(connect(dsn))).Should(Equal(1))
		store.Close()
		Expect(<-result).To(MatchError(eventstore.ErrClosed))
	})
})

var _ = Describe("Metrics of the log", func() {
	It("count appends by outcome, and can be registered again after closing", func() {
		registry := prometheus.NewRegistry()
		dsn := emptyLog()
		store := open(dsn, postgres.Options{Registerer: registry})
		a := note("a", eventstore.None(), 2)
		mustAppend(store, a)
		mustAppend(store, a)
		_, err := store.Append(context.Background(), note("a", eventstore.None(), 1))
		Expect(err).To(HaveOccurred())
		Eventually(func() map[string]float64 { return counted(registry, "vidilog_log_appends_total") }).Should(Equal(map[string]float64{
			"recorded": 1, "repeated": 1, "wrong_version": 1,
		}))
		store.Close()
		open(dsn, postgres.Options{Registerer: registry})
	})
	It("count what is recorded in streams that are too long, by kind", func() {
		registry := prometheus.NewRegistry()
		store := open(emptyLog(), postgres.Options{Registerer: registry})
		mustAppend(store, note("a", eventstore.None(), postgres.LongStream-1))
		mustAppend(store, note("a", eventstore.Any(), 1))
		Expect(counted(registry, "vidilog_log_overlong_events_total")).To(BeEmpty())
		mustAppend(store, note("a", eventstore.Any(), 3))
		Eventually(func() map[string]float64 { return counted(registry, "vidilog_log_overlong_events_total") }).
			Should(Equal(map[string]float64{"video": 3}))
	})
})

// counted answers a counter by its one label.
func counted(registry *prometheus.Registry, name string) map[string]float64 {
	GinkgoHelper()
	families, err := registry.Gather()
	Expect(err).NotTo(HaveOccurred())
	counts := map[string]float64{}
	for _, family := range families {
		for _, metric := range family.Metric {
			if family.GetName() == name {
				counts[metric.Label[0].GetValue()] = metric.Counter.GetValue()
			}
		}
	}
	return counts
}

// holdHead locks the head row from outside until release.
func holdHead(dsn string) (release func()) {
	GinkgoHelper()
	connection := connect(dsn)
	tx, err := connection.Begin(context.Background())
	Expect(err).NotTo(HaveOccurred())
	_, err = tx.Exec(context.Background(), "SELECT FROM head FOR UPDATE")
	Expect(err).NotTo(HaveOccurred())
	var once sync.Once
	return func() { once.Do(func() { _ = connection.Close(context.Background()) }) }
}

// waitingForLocks is how many connections of the observer's database wait for a lock.
func waitingForLocks(observer *pgx.Conn) func() (int, error) {
	return func() (n int, err error) {
		err = observer.QueryRow(context.Background(), `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&n)
		return n, err
	}
}
