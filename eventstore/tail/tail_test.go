package tail_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"go.uber.org/goleak"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/codec"
	"vidilog/eventstore/memory"
	"vidilog/eventstore/tail"
)

func TestTail(t *testing.T) {
	RegisterFailHandler(Fail)
	SetDefaultEventuallyTimeout(20 * time.Second) // on a busy machine; nothing waits that long otherwise
	RunSpecs(t, "Tail")
}

type ticked struct {
	N int `json:"n"`
}

func (ticked) EventType() string { return "test.ticked" }

// world is a log, a running tail, and what a test may break in between.
type world struct {
	eventstore.Log
	registry *codec.Registry
	tail     *tail.Tail
	stop     context.CancelFunc
	ended    chan error

	deaf    atomic.Bool  // the watcher never wakes
	failing atomic.Int64 // reads that will still fail
	holed   atomic.Bool  // the next read leaves one out
	reads   atomic.Int64
	n       int
}

func (w *world) Changed(after eventstore.Position) <-chan struct{} {
	if w.deaf.Load() {
		return nil
	}
	return w.Log.Changed(after)
}

func (w *world) Read(ctx context.Context, after eventstore.Position, limit int) ([]eventstore.Recorded, error) {
	w.reads.Add(1)
	if w.failing.Add(-1) >= 0 {
		return nil, errors.New("the database is away")
	}
	recs, err := w.Log.Read(ctx, after, limit)
	if w.holed.Load() && len(recs) > 0 {
		recs = recs[1:]
		recs = append(recs, eventstore.Recorded{Position: after + 9})
	}
	return recs, err
}

func newWorld(options tail.Options) *world {
	registry, err := codec.New([]kernel.Event{ticked{}})
	Expect(err).NotTo(HaveOccurred())
	w := &world{Log: memory.New(time.Now), registry: registry, ended: make(chan error, 1)}
	options.Logger = slog.New(slog.DiscardHandler)
	w.tail = tail.New(w, w, registry, options)
	DeferCleanup(func() {
		if w.stop != nil {
			w.stop()
			Eventually(w.ended).Should(Receive())
		}
	})
	return w
}

func (w *world) run() {
	var ctx context.Context
	ctx, w.stop = context.WithCancel(context.Background())
	go func() { w.ended <- w.tail.Run(ctx) }()
}

func (w *world) append(count int) {
	GinkgoHelper()
	for count > 0 {
		batch := min(count, 100)
		drafts := make([]eventstore.Draft, batch)
		for i := range drafts {
			w.n++
			var err error
			drafts[i], err = w.registry.Encode(ticked{w.n}, uuid.New())
			Expect(err).NotTo(HaveOccurred())
		}
		w.record(drafts...)
		count -= batch
	}
}

func (w *world) record(drafts ...eventstore.Draft) {
	GinkgoHelper()
	_, err := w.Append(context.Background(), eventstore.Append{
		Command: eventstore.Command{CommandKey: eventstore.CommandKey{Actor: "test", Type: "tick", ID: uuid.NewString()}},
		Streams: []eventstore.StreamAppend{{Stream: kernel.StreamID{Kind: "test", ID: "1"}, Events: drafts}},
	})
	Expect(err).NotTo(HaveOccurred())
}

// collect reads until the cursor has seen position last and answers an error when an event is missing or out of order.
func collect(ctx context.Context, c *tail.Cursor, last int, limit func() int) error {
	for c.Position() < eventstore.Position(last) {
		before := c.Position()
		events, err := c.Next(ctx, limit())
		if err != nil {
			return err
		}
		for i, e := range events {
			want := before + eventstore.Position(i) + 1
			if e.Position != want || e.Data != kernel.Event(ticked{int(want)}) {
				return fmt.Errorf("expected event %d, got %d %v", want, e.Position, e.Data)
			}
		}
	}
	return nil
}

func always(n int) func() int { return func() int { return n } }

