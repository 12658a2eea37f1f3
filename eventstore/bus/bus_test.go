package bus_test

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/bus"
)

func group(name string) bus.Group {
	return bus.Group{Name: name, StartAt: bus.AtOrigin, FirstPause: time.Millisecond, LastPause: 5 * time.Millisecond, MaxAttempts: 3}
}

var errBroken = errors.New("broken")

// failing handles everything but the events of one key, as long as it is told to.
func failing(d *diary, key string, fails *atomic.Bool) bus.Handler {
	return func(_ context.Context, _ *message.Message, e eventstore.Event) error {
		if n, is := e.Data.(noted); is && n.Key == key && fails.Load() {
			return errBroken
		}
		d.write(e)
		return nil
	}
}

var _ = Describe("A group", func() {
	var w *world
	var d *diary
	BeforeEach(func() { w, d = specWorld(), newDiary() })

	It("gets every event, in order per key, several keys at a time", func() {
		const keys, each = 20, 50
		var now, most atomic.Int64
		w.open(bus.Options{}).run(group("g"), func(_ context.Context, _ *message.Message, e eventstore.Event) error {
			most.Store(max(most.Load(), now.Add(1)))
			time.Sleep(50 * time.Microsecond) //nolint:forbidigo // this is the handler's work; nobody waits for it
			now.Add(-1)
			d.write(e)
			return nil
		})
		for range each {
			for i := range keys {
				w.note(keyName(i))
			}
		}
		Eventually(d.total).Should(Equal(keys * each))
		for i := range keys {
			Expect(d.of(keyName(i))()).To(Equal(upTo(each)))
		}
		Expect(most.Load()).To(BeNumerically(">", 1))
		Eventually(func() int64 { return w.checkpoint("g") }).Should(BeEquivalentTo(keys * each))
	})

	It("orders by the key it gives, across streams", func() {
		g := group("g")
		g.Key = func(eventstore.Event) string { return "one" }
		var now atomic.Int64
		w.open(bus.Options{}).run(g, func(_ context.Context, _ *message.Message, e eventstore.Event) error {
			if now.Add(1) > 1 {
				return bus.Permanent(errors.New("two events of one key at the same time"))
			}
			defer now.Add(-1)
			d.write(e)
			return nil
		})
		for range 50 {
			w.note("a", "b", "c")
		}
		Eventually(d.total).Should(Equal(150))
	})

	It("is not held back by a key that is slow", func() {
		release := make(chan struct{})
		w.open(bus.Options{}).run(group("g"), func(_ context.Context, _ *message.Message, e eventstore.Event) error {
			if e.Data.(noted).Key == "slow" {
				<-release
			}
			d.write(e)
			return nil
		})
		w.note("slow")
		for range 100 {
			w.note("slow", "a", "b")
		}
		Eventually(d.of("a")).Should(Equal(upTo(100)))
		Eventually(d.of("b")).Should(Equal(upTo(100)))
		Consistently(func() int64 { return w.checkpoint("g") }, "50ms").Should(BeZero(), "the checkpoint skips nothing")
		close(release)
		Eventually(d.of("slow")).Should(Equal(upTo(101)))
		Eventually(func() int64 { return w.checkpoint("g") }).Should(BeEquivalentTo(301))
	})

	It("is not held back by keys that fail, even with one lane", func() {
		g := group("g")
		g.Lanes, g.FirstPause, g.LastPause = 1, time.Hour, time.Hour
		var fails atomic.Bool
		fails.Store(true)
		w.open(bus.Options{}).run(g, failing(d, "bad", &fails))
		w.note("bad")
		for range 20 {
			w.note("a", "bad")
		}
		Eventually(d.of("a")).Should(Equal(upTo(20)))
	})

	It("tries again after a failure or a panic, with the number of the attempt", func() {
		var attempts atomic.Int64
		w.open(bus.Options{}).run(group("g"), func(_ context.Context, msg *message.Message, e eventstore.Event) error {
			attempts.Add(1)
			switch bus.Attempt(msg) {
			case 1:
				return errBroken
			case 2:
				panic("worse")
			}
			d.write(e)
			return nil
		})
		w.note("a")
		Eventually(d.of("a")).Should(Equal([]int{1}))
		Expect(attempts.Load()).To(BeEquivalentTo(3))
	})

	It("starts at the head or at the origin, once for all", func() {
		w.note("a", "b")
		late := group("late")
		late.StartAt = bus.AtHead
		head, origin := newDiary(), newDiary()
		p := w.open(bus.Options{})
		first := p.run(late, head.handle)
		w.open(bus.Options{}).run(group("early"), origin.handle)
		w.note("a")
		Eventually(origin.of("a")).Should(Equal([]int{1, 2}))
		Eventually(head.of("a")).Should(Equal([]int{2}))
		first.stop()
		w.note("a")
		w.open(bus.Options{}).run(late, head.handle)
		Eventually(head.of("a")).Should(Equal([]int{2, 3}))
	})

	It("passes over types it does not want, and counts them as done", func() {
		g := group("g")
		g.Types = []string{"test.noted"}
		w.open(bus.Options{}).run(g, d.handle)
		draft, err := w.codec.Encode(other{}, uuid.New())
		Expect(err).NotTo(HaveOccurred())
		w.note("a")
		w.append(eventstore.StreamAppend{Stream: kernel.StreamID{Kind: "test", ID: "o"}, Events: []eventstore.Draft{draft}})
		Eventually(func() int64 { return w.checkpoint("g") }).Should(BeEquivalentTo(2))
		Expect(d.total()).To(Equal(1))
	})

	It("keeps no more in memory than its window", func() {
		g := group("g")
		g.Window = 600
		release := make(chan struct{})
		p := w.open(bus.Options{}).run(g, func(_ context.Context, _ *message.Message, e eventstore.Event) error {
			<-release
			d.write(e)
			return nil
		})
		for range 3_000 {
			w.note("a")
		}
		Eventually(func() (int64, error) { return p.Pending(context.Background(), nil) }).Should(BeEquivalentTo(3_000))
		close(release)
		Eventually(d.of("a")).Should(Equal(upTo(3_000)))
		Eventually(func() (int64, error) { return p.Pending(context.Background(), nil) }).Should(BeZero())
	})

	It("counts an event until what it asks for is there, and then that", func(ctx SpecContext) {
		handled, release := make(chan struct{}, 8), make(chan struct{})
		p := w.open(bus.Options{}).run(group("g"), func(context.Context, *message.Message, eventstore.Event) error {
			handled <- struct{}{}
			<-release
			return nil
		})
		w.note("a")
		Eventually(handled).Should(Receive())
		// The event is dealt with while somebody looks: it has been seen, and what it asked for came too late to be.
		pending, err := p.Pending(ctx, func(ctx context.Context) (int64, error) {
			close(release)
			Eventually(func() int64 { return w.checkpoint("g") }).Should(BeEquivalentTo(1))
			return 0, nil
		})
		Expect(err).NotTo(HaveOccurred())
		Expect(pending).To(BeEquivalentTo(1))
		Expect(p.Pending(ctx, func(context.Context) (int64, error) { return 3, nil })).To(BeEquivalentTo(3))
		// Work ends with an event while somebody looks.
		pending, err = p.Pending(ctx, func(context.Context) (int64, error) { w.note("b"); return 0, nil })
		Expect(err).NotTo(HaveOccurred())
		Expect(pending).To(BeEquivalentTo(1))
	})

	It("that parks on what cannot be decoded says so", func() {
		p := w.open(bus.Options{}).run(group("g"), d.handle)
		w.append(eventstore.StreamAppend{Stream: kernel.StreamID{Kind: "test", ID: "a"}, Events: []eventstore.Draft{
			{EventID: uuid.New(), Type: "test.unknown", SchemaVersion: 1, Payload: []byte(`{}`)},
		}})
		Eventually(func() ([]bus.ParkedEvent, error) { return p.Parked(context.Background()) }).Should(HaveLen(1))
		list, _ := p.Parked(context.Background())
		Expect(list[0].Error).To(ContainSubstring(`"test.unknown" is not known`))
		Expect(list[0].Attempts).To(Equal(1))
	})
})

