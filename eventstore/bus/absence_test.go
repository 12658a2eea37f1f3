package bus_test

import (
	"context"
	"net"
	"sync/atomic"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/jackc/pgx/v5/pgxpool"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
	"vidilog/eventstore/bus"
)

// poolThatFails is another pool of the same database, which cannot be reached while away is set.
func poolThatFails(pool *pgxpool.Pool, away *atomic.Bool, refused *atomic.Int64) *pgxpool.Pool {
	GinkgoHelper()
	config := pool.Config().Copy()
	dial := config.ConnConfig.DialFunc
	config.ConnConfig.DialFunc = func(ctx context.Context, network, address string) (net.Conn, error) {
		if away.Load() {
			refused.Add(1)
			return nil, errBroken
		}
		return dial(ctx, network, address)
	}
	failing, err := pgxpool.NewWithConfig(context.Background(), config)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(failing.Close)
	return failing
}

var _ = Describe("A group whose lease or database is away", func() {
	var w *world
	var d *diary
	BeforeEach(func() { w, d = specWorld(), newDiary() })

	It("counts as pending while this process waits for its lease, and no longer when nobody works for it", func(ctx SpecContext) {
		first := w.open(bus.Options{Lease: time.Hour}).run(group("g"), d.handle)
		Eventually(func() ([]bus.GroupStatus, error) { return first.Groups(ctx) }).Should(ConsistOf(HaveField("Live", true)))
		release := make(chan struct{})
		second := w.open(bus.Options{Lease: time.Hour}).run(group("g"), func(context.Context, *message.Message, eventstore.Event) error {
			<-release
			return nil
		})
		first.stop() // the lease is free, and the second looks for it again in minutes
		w.note("a", "b")
		Expect(second.Pending(ctx, nil)).To(BeEquivalentTo(2))
		close(release)
		second.stop()
		w.note("a")
		Expect(second.Pending(ctx, nil)).To(BeZero())
	})

	It("is free after an end just when its lease has been taken", func(ctx SpecContext) {
		p := w.open(bus.Options{Lease: time.Hour})
		slow, err := w.pool.Begin(ctx)
		Expect(err).NotTo(HaveOccurred())
		_, err = slow.Exec(ctx, "LOCK vidilog_bus.done") // where a session looks for what is done, after it has the lease
		Expect(err).NotTo(HaveOccurred())
		p.run(group("g"), d.handle)
		Eventually(func() ([]bus.GroupStatus, error) { return p.Groups(ctx) }).Should(ConsistOf(HaveField("Live", true)))
		p.stop()
		Expect(slow.Rollback(ctx)).To(Succeed())
		Expect(p.Groups(ctx)).To(ConsistOf(HaveField("Live", false)))
	})

	It("is declared once the database is back when it was away at the start", func() {
		var away atomic.Bool
		var refused atomic.Int64
		w.pool = poolThatFails(w.pool, &away, &refused)
		p := w.open(bus.Options{})
		away.Store(true)
		w.pool.Reset()
		router, err := p.NewRouter()
		Expect(err).NotTo(HaveOccurred())
		Expect(router.Handle(group("g"), d.handle)).To(Succeed())
		ctx, stop := context.WithCancel(context.Background())
		ended := make(chan error, 1)
		go func() { ended <- router.Run(ctx) }()
		DeferCleanup(func() {
			stop()
			Eventually(ended).Should(Receive(BeNil()))
		})
		Eventually(refused.Load).Should(BeNumerically(">", 1))
		w.note("a")
		away.Store(false)
		Eventually(d.of("a")).Should(Equal([]int{1}))
	})
})
