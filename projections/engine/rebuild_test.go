package engine_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
)

func statesOf(e *engine.Engine) map[string]engine.State {
	GinkgoHelper()
	builds, err := e.Builds(context.Background(), "")
	Expect(err).NotTo(HaveOccurred())
	states := map[string]engine.State{}
	for _, b := range builds {
		states[b.Schema] = b.State
	}
	return states
}

// load reads and writes until stopped, and fails the test when a request fails or shows less than one before.
type load struct {
	requests atomic.Int64
	stop     chan struct{}
	wait     sync.WaitGroup
}

func startLoad(e *engine.Engine, log *enginetest.Log, from int) *load {
	l := &load{stop: make(chan struct{})}
	ctx := context.Background()
	for range 3 {
		l.wait.Go(func() {
			defer GinkgoRecover()
			last := int64(0)
			for !l.ended() {
				n := count(ctx, e.DB("library"), "select count(*) from books")
				Expect(n).To(BeNumerically(">=", last), "readers were shown an older state")
				last = n
				l.requests.Add(1)
			}
		})
	}
	l.wait.Go(func() {
		defer GinkgoRecover()
		for n := from; !l.ended(); n++ {
			at := log.Append(add(n))
			Expect(e.Wait(ctx, []string{"library"}, at)).To(BeTrue(), "a write was not seen")
			Expect(count(ctx, e.DB("library"), "select count(*) from books where id = $1", book(n).ID)).To(BeEquivalentTo(1))
		}
	})
	return l
}

func (l *load) ended() bool {
	select {
	case <-l.stop:
		return true
	default:
		return false
	}
}

func (l *load) end() {
	close(l.stop)
	l.wait.Wait()
}