var _ = Describe("After a crash", func() {
	var w *world
	BeforeEach(func() { w = specWorld() })

	// crash lets another process take the group as if the first had died: nothing it has not written counts.
	crash := func(name string) {
		GinkgoHelper()
		w.exec("UPDATE vidilog_bus.consumers SET lease_until = '-infinity', holder = NULL WHERE consumer_group = $1", name)
	}

	It("what was handled and not in the checkpoint is handled again, the rest is not lost", func() {
		first, second := newDiary(), newDiary()
		w.open(bus.Options{FlushEvery: time.Hour, Lease: time.Hour}).run(group("g"), first.handle)
		for range 10 {
			w.note("a", "b")
		}
		Eventually(first.total).Should(Equal(20))
		crash("g")
		w.open(bus.Options{}).run(group("g"), second.handle)
		Eventually(second.of("a")).Should(Equal(upTo(10)))
		Eventually(second.of("b")).Should(Equal(upTo(10)))
		w.note("a")
		Eventually(second.of("a")).Should(Equal(upTo(11)))
	})

	It("a process that comes back under the same holder takes its own lease at once", func() {
		holder := uuid.New()
		w.open(bus.Options{Holder: holder, Lease: time.Hour}).run(group("g"), newDiary().handle)
		again := newDiary()
		w.note("a")
		w.open(bus.Options{Holder: holder, Lease: time.Hour}).run(group("g"), again.handle)
		w.note("a")
		Eventually(again.of("a")).Should(ContainElement(2))
	})

	It("an effect that was committed with its event is not repeated", func() {
		w.exec("CREATE TABLE effects (position bigint)")
		var calls atomic.Int64
		effects := func(_ context.Context, msg *message.Message, e eventstore.Event) error {
			return bus.AckTx(msg, func(tx pgx.Tx) error {
				calls.Add(1)
				_, err := tx.Exec(context.Background(), "INSERT INTO effects VALUES ($1)", int64(e.Position))
				return err
			})
		}
		w.open(bus.Options{FlushEvery: time.Hour, Lease: time.Hour}).run(group("g"), effects)
		for range 10 {
			w.note("a", "b", "c")
		}
		Eventually(calls.Load).Should(BeEquivalentTo(30))
		Eventually(func() (n int) {
			w.must(w.pool.QueryRow(context.Background(), "SELECT count(*) FROM vidilog_bus.done").Scan(&n))
			return n
		}).Should(Equal(30))
		crash("g")
		w.open(bus.Options{}).run(group("g"), effects)
		w.note("a")
		Eventually(func() int64 { return w.checkpoint("g") }).Should(BeEquivalentTo(31))
		var rows, distinct, left int
		w.must(w.pool.QueryRow(context.Background(), "SELECT count(*), count(DISTINCT position) FROM effects").Scan(&rows, &distinct))
		Expect([]int{rows, distinct}).To(Equal([]int{31, 31}))
		Expect(calls.Load()).To(BeEquivalentTo(31))
		w.must(w.pool.QueryRow(context.Background(), "SELECT count(*) FROM vidilog_bus.done").Scan(&left))
		Expect(left).To(BeZero(), "what the checkpoint has passed is removed")
	})

	It("a process that has lost its lease writes nothing more", func() {
		w.exec("CREATE TABLE effects (position bigint)")
		began, proceed, result := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		w.open(bus.Options{Lease: time.Hour, FlushEvery: time.Hour}).run(group("g"), func(_ context.Context, msg *message.Message, e eventstore.Event) error {
			close(began)
			<-proceed
			err := bus.AckTx(msg, func(tx pgx.Tx) error {
				_, err := tx.Exec(context.Background(), "INSERT INTO effects VALUES (1)")
				return err
			})
			result <- err
			return nil
		})
		w.note("a")
		Eventually(began).Should(BeClosed())
		crash("g")
		second := newDiary()
		w.open(bus.Options{}).run(group("g"), second.handle)
		Eventually(second.of("a")).Should(Equal([]int{1}))
		close(proceed)
		Expect(<-result).To(MatchError(ContainSubstring("passed to another process")))
		var n int
		w.must(w.pool.QueryRow(context.Background(), "SELECT count(*) FROM effects").Scan(&n))
		Expect(n).To(BeZero())
	})
})

var _ = Describe("Two processes", func() {
	It("do not work for one group at the same time, and the second follows when the first ends", func() {
		w := specWorld()
		first, second := newDiary(), newDiary()
		p := w.open(bus.Options{Lease: time.Second}).run(group("g"), first.handle)
		w.note("a")
		Eventually(first.of("a")).Should(Equal([]int{1}))
		w.open(bus.Options{Lease: time.Second}).run(group("g"), second.handle)
		w.note("a")
		Eventually(first.of("a")).Should(Equal([]int{1, 2}))
		p.stop()
		w.note("a")
		Eventually(second.of("a")).Should(Equal([]int{3}), "a clean end leaves a checkpoint and a free lease")
		Expect(first.of("a")()).To(Equal([]int{1, 2}))
	})
})
