package engine_test

import (
	"context"
	"time"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/codec"
	"vidilog/eventstore/memory"
	"vidilog/eventstore/tail"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/engine"
)

var _ = Describe("A read model on the tail of a log", func() {
	ctx := context.Background()
	var (
		store  *memory.Store
		events *codec.Registry
		source engine.Source
	)
	BeforeEach(func() {
		var err error
		events, err = codec.New([]kernel.Event{added{}, seen{}, renamed{}})
		Expect(err).NotTo(HaveOccurred())
		store = memory.New(time.Now)
		t := tail.New(store, store, events, tail.Options{Logger: quiet.Logger})
		running, stop := context.WithCancel(ctx)
		ended := make(chan error, 1)
		go func() { ended <- t.Run(running) }()
		DeferCleanup(func() { stop(); Expect(<-ended).To(Succeed()) })
		source = engine.FromTail(t, store)
	})
	record := func(stream kernel.StreamID, drafts ...eventstore.Draft) eventstore.Position {
		GinkgoHelper()
		receipt, err := store.Append(ctx, eventstore.Append{
			Command:  eventstore.Command{CommandKey: eventstore.CommandKey{Type: "test", ID: uuid.NewString()}},
			Metadata: eventstore.Metadata{Actor: kernel.System("test")},
			Streams:  []eventstore.StreamAppend{{Stream: stream, Events: drafts}},
		})
		Expect(err).NotTo(HaveOccurred())
		return receipt.Position
	}
	draft := func(e kernel.Event) eventstore.Draft {
		GinkgoHelper()
		d, err := events.Encode(e, uuid.New())
		Expect(err).NotTo(HaveOccurred())
		return d
	}

	It("reads history, follows, and is equal to a replay", func() {
		for n := range 50 {
			record(book(n), draft(add(n).Data), draft(seen{Views: 2}))
		}
		e := open(testpg.DSN(GinkgoT()), source, library())
		at := record(book(7), draft(renamed{Name: "seven"}))
		Expect(e.Wait(ctx, []string{"library"}, at)).To(BeTrue())
		Expect(count(ctx, e.DB("library"), "select sum(views) from books")).To(BeEquivalentTo(100))
		Expect(count(ctx, e.DB("library"), "select count(*) from books where name = 'seven'")).To(BeEquivalentTo(1))
		Expect(verified(e).Same()).To(BeTrue())
	})

	It("stops at a type that this program does not know", func() {
		e := open(testpg.DSN(GinkgoT()), source, library())
		at := record(book(1), eventstore.Draft{EventID: uuid.New(), Type: "book.from-the-future", SchemaVersion: 1, Payload: []byte("{}")})
		record(book(2), draft(add(2).Data))
		Eventually(func() *engine.Stop {
			builds, err := e.Builds(ctx, "library")
			Expect(err).NotTo(HaveOccurred())
			return builds[0].Stop
		}).WithTimeout(30 * time.Second).Should(And(Not(BeNil()), HaveField("Position", at), HaveField("Type", "book.from-the-future")))
		Expect(e.Position("library")).To(Equal(at - 1))
	})
})
