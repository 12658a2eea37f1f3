package engine_test

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/tail"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
)

var _ = Describe("A read model that meets an event it cannot apply", func() {
	var (
		ctx = context.Background()
		dsn string
		log *enginetest.Log
	)
	BeforeEach(func() {
		dsn = testpg.DSN(GinkgoT())
		log = enginetest.NewLog(adds(0, 3)...)
	})
	stopOf := func(e *engine.Engine, name string) *engine.Stop {
		GinkgoHelper()
		builds, err := e.Builds(ctx, name)
		Expect(err).NotTo(HaveOccurred())
		return builds[0].Stop
	}
	hasStopped := func(e *engine.Engine, name string) func() bool {
		return func() bool { return stopOf(e, name) != nil }
	}

	DescribeTable("stops before it, keeps what precedes it and says why", func(bad kernel.Event, reason, stack string) {
		e := open(dsn, log, library())
		log.Append(append(append(adds(3, 8), fact(99, bad)), adds(8, 10)...)...)
		Eventually(hasStopped(e, "library")).Should(BeTrue())
		stop := stopOf(e, "library")
		Expect(stop.Position).To(BeEquivalentTo(9))
		if bad != nil {
			Expect(stop.Type).To(Equal(bad.EventType()))
		}
		Expect(stop.Reason).To(ContainSubstring(reason))
		Expect(stop.Stack).To(ContainSubstring(stack))
		Expect(e.Position("library")).To(BeEquivalentTo(8))
		Expect(count(ctx, e.DB("library"), "select count(*) from books")).To(BeEquivalentTo(8))

		started := time.Now()
		Expect(e.Wait(ctx, []string{"library"}, 9)).To(BeFalse())
		Expect(time.Since(started)).To(BeNumerically("<", time.Second), "a stopped model is not waited for")
		Expect(e.Past(ctx, "library", 7)).To(BeTrue())
		Expect(e.Past(ctx, "library", 8)).To(BeFalse(), "not even by those who wait for long")
	},
		Entry("an event of an unknown type", nil, "not known to this program", ""),
		Entry("an event that cannot be decoded", tail.Undecodable{Type: "book.torn", Err: errors.New("torn")}, "torn", ""),
		Entry("a change of a row that is not there", renamed{Name: "x"}, "there is no such row", "library_test.go"),
		Entry("a reducer that panics", bursting{}, "burst", "library_test.go"),
		Entry("a value the database refuses", added{Name: "a\x00b"}, "0x00", ""),
	)

	It("stops for a row that is there already, even when it is not in memory", func() {
		first := open(dsn, log, library())
		first.Close()
		e := open(dsn, log, library())
		log.Append(add(7), add(1))
		Eventually(hasStopped(e, "library")).Should(BeTrue())
		Expect(stopOf(e, "library").Position).To(BeEquivalentTo(5))
		Expect(stopOf(e, "library").Reason).To(ContainSubstring("books_pkey"))
		Expect(e.Position("library")).To(BeEquivalentTo(4))
	})

	It("does not stop others", func() {
		other := library()
		other.Name = "other"
		other.New = func(b *engine.Builder) engine.Reducer {
			newLibrary(b)
			return engine.ReducerFunc(func(eventstore.Position, eventstore.Event) {})
		}
		e := open(dsn, log, library(), other)
		at := log.Append(fact(50, renamed{}), add(3))
		Eventually(func() eventstore.Position { return e.Position("other") }).Should(Equal(at))
		Eventually(hasStopped(e, "library")).Should(BeTrue())
		Expect(hasStopped(e, "other")()).To(BeFalse())
	})

	It("tries again when told so from another process, and goes on once it can", func() {
		var isCured atomic.Bool
		d := library()
		d.New = func(b *engine.Builder) engine.Reducer {
			r := newLibrary(b)
			return engine.ReducerFunc(func(at eventstore.Position, e eventstore.Event) {
				if _, ok := e.Data.(bursting); ok && isCured.Load() {
					return
				}
				r.Reduce(at, e)
			})
		}
		e := open(dsn, log, d)
		at := log.Append(fact(1, bursting{}), add(3))
		Eventually(hasStopped(e, "library")).Should(BeTrue())
		elsewhere := connect(dsn, log, d)
		Expect(elsewhere.Retry(ctx, "library")).To(Succeed())
		Eventually(hasStopped(e, "library")).WithTimeout(30*time.Second).Should(BeTrue(), "it is not cured yet")
		isCured.Store(true)
		Expect(elsewhere.Retry(ctx, "library")).To(Succeed())
		Eventually(func() eventstore.Position { return e.Position("library") }).WithTimeout(30 * time.Second).Should(Equal(at))
		Expect(hasStopped(e, "library")()).To(BeFalse())
		Expect(elsewhere.Retry(ctx, "library")).To(MatchError(engine.ErrNotStopped))
	})

	It("is served up to the event when it is met during the first build", func() {
		log.Append(append(append(adds(3, 8), fact(99, bursting{})), adds(8, 10)...)...)
		e := open(dsn, log, library())
		Eventually(hasStopped(e, "library")).Should(BeTrue())
		Expect(e.Position("library")).To(BeEquivalentTo(8))
		Expect(count(ctx, e.DB("library"), "select count(*) from books")).To(BeEquivalentTo(8))
	})
})