var _ = Describe("A cursor", func() {
	It("gets the history and what is appended meanwhile, in order, each event once", func(ctx SpecContext) {
		w := newWorld(tail.Options{})
		w.append(12_345)
		w.run()
		c := w.tail.From(0)
		Expect(collect(ctx, c, 12_000, always(700))).To(Succeed())
		w.append(500)
		Expect(collect(ctx, c, 12_845, always(700))).To(Succeed())
	}, SpecTimeout(10*time.Second))

	It("starts where it is told", func(ctx SpecContext) {
		w := newWorld(tail.Options{})
		w.append(10)
		w.run()
		events, err := w.tail.From(7).Next(ctx, 100)
		Expect(err).NotTo(HaveOccurred())
		Expect(events).To(HaveLen(3))
		Expect(events[0].Position).To(BeEquivalentTo(8))
	}, SpecTimeout(10*time.Second))

	It("waits for an event above it, and ends waiting with its context", func(ctx SpecContext) {
		w := newWorld(tail.Options{})
		w.append(1)
		w.run()
		Expect(w.tail.WaitHead(ctx, 1)).To(Succeed())
		c := w.tail.From(1)
		short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
		defer cancel()
		_, err := c.Next(short, 10)
		Expect(err).To(MatchError(context.DeadlineExceeded))
		got := make(chan []eventstore.Event, 1)
		go func() {
			events, _ := c.Next(ctx, 10)
			got <- events
		}()
		w.append(1)
		Expect((<-got)[0].Data).To(Equal(kernel.Event(ticked{2})))
	}, SpecTimeout(10*time.Second))

	It("answers what is ready without waiting, history included", func(ctx SpecContext) {
		w := newWorld(tail.Options{})
		w.append(3)
		w.run()
		Expect(w.tail.WaitHead(ctx, 3)).To(Succeed())
		c := w.tail.From(0)
		Eventually(func() (int, error) {
			events, err := c.TryNext(2)
			return len(events), err
		}).Should(Equal(2))
		Expect(c.TryNext(2)).To(HaveLen(1))
		Consistently(func() ([]eventstore.Event, error) { return c.TryNext(2) }, "50ms").Should(BeEmpty())
		w.append(1)
		Expect(w.tail.WaitHead(ctx, 4)).To(Succeed())
		Expect(c.TryNext(2)).To(HaveLen(1))
	}, SpecTimeout(10*time.Second))

	It("keeps up or falls behind as it likes: none misses an event", func(ctx SpecContext) {
		w := newWorld(tail.Options{RingBytes: 60_000, PageEvents: 150})
		w.append(2_000)
		w.run()
		const total = 12_000
		errs := make(chan error)
		var group sync.WaitGroup
		for i := range 6 {
			group.Go(func() {
				random := rand.New(rand.NewPCG(uint64(i), 7))
				errs <- collect(ctx, w.tail.From(0), total, func() int {
					if random.IntN(40) == 0 {
						time.Sleep(time.Duration(i) * time.Millisecond) //nolint:forbidigo // a slow consumer: this is its speed, nobody waits for it
					}
					return 1 + random.IntN(300)
				})
			})
		}
		go func() { group.Wait(); close(errs) }()
		for range 100 {
			w.append(100)
		}
		for err := range errs {
			Expect(err).NotTo(HaveOccurred())
		}
	}, SpecTimeout(20*time.Second))

	It("that is closed while it catches up holds nothing, and goes on when it is used again", func(ctx SpecContext) {
		w := newWorld(tail.Options{PageEvents: 50})
		w.append(5_000)
		w.run()
		Expect(w.tail.WaitHead(ctx, 5_000)).To(Succeed())
		running := goleak.IgnoreCurrent()
		c := w.tail.From(0)
		Expect(collect(ctx, c, 120, always(10))).To(Succeed())
		c.Close()
		Eventually(func() error { return goleak.Find(running) }).Should(Succeed())
		Expect(collect(ctx, c, 5_000, always(1_000))).To(Succeed())
	}, SpecTimeout(10*time.Second))

	It("loses nothing when its context ends while a page is on its way", func(ctx SpecContext) {
		w := newWorld(tail.Options{PageEvents: 10})
		w.append(3_000)
		w.run()
		c := w.tail.From(0)
		for c.Position() < 3_000 {
			short, cancel := context.WithTimeout(ctx, time.Duration(rand.IntN(200))*time.Microsecond)
			err := collect(short, c, 3_000, always(7))
			cancel()
			Expect(err == nil || errors.Is(err, context.DeadlineExceeded)).To(BeTrue(), "%v", err)
		}
	}, SpecTimeout(20*time.Second))

	It("is told that an event cannot be decoded, and gets those after it", func(ctx SpecContext) {
		w := newWorld(tail.Options{})
		w.append(1)
		w.record(eventstore.Draft{EventID: uuid.New(), Type: "test.unknown", SchemaVersion: 1, Payload: []byte(`{}`)})
		w.append(1)
		w.run()
		events, err := w.tail.From(0).Next(ctx, 10)
		Expect(err).NotTo(HaveOccurred())
		Expect(events).To(HaveLen(3))
		Expect(tail.DecodeError(events[0])).To(Succeed())
		var unknown *codec.UnknownType
		Expect(errors.As(tail.DecodeError(events[1]), &unknown)).To(BeTrue())
		Expect(events[1].Data.EventType()).To(Equal("test.unknown"))
		Expect(events[2].Data).To(Equal(kernel.Event(ticked{2})))
	}, SpecTimeout(10*time.Second))
})