var _ = Describe("A rebuild", func() {
	var (
		ctx = context.Background()
		dsn string
		log *enginetest.Log
	)
	BeforeEach(func() {
		dsn = testpg.DSN(GinkgoT())
		log = enginetest.NewLog(adds(0, 500)...)
	})

	It("by another process replaces the build under readers and writers without a failure", func() {
		server := open(dsn, log, library())
		l := startLoad(server, log, 1_000)
		other := connect(dsn, log, library())
		for range 2 {
			var phases []engine.Phase
			r, err := other.Rebuild(ctx, "library", func(p engine.Progress) {
				if len(phases) == 0 || phases[len(phases)-1] != p.Phase {
					phases = append(phases, p.Phase)
				}
			})
			Expect(err).NotTo(HaveOccurred())
			Expect(r.Compared).To(BeTrue())
			Expect(r.Differs()).To(BeFalse())
			Expect(phases).To(ContainElements(engine.PhaseBulk, engine.PhaseIndexes, engine.PhaseCompare, engine.PhaseFlip))
			Eventually(func() string { return schemaRead(server) }).WithTimeout(30 * time.Second).Should(Equal(r.Build.Schema))
		}
		before := l.requests.Load()
		Eventually(l.requests.Load).Should(BeNumerically(">", before))
		l.end()
		Expect(statesOf(server)).To(Equal(map[string]engine.State{
			"rm_library_v1_b1": engine.Warm, "rm_library_v1_b2": engine.Warm, "rm_library_v1_b3": engine.Live,
		}), "the second but last is kept for half a minute, for servers that have not noticed")
		Expect(verified(server).Same()).To(BeTrue())
	})

	It("creates the indexes that were put off", func() {
		e := open(dsn, log, library())
		Expect(count(ctx, e.DB("library"), "select count(*) from pg_indexes where schemaname = current_schema() and indexname = 'books_by_name'")).
			To(BeEquivalentTo(1))
	})

	It("reports rows that are not what the log gives, and repairs them", func() {
		server := open(dsn, log, library())
		Expect(verified(server).Same()).To(BeTrue())
		execute(ctx, "update rm_library_v1_b1.books set name = 'forged' where id = $1", dsn, book(4).ID)
		Expect(verified(server).Same()).To(BeFalse())

		r, err := server.Rebuild(ctx, "library", nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(r.Differs()).To(BeTrue())
		Eventually(func() string { return schemaRead(server) }).WithTimeout(30 * time.Second).Should(Equal(r.Build.Schema))
		Expect(count(ctx, server.DB("library"), "select count(*) from books where name = 'forged'")).To(BeEquivalentTo(0))
		Expect(verified(server).Same()).To(BeTrue())
	})

	It("compares without a server too", func() {
		open(dsn, log, library()).Close()
		log.Append(adds(600, 650)...)
		r, err := connect(dsn, log, library()).Rebuild(ctx, "library", nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(r.Compared).To(BeTrue())
		Expect(r.Differs()).To(BeFalse())
		Expect(r.Events).To(BeEquivalentTo(550))
	})

	It("leaves the live build alone when an event stops it", func() {
		server := open(dsn, log, library())
		at := log.Append(fact(1, bursting{}))
		_, err := server.Rebuild(ctx, "library", nil)
		Expect(err).To(MatchError(ContainSubstring(fmt.Sprintf("event %d (book.bursting)", at))))
		Expect(statesOf(server)).To(Equal(map[string]engine.State{"rm_library_v1_b1": engine.Live}))
	})

	It("is refused while another one runs", func() {
		server := open(dsn, log, library())
		var once sync.Once
		var second error
		_, err := server.Rebuild(ctx, "library", func(engine.Progress) {
			once.Do(func() { _, second = server.Rebuild(ctx, "library", nil) })
		})
		Expect(err).NotTo(HaveOccurred())
		Expect(second).To(MatchError(engine.ErrRebuilding))
	})

	It("needs little memory and gives the same", func() {
		e, err := engine.Connect(ctx, dsn, choppy{log}, []engine.Definition{library()}, engine.Options{Logger: quiet.Logger, BuildMemory: 20_000})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(e.Close)
		for n := range 20 {
			log.Append(fact(n*7, seen{Views: 1}), fact(n*5, filed{Resolution: n}), fact(400+n, removed{}))
		}
		Expect(e.Start(ctx)).To(Succeed())
		roomy := connect(dsn, log, library())
		r, err := roomy.Rebuild(ctx, "library", nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(r.Compared).To(BeTrue())
		Expect(r.Differs()).To(BeFalse())
	})

	It("can stop at any position of the past", func() {
		e := open(dsn, log, library())
		s, err := e.BuildTo(ctx, "library", 123, nil)
		Expect(err).NotTo(HaveOccurred())
		db, err := s.DB(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(count(ctx, db, "select count(*) from books")).To(BeEquivalentTo(123))
		Expect(s.Position()).To(BeEquivalentTo(123))
		Expect(s.Drop(ctx)).To(Succeed())
		Expect(statesOf(e)).To(HaveLen(1))
		_, err = e.BuildTo(ctx, "library", 501, nil)
		Expect(err).To(MatchError(ContainSubstring("the log ends at 500")))
	})
})

var _ = Describe("A new version of a read model", func() {
	ctx := context.Background()

	It("is built at the start, while a program of the old version goes on with its own, to which one can go back", func() {
		dsn, log := testpg.DSN(GinkgoT()), enginetest.NewLog(adds(0, 20)...)
		old := open(dsn, log, library())
		next := library()
		next.Version = 2
		server := open(dsn, log, next)
		Expect(statesOf(server)).To(Equal(map[string]engine.State{"rm_library_v1_b1": engine.Warm, "rm_library_v2_b1": engine.Live}))

		at := log.Append(add(20))
		for _, e := range []*engine.Engine{old, server} {
			Expect(e.Wait(ctx, []string{"library"}, at)).To(BeTrue())
			Expect(count(ctx, e.DB("library"), "select count(*) from books")).To(BeEquivalentTo(21))
		}
		Expect(schemaRead(old)).To(Equal("rm_library_v1_b1"))
		Expect(schemaRead(server)).To(Equal("rm_library_v2_b1"))
		old.Close()
		server.Close()

		at = log.Append(add(21))
		again := open(dsn, log, library())
		Expect(again.Position("library")).To(BeNumerically(">=", at), "a warm build catches up before it is served")
		Expect(statesOf(again)).To(Equal(map[string]engine.State{"rm_library_v1_b1": engine.Live, "rm_library_v2_b1": engine.Warm}))
	})
})

var _ = Describe("Two processes with the same read model", func() {
	ctx := context.Background()

	It("apply every event once, and one goes on when the other ends", func() {
		dsn, log := testpg.DSN(GinkgoT()), enginetest.NewLog()
		one, two := open(dsn, log, library()), open(dsn, log, library())
		at := eventstore.Position(0)
		for n := range 30 {
			at = log.Append(add(n), fact(n, seen{Views: 1}))
			for _, e := range []*engine.Engine{one, two} {
				Expect(e.Wait(ctx, []string{"library"}, at)).To(BeTrue())
				Expect(count(ctx, e.DB("library"), "select count(*) from books where views = 1")).To(BeEquivalentTo(n + 1))
			}
		}
		one.Close()
		at = log.Append(add(100))
		Eventually(func() bool { return two.Wait(ctx, []string{"library"}, at) }).WithTimeout(10 * time.Second).Should(BeTrue())
		Expect(verified(two).Same()).To(BeTrue())
	})
})

func verified(e *engine.Engine) engine.Verified {
	GinkgoHelper()
	v, err := e.Verify(context.Background(), "library", nil)
	Expect(err).NotTo(HaveOccurred())
	return v
}

func schemaRead(e *engine.Engine) (name string) {
	GinkgoHelper()
	Expect(e.DB("library").QueryRow(context.Background(), "select current_schema()").Scan(&name)).To(Succeed())
	return name
}
