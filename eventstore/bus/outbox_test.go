package bus_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
	"vidilog/eventstore/bus"
)

// broker is the other side: a publisher that may be away.
type broker struct {
	sync.Mutex
	away bool
	got  []string // topic: payload
}

func (b *broker) Publish(topic string, messages ...*message.Message) error {
	b.Lock()
	defer b.Unlock()
	if b.away {
		return errors.New("away")
	}
	for _, m := range messages {
		b.got = append(b.got, topic+": "+string(m.Payload))
	}
	return nil
}

func (b *broker) Close() error { return nil }

func (b *broker) has() []string {
	b.Lock()
	defer b.Unlock()
	return append([]string{}, b.got...)
}

var _ = Describe("The outbox", func() {
	ctx := context.Background()
	var w *world
	var p *process
	var to *broker
	BeforeEach(func() { w, to = specWorld(), &broker{} })

	forward := func() {
		outbox := p.Outbox()
		outbox.Poll = 5 * time.Millisecond
		run, stop := context.WithCancel(ctx)
		ended := make(chan error, 1)
		go func() { ended <- outbox.Forward(run, to) }()
		DeferCleanup(func() { stop(); Eventually(ended).Should(Receive()) })
	}
	send := func(text string, result error) {
		err := pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error {
			publisher, err := p.Outbox().In(tx)
			Expect(err).NotTo(HaveOccurred())
			Expect(publisher.Publish("videos", message.NewMessage(uuid.NewString(), []byte(text)))).To(Succeed())
			return result
		})
		Expect(errors.Is(err, result)).To(BeTrue(), "%v", err)
	}

	It("sends what is committed, in order, and nothing else; also what was written while the broker was away", func() {
		p = w.open(bus.Options{})
		to.away = true
		forward()
		send("one", nil)
		send("undone", errBroken)
		send("two", nil)
		Consistently(to.has, "50ms").Should(BeEmpty())
		to.Lock()
		to.away = false
		to.Unlock()
		Eventually(to.has).Should(Equal([]string{"videos: one", "videos: two"}))
		Eventually(func() (n int) {
			w.must(w.pool.QueryRow(ctx, "SELECT count(*) FROM vidilog_bus.outbox").Scan(&n))
			return n
		}).Should(BeZero())
	})

	It("tells of a key that is parked, once", func() {
		p = w.open(bus.Options{AnnounceParked: true})
		var fails atomic.Bool
		fails.Store(true)
		p.run(group("g"), failing(newDiary(), "bad", &fails))
		forward()
		w.note("bad")
		Eventually(to.has).Should(HaveLen(1))
		w.note("bad")
		Consistently(to.has, "50ms").Should(HaveLen(1))
		var notice bus.ParkedEvent
		text, found := strings.CutPrefix(to.has()[0], bus.ParkedTopic+": ")
		Expect(found).To(BeTrue())
		Expect(json.Unmarshal([]byte(text), &notice)).To(Succeed())
		Expect(notice.Position).To(Equal(eventstore.Position(1)))
		Expect(notice.Error).To(Equal("broken"))
	})
})
