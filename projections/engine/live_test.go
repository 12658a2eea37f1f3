package engine_test

import (
	"context"
	"log/slog"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/prometheus/client_golang/prometheus"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
)

// quiet keeps expected warnings out of the output of tests.
var quiet = engine.Options{Logger: slog.New(slog.DiscardHandler)}

// open starts an engine that is closed with the test.
func open(dsn string, log engine.Source, definitions ...engine.Definition) *engine.Engine {
	GinkgoHelper()
	e, err := engine.Open(context.Background(), dsn, log, definitions, quiet)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(e.Close)
	return e
}

// connect makes an engine as the command line has it, without runners.
func connect(dsn string, log engine.Source, definitions ...engine.Definition) *engine.Engine {
	GinkgoHelper()
	e, err := engine.Connect(context.Background(), dsn, log, definitions, quiet)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(e.Close)
	return e
}

func count(ctx context.Context, q engine.Querier, query string, args ...any) (n int64) {
	GinkgoHelper()
	Expect(q.QueryRow(ctx, query, args...).Scan(&n)).To(Succeed())
	return n
}

func adds(from, to int) (facts []enginetest.Fact) {
	for n := from; n < to; n++ {
		facts = append(facts, add(n))
	}
	return facts
}

var _ = Describe("A read model", func() {
	var (
		ctx = context.Background()
		dsn string
		log *enginetest.Log
	)
	library1 := []string{"library"}
	BeforeEach(func() {
		dsn = testpg.DSN(GinkgoT())
		log = enginetest.NewLog(adds(0, 10)...)
	})

	It("holds what was appended before the start and what is appended afterwards", func() {
		e := open(dsn, log, library())
		Expect(count(ctx, e.DB("library"), "select count(*) from books")).To(BeEquivalentTo(10))

		at := log.Append(fact(3, renamed{Name: "other"}), fact(3, filed{Resolution: 720, Size: 5}), add(11))
		Expect(e.Wait(ctx, library1, at)).To(BeTrue())
		Expect(e.Position("library")).To(Equal(at))
		var name string
		var revision eventstore.Position
		Expect(e.DB("library").QueryRow(ctx, "select name, revision from books where id = $1", book(3).ID).Scan(&name, &revision)).To(Succeed())
		Expect(name).To(Equal("other"))
		Expect(revision).To(Equal(at - 2))
		Expect(count(ctx, e.DB("library"), "select sum(books) from channels")).To(BeEquivalentTo(11))
		Expect(count(ctx, e.DB("library"), "select size from book_files")).To(BeEquivalentTo(5))
	})

	It("wakes who waits for anything new, however long that takes to come", func() {
		e := open(dsn, log, library())
		seen := e.Position("library")
		woken := make(chan bool, 1)
		go func() { woken <- e.Past(ctx, "library", seen) }()
		Consistently(woken).WithTimeout(engine.MaxWait + 200*time.Millisecond).ShouldNot(Receive())
		log.Append(add(11))
		Eventually(woken).Should(Receive(BeTrue()))
		ended, end := context.WithCancel(ctx)
		end()
		Expect(e.Past(ended, "library", e.Position("library"))).To(BeFalse())
		Expect(e.Past(ctx, "no such model", 0)).To(BeFalse())
	})

	It("stores every type of column as it is", func() {
		e := open(dsn, log, library())
		at := log.Append(fact(1, renamed{Name: "x\ty\\"}), fact(1, published{}), fact(2, seen{Views: 7}))
		Expect(e.Wait(ctx, library1, at)).To(BeTrue())
		rows, err := e.DB("library").Query(ctx, `
select tags, details->'names'->>'book 1', raw, mood::text, is_public, score, published_at, related[1], parent_id from books where id = $1`, book(1).ID)
		Expect(err).NotTo(HaveOccurred())
		Expect(rows.Next()).To(BeTrue())
		var tags []string
		var named string
		var raw []byte
		var mood *string
		var isPublic bool
		var score float64
		var publishedAt *time.Time
		var related kernel.VideoID
		var parent *kernel.VideoID
		Expect(rows.Scan(&tags, &named, &raw, &mood, &isPublic, &score, &publishedAt, &related.UUID, &parent)).To(Succeed())
		Expect(rows.Next()).To(BeFalse())
		Expect(rows.Err()).NotTo(HaveOccurred())
		Expect(tags).To(Equal([]string{"a", "b,{}\""}))
		Expect(named).To(Equal("2"))
		Expect(raw).To(Equal([]byte("x\ty\\")))
		Expect(mood).To(BeNil())
		Expect(isPublic).To(BeTrue())
		Expect(publishedAt.UTC()).To(Equal(time.Date(2026, 1, 1, 0, 0, 12, 0, time.UTC)))
		Expect(related.Stream()).To(Equal(book(1)))
		Expect(parent).To(BeNil())
	})

	It("finds rows by an index that a reducer uses", func() {
		e := open(dsn, log, library())
		parent := kernel.VideoID{UUID: mustID(book(1))}
		log.Append(fact(20, added{Channel: shelf(9), Parent: &parent}), fact(21, added{Channel: shelf(9), Parent: &parent}))
		at := log.Append(fact(1, filed{Resolution: 240}), fact(1, filed{Resolution: 480}), fact(2, filed{Resolution: 480}))
		Expect(e.Wait(ctx, library1, at)).To(BeTrue())
		Expect(count(ctx, e.DB("library"), "select count(*) from books where parent_id = $1", book(1).ID)).To(BeEquivalentTo(2))
		Expect(e.Wait(ctx, library1, log.Append(fact(1, removed{})))).To(BeTrue())
		Expect(count(ctx, e.DB("library"), "select count(*) from books where parent_id = $1", book(1).ID)).To(BeEquivalentTo(0))
		Expect(count(ctx, e.DB("library"), "select count(*) from book_files")).To(BeEquivalentTo(1))
	})

	It("goes on where it was after a restart, without building again", func() {
		first := open(dsn, log, library())
		at := log.Append(add(30), fact(30, ignored{}))
		Expect(first.Wait(ctx, library1, at)).To(BeTrue())
		first.Close()
		log.Append(add(31))
		second := open(dsn, log, library())
		Expect(second.Wait(ctx, library1, at+1)).To(BeTrue())
		Expect(count(ctx, second.DB("library"), "select count(*) from books")).To(BeEquivalentTo(12))
		builds, err := second.Builds(ctx, "library")
		Expect(err).NotTo(HaveOccurred())
		Expect(builds).To(HaveLen(1))
	})

	It("writes its checkpoint soon even when events change no row", func() {
		e := open(dsn, log, library())
		at := log.Append(fact(1, ignored{}))
		Expect(e.Wait(ctx, library1, at)).To(BeTrue())
		Eventually(func() (eventstore.Position, error) {
			builds, err := e.Builds(ctx, "library")
			return builds[0].Position, err
		}).Should(Equal(at))
	})

	It("goes on after its connection was cut", func() {
		e := open(dsn, log, library())
		Expect(e.Wait(ctx, library1, log.Append(fact(1, seen{Views: 1})))).To(BeTrue())
		cutConnections(ctx, e)
		at := log.Append(adds(40, 50)...)
		Eventually(func() bool { return e.Wait(ctx, library1, at) }).WithTimeout(10 * time.Second).Should(BeTrue())
		Expect(count(ctx, e.DB("library"), "select count(*) from books")).To(BeEquivalentTo(20))
	})

	It("projects again what the database lost when it was killed, and lets readers wait for it", func() {
		e := open(dsn, log, library())
		at := log.Append(fact(1, seen{Views: 2}), fact(1, seen{Views: 3}))
		Expect(e.Wait(ctx, library1, at)).To(BeTrue())
		// Rows and checkpoint as they were two events before; only the connection tells the runner.
		execute(ctx, `update rm_library_v1_b1.books set views = 0, score = 0`, dsn)
		execute(ctx, `update vidilog_readmodels.checkpoints set position = 10`, dsn)
		cutConnections(ctx, e)
		at = log.Append(fact(1, seen{Views: 5}))
		Eventually(func() bool { return e.Wait(ctx, library1, at) }).Should(BeTrue())
		Expect(count(ctx, e.DB("library"), "select sum(views) from books")).To(BeEquivalentTo(10))
		Expect(verified(e).Same()).To(BeTrue())
	})

	It("tells its position and lag as metrics", func() {
		metrics := prometheus.NewRegistry()
		e, err := engine.Open(ctx, dsn, log, []engine.Definition{library()}, engine.Options{Logger: quiet.Logger, Registerer: metrics})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(e.Close)
		at := log.Append(add(60))
		Expect(e.Wait(ctx, library1, at)).To(BeTrue())
		Eventually(func() map[string]float64 { return gauges(metrics) }).Should(And(
			HaveKeyWithValue("vidilog_projection_position", float64(at)),
			HaveKeyWithValue("vidilog_projection_lag_events", 0.0),
			HaveKeyWithValue("vidilog_projection_stopped", 0.0)))
		log.Append(fact(1, bursting{}), add(61), add(62))
		Eventually(func() map[string]float64 { return gauges(metrics) }).Should(And(
			HaveKeyWithValue("vidilog_projection_lag_events", 3.0), HaveKeyWithValue("vidilog_projection_stopped", 1.0)))
	})

	It("waits no longer than 2 s for a position that does not come", func() {
		e := open(dsn, log, library())
		short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
		defer cancel()
		Expect(e.Wait(short, library1, 1_000)).To(BeFalse())
		Expect(e.Wait(ctx, []string{"nothing of this name"}, 1)).To(BeFalse())
	})

	It("refuses tables that do not fit its rows", func() {
		d := library()
		d.New = func(b *engine.Builder) engine.Reducer {
			engine.NewTable[kernel.VideoID, struct {
				Missing int `db:"missing"`
			}](b, "books", "id")
			return engine.ReducerFunc(func(eventstore.Position, eventstore.Event) {})
		}
		_, err := engine.Open(ctx, dsn, log, []engine.Definition{d}, quiet)
		Expect(err).To(MatchError(ContainSubstring("table books: there is no column missing")))
	})

	It("refuses an index that the database has not", func() {
		d := library()
		d.New = func(b *engine.Builder) engine.Reducer {
			engine.NewIndex[string](engine.NewTable[kernel.VideoID, bookRow](b, "books", "id"), "name")
			return engine.ReducerFunc(func(eventstore.Position, eventstore.Event) {})
		}
		_, err := engine.Open(ctx, dsn, log, []engine.Definition{d}, quiet)
		Expect(err).To(MatchError(ContainSubstring("no index begins with name")))
	})

	DescribeTable("refuses a definition with", func(change func(*engine.Definition), reason string) {
		d := library()
		change(&d)
		Expect(d.Validate()).To(MatchError(ContainSubstring(reason)))
	},
		Entry("capitals in its name", func(d *engine.Definition) { d.Name = "Library" }, "a-z"),
		Entry("no version", func(d *engine.Definition) { d.Version = 0 }, "first version is 1"),
		Entry("a field without tag", func(d *engine.Definition) {
			d.New = func(b *engine.Builder) engine.Reducer {
				engine.NewTable[int64, struct{ Name string }](b, "books", "id")
				return engine.ReducerFunc(nil)
			}
		}, "needs a tag"),
		Entry("a key of two columns and one field", func(d *engine.Definition) {
			d.New = func(b *engine.Builder) engine.Reducer {
				engine.NewTable[int64, channelRow](b, "books", "a", "b")
				return engine.ReducerFunc(nil)
			}
		}, "one field for each"),
	)
})

func gauges(r *prometheus.Registry) map[string]float64 {
	GinkgoHelper()
	families, err := r.Gather()
	Expect(err).NotTo(HaveOccurred())
	values := map[string]float64{}
	for _, f := range families {
		if m := f.GetMetric()[0]; m.GetGauge() != nil {
			values[f.GetName()] = m.GetGauge().GetValue()
		}
	}
	return values
}

func cutConnections(ctx context.Context, e *engine.Engine) {
	GinkgoHelper()
	n := count(ctx, e.DB("library"), `
select count(pg_terminate_backend(pid)) from pg_stat_activity
 where datname = current_database() and application_name = 'vidilog projection library'`)
	Expect(n).To(BeNumerically(">=", 1), "no runner was connected")
}