var _ = Describe("The tail", func() {
	It("finds events by itself when nobody wakes it", func(ctx SpecContext) {
		w := newWorld(tail.Options{Poll: 5 * time.Millisecond})
		w.deaf.Store(true)
		w.run()
		Expect(w.tail.WaitHead(ctx, 0)).To(Succeed())
		w.append(2)
		Expect(w.tail.WaitHead(ctx, 2)).To(Succeed())
		Expect(w.tail.Head()).To(BeEquivalentTo(2))
	}, SpecTimeout(10*time.Second))

	It("goes on after the database was away, at the head and in history", func(ctx SpecContext) {
		w := newWorld(tail.Options{})
		w.append(10)
		w.failing.Store(2)
		w.run()
		Expect(w.tail.WaitHead(ctx, 10)).To(Succeed())
		w.failing.Store(2)
		Expect(collect(ctx, w.tail.From(0), 10, always(3))).To(Succeed())
		w.failing.Store(2)
		w.append(1)
		Expect(w.tail.WaitHead(ctx, 11)).To(Succeed())
	}, SpecTimeout(10*time.Second))

	It("stops at a hole and tells every cursor", func(ctx SpecContext) {
		w := newWorld(tail.Options{})
		w.append(2)
		w.run()
		Expect(w.tail.WaitHead(ctx, 2)).To(Succeed())
		w.holed.Store(true)
		w.append(2)
		_, err := w.tail.From(2).Next(ctx, 10)
		var hole *tail.Hole
		Expect(errors.As(err, &hole)).To(BeTrue())
		Expect(hole.After).To(BeEquivalentTo(2))
		Expect(w.tail.WaitHead(ctx, 4)).To(MatchError(tail.ErrStopped))
	}, SpecTimeout(10*time.Second))

	It("reads once however many cursors are at the head", func(ctx SpecContext) {
		w := newWorld(tail.Options{Poll: time.Minute})
		w.run()
		Expect(w.tail.WaitHead(ctx, 0)).To(Succeed())
		cursors := make([]*tail.Cursor, 20)
		for i := range cursors {
			cursors[i] = w.tail.From(0)
		}
		Eventually(w.reads.Load).Should(BeNumerically(">=", 7))
		before := w.reads.Load()
		for range 10 {
			w.append(1)
			for _, c := range cursors {
				Expect(collect(ctx, c, w.n, always(10))).To(Succeed())
			}
		}
		Expect(w.reads.Load() - before).To(BeNumerically("<=", 10))
	}, SpecTimeout(10*time.Second))

	It("ends quietly with its context and leaves nobody waiting", func(ctx SpecContext) {
		w := newWorld(tail.Options{})
		w.run()
		Expect(w.tail.WaitHead(ctx, 0)).To(Succeed())
		waiting := make(chan error, 1)
		go func() { waiting <- w.tail.WaitHead(ctx, 1) }()
		w.stop()
		Eventually(w.ended).Should(Receive(BeNil()))
		w.stop = nil
		Expect(<-waiting).To(MatchError(tail.ErrStopped))
		_, err := w.tail.From(0).Next(ctx, 1)
		Expect(err).To(MatchError(tail.ErrStopped))
	}, SpecTimeout(10*time.Second))
})
