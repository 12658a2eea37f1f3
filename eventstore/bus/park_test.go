package bus_test

import (
	"context"
	"sync/atomic"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/bus"
	"vidilog/internal/failpoint"
)

var _ = Describe("A key that keeps failing", func() {
	var w *world
	var d *diary
	var fails atomic.Bool
	var p *process
	ctx := context.Background()

	parked := func() []int64 {
		GinkgoHelper()
		list, err := p.Parked(ctx)
		Expect(err).NotTo(HaveOccurred())
		positions := []int64{}
		for _, e := range list {
			positions = append(positions, int64(e.Position))
		}
		return positions
	}
	BeforeEach(func() {
		w, d = specWorld(), newDiary()
		fails.Store(true)
		p = w.open(bus.Options{}).run(group("g"), failing(d, "bad", &fails))
		for range 3 {
			w.note("bad") // 1, 3, 5
			w.note("good")
		}
		Eventually(parked).Should(Equal([]int64{1, 3, 5}))
	})

	It("is parked with its later events behind it, and everybody else goes on", func() {
		Eventually(d.of("good")).Should(Equal(upTo(3)))
		list, err := p.Parked(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(list[0].Error).To(Equal("broken"))
		Expect(list[0].Attempts).To(Equal(3))
		Expect(list[0].Key).To(Equal("test-bad"))
		Expect(list[0].Type).To(Equal("test.noted"))
		Expect(list[1].Attempts).To(BeZero())
		w.note("bad") // 7
		Eventually(parked).Should(Equal([]int64{1, 3, 5, 7}))
		Eventually(func() int64 { return w.checkpoint("g") }).Should(BeEquivalentTo(7))
		Expect(p.Pending(ctx, nil)).To(BeZero(), "parked events wait for a person")
		groups, err := p.Groups(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(groups).To(HaveLen(1))
		Expect(groups[0].Live).To(BeTrue())
		Expect(groups[0].Parked).To(BeEquivalentTo(4))
	})

	It("goes on in order when it is tried again, with what comes meanwhile", func() {
		fails.Store(false)
		Expect(p.Retry(ctx, "g", "test-bad")).To(Succeed())
		for range 20 {
			w.note("bad")
		}
		Eventually(d.of("bad")).Should(Equal(upTo(23)))
		Eventually(parked).Should(BeEmpty())
		w.note("bad")
		Eventually(d.of("bad")).Should(Equal(upTo(24)))
		Consistently(parked, "30ms").Should(BeEmpty())
	})

	It("is parked again when it fails again, and the attempts add up", func() {
		Expect(p.Retry(ctx, "g", "test-bad")).To(Succeed())
		Eventually(func() int {
			list, _ := p.Parked(ctx)
			return list[0].Attempts
		}).Should(Equal(6))
		Eventually(func() bool {
			list, _ := p.Parked(ctx)
			return list[0].Retrying
		}).Should(BeFalse())
		Expect(d.of("bad")()).To(BeEmpty())
		fails.Store(false)
		Expect(p.Retry(ctx, "g", "test-bad")).To(Succeed())
		Eventually(d.of("bad")).Should(Equal(upTo(3)))
	})

	It("goes on after the event that fails is skipped, and the decision is kept", func() {
		fails.Store(false)
		Expect(p.Skip(ctx, "g", "test-bad", 1, kernel.System("test"), "no longer matters")).To(Succeed())
		Eventually(d.of("bad")).Should(Equal([]int{2, 3}))
		Eventually(parked).Should(BeEmpty())
		var actor, reason, failure string
		w.must(w.pool.QueryRow(ctx, "SELECT actor, reason, error FROM vidilog_bus.skipped WHERE position = 1").Scan(&actor, &reason, &failure))
		Expect([]string{actor, reason, failure}).To(Equal([]string{"system:test", "no longer matters", "broken"}))
	})

	It("is free when its last parked event is skipped", func() {
		p.stop()
		p = w.open(bus.Options{}).run(group("g"), func(_ context.Context, _ *message.Message, e eventstore.Event) error {
			if n := e.Data.(noted); n.Key == "bad" && n.N <= 3 {
				return errBroken
			}
			d.write(e)
			return nil
		})
		for _, position := range []eventstore.Position{5, 3, 1} {
			Expect(p.Skip(ctx, "g", "test-bad", position, kernel.System("test"), "no longer matters")).To(Succeed())
		}
		w.note("bad")
		Eventually(d.of("bad")).Should(Equal([]int{4}))
		Eventually(parked).Should(BeEmpty())
	})

	It("stays parked over a restart, also for decisions made by another process", func() {
		p.stop()
		w.note("bad", "good")
		again := newDiary()
		p = w.open(bus.Options{}).run(group("g"), again.handle)
		Eventually(again.of("good")).Should(Equal([]int{4}))
		Eventually(parked).Should(HaveLen(4))
		Expect(again.of("bad")()).To(BeEmpty())
		desk, err := bus.Open(ctx, w.pool, nil, nil, nil, bus.Options{})
		Expect(err).NotTo(HaveOccurred())
		Expect(desk.Retry(ctx, "g", "test-bad")).To(Succeed())
		Eventually(again.of("bad")).Should(Equal(upTo(4)))
	})

	It("says when there is nothing to decide", func() {
		Expect(kernel.CodeOf(p.Retry(ctx, "g", "test-none"))).To(Equal(kernel.CodeNotFound))
		Expect(kernel.CodeOf(p.Skip(ctx, "g", "test-bad", 99, kernel.System("test"), "x"))).To(Equal(kernel.CodeNotFound))
		Expect(kernel.CodeOf(p.Skip(ctx, "g", "test-bad", 1, kernel.System("test"), ""))).To(Equal(kernel.CodeInvalid))
	})
})

var _ = Describe("AckTx", func() {
	ctx := context.Background()
	var w *world
	BeforeEach(func() {
		w = specWorld()
		w.exec("CREATE TABLE effects (position bigint)")
	})
	count := func() (n int) {
		w.must(w.pool.QueryRow(ctx, "SELECT count(*) FROM effects").Scan(&n))
		return n
	}

	It("undoes the effect that fails and none of those that share its transaction", func() {
		var once atomic.Bool
		w.open(bus.Options{}).run(group("g"), func(_ context.Context, msg *message.Message, e eventstore.Event) error {
			return bus.AckTx(msg, func(tx pgx.Tx) error {
				if _, err := tx.Exec(ctx, "INSERT INTO effects VALUES ($1)", int64(e.Position)); err != nil {
					return err
				}
				if e.Data.(noted).Key == "k3" && once.CompareAndSwap(false, true) {
					_, err := tx.Exec(ctx, "SELECT 1/0")
					return err
				}
				return nil
			})
		})
		for range 10 {
			w.note("k1", "k2", "k3", "k4")
		}
		Eventually(func() int64 { return w.checkpoint("g") }).Should(BeEquivalentTo(40))
		Expect(count()).To(Equal(40))
	})

	DescribeTable("has its effect once although an attempt was cut off", func(point string) {
		w.must(failpoint.Arm(point + "=error@2"))
		DeferCleanup(func() { w.must(failpoint.Arm("")) })
		w.open(bus.Options{}).run(group("g"), func(_ context.Context, msg *message.Message, e eventstore.Event) error {
			return bus.AckTx(msg, func(tx pgx.Tx) error {
				_, err := tx.Exec(ctx, "INSERT INTO effects VALUES ($1)", int64(e.Position))
				return err
			})
		})
		for range 10 {
			w.note("a", "b")
		}
		Eventually(func() int64 { return w.checkpoint("g") }).Should(BeEquivalentTo(20))
		Expect(count()).To(Equal(20))
	},
		Entry("before the commit", "bus.before-effects-commit"),
		Entry("after the commit, its answer lost", "bus.after-effects-commit"),
		Entry("after the acknowledgement", "bus.acknowledged"),
		Entry("at the checkpoint", "bus.checkpoint"),
	)

	It("has its effect once however often the database drops its connections", func() {
		g := group("g")
		g.MaxAttempts = 1_000
		w.open(bus.Options{}).run(g, func(_ context.Context, msg *message.Message, e eventstore.Event) error {
			return bus.AckTx(msg, func(tx pgx.Tx) error {
				_, err := tx.Exec(ctx, "INSERT INTO effects VALUES ($1)", int64(e.Position))
				return err
			})
		})
		for range 20 {
			for i := range 20 {
				w.note(keyName(i))
			}
			// This may meet a connection that the last round has cut.
			_, _ = w.pool.Exec(ctx, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
		}
		Eventually(func(g Gomega) {
			var at, effects int64
			g.Expect(w.pool.QueryRow(ctx, "SELECT checkpoint, (SELECT count(*) FROM effects) FROM vidilog_bus.consumers").Scan(&at, &effects)).To(Succeed())
			g.Expect([]int64{at, effects}).To(Equal([]int64{400, 400}))
		}).Should(Succeed())
	})

	It("makes an error of a panic, and parks as any failure does; a retry has its effect once", func() {
		var fails atomic.Bool
		fails.Store(true)
		p := w.open(bus.Options{}).run(group("g"), func(_ context.Context, msg *message.Message, e eventstore.Event) error {
			return bus.AckTx(msg, func(tx pgx.Tx) error {
				if fails.Load() {
					panic("in the effect")
				}
				_, err := tx.Exec(ctx, "INSERT INTO effects VALUES ($1)", int64(e.Position))
				return err
			})
		})
		w.note("a")
		w.note("a")
		Eventually(func() ([]bus.ParkedEvent, error) { return p.Parked(ctx) }).Should(HaveLen(2))
		fails.Store(false)
		Expect(p.Retry(ctx, "g", "test-a")).To(Succeed())
		Eventually(func() ([]bus.ParkedEvent, error) { return p.Parked(ctx) }).Should(BeEmpty())
		Eventually(count).Should(Equal(2))
	})
})

var _ = Describe("A crash in the middle of a drain", func() {
	It("does not strand the events that were behind", func() {
		w, d := specWorld(), newDiary()
		var fails atomic.Bool
		fails.Store(true)
		p := w.open(bus.Options{}).run(group("g"), failing(d, "bad", &fails))
		w.note("bad")
		w.note("bad")
		Eventually(func() ([]bus.ParkedEvent, error) { return p.Parked(context.Background()) }).Should(HaveLen(2))
		p.stop()
		w.exec("DELETE FROM vidilog_bus.parked WHERE position = 1") // handled, and then the process was gone
		fails.Store(false)
		w.open(bus.Options{}).run(group("g"), failing(d, "bad", &fails))
		Eventually(d.of("bad")).Should(Equal([]int{2}))
	})
})
