package storetest

import (
	"bytes"
	"context"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
)

func describeAppending(log func() *subject) {
	Describe("appending", func() {
		It("starts empty", func() {
			Expect(log().head()).To(BeZero())
			Expect(log().read(0, 10)).To(BeEmpty())
		})
		It("numbers events from 1 without gaps, over streams and appends", func() {
			Expect(log().append(to("a", eventstore.Any(), "1", "2")).Position).To(BeEquivalentTo(2))
			Expect(log().append(to("b", eventstore.Any(), "3"), to("a", eventstore.Any(), "4")).Position).To(BeEquivalentTo(4))
			Expect(texts(log().read(0, 10))).To(Equal([]string{
				line("a", 1, "1"), line("a", 2, "2"), line("b", 1, "3"), line("a", 3, "4"),
			}))
			for i, e := range log().read(0, 10) {
				Expect(e.Position).To(BeEquivalentTo(i + 1))
			}
		})
		It("keeps everything the append said", func() {
			a := newAppend(to("a", eventstore.Any(), "hello"))
			a.Streams[0].Events[0].KeyRef, a.Streams[0].Events[0].SchemaVersion = "user-ann", 3
			before := time.Now().Add(-time.Minute)
			_, err := log().log.Append(context.Background(), a)
			Expect(err).NotTo(HaveOccurred())
			got := log().read(0, 1)[0]
			d := a.Streams[0].Events[0]
			want := eventstore.Recorded{
				Position: 1, Version: 1, Stream: stream("a"), Type: d.Type, SchemaVersion: 3, EventID: d.EventID,
				Metadata: a.Metadata, Payload: d.Payload, KeyRef: "user-ann", RecordedAt: got.RecordedAt,
			}
			want.CommandID = a.Command.ID
			want.LeafHash = want.Leaf()
			Expect(got).To(Equal(want))
			Expect(got.RecordedAt).To(BeTemporally(">", before))
			Expect(got.RecordedAt.Location()).To(Equal(time.UTC))
		})
		It("keeps an append without causation, origin and key as empty", func() {
			a := newAppend(to("a", eventstore.Any(), "hello"))
			a.Metadata = eventstore.Metadata{}
			_, err := log().log.Append(context.Background(), a)
			Expect(err).NotTo(HaveOccurred())
			got := log().read(0, 1)[0]
			Expect(got.Metadata).To(Equal(eventstore.Metadata{CommandID: a.Command.ID}))
			Expect(got.Leaf()).To(Equal(got.LeafHash))
		})
		It("never dates an event before the one ahead of it", func() {
			for range 20 {
				log().append(to("a", eventstore.Any(), "x"))
			}
			events := log().read(0, 20)
			for i := 1; i < len(events); i++ {
				Expect(events[i].RecordedAt).NotTo(BeTemporally("<", events[i-1].RecordedAt))
			}
		})
		It("keeps a payload of the largest size to the byte", func() {
			a := newAppend(to("a", eventstore.Any(), "x"))
			a.Streams[0].Events[0].Payload = bytes.Repeat([]byte{0, 1, 0xff, '"'}, eventstore.MaxPayloadBytes/4)
			_, err := log().log.Append(context.Background(), a)
			Expect(err).NotTo(HaveOccurred())
			got := log().read(0, 1)[0]
			Expect(bytes.Equal(got.Payload, a.Streams[0].Events[0].Payload)).To(BeTrue())
			Expect(got.Leaf()).To(Equal(got.LeafHash))
		})
		It("takes as many events as one append may have", func() {
			Expect(log().append(to("a", eventstore.None(), make([]string, eventstore.MaxEventsPerAppend)...)).Position).
				To(BeEquivalentTo(eventstore.MaxEventsPerAppend))
		})
		It("records a command that has no event, at the head", func() {
			log().append(to("a", eventstore.Any(), "1"))
			Expect(log().append()).To(Equal(eventstore.Receipt{Position: 1}))
			Expect(log().head()).To(BeEquivalentTo(1))
		})
	})
	Describe("expecting versions", func() {
		It("appends to any version", func() {
			log().append(to("a", eventstore.Any(), "1"))
			log().append(to("a", eventstore.Any(), "2"))
		})
		It("appends to a stream that must have no event", func() {
			log().append(to("a", eventstore.None(), "1"))
			log().refuses(&eventstore.WrongVersion{Stream: stream("a"), Expected: 0, Actual: 1}, to("a", eventstore.None(), "2"))
		})
		It("appends at an exact version only", func() {
			log().append(to("a", eventstore.Exactly(0), "1", "2"))
			log().append(to("a", eventstore.Exactly(2), "3"))
			log().refuses(&eventstore.WrongVersion{Stream: stream("a"), Expected: 2, Actual: 3}, to("a", eventstore.Exactly(2), "4"))
			log().refuses(&eventstore.WrongVersion{Stream: stream("a"), Expected: 9, Actual: 3}, to("a", eventstore.Exactly(9), "4"))
		})
		It("checks a stream without appending to it", func() {
			log().append(to("a", eventstore.None(), "1"))
			log().append(to("a", eventstore.Exactly(1)), to("b", eventstore.None(), "2"))
			log().refuses(&eventstore.WrongVersion{Stream: stream("a"), Expected: 0, Actual: 1},
				to("b", eventstore.Any(), "3"), to("a", eventstore.None()))
			Expect(log().readStream("a", 0, 10)).To(HaveLen(1))
		})
		It("records all streams or none, and names the first that is wrong", func() {
			log().append(to("a", eventstore.None(), "1"), to("b", eventstore.None(), "1"))
			log().refuses(&eventstore.WrongVersion{Stream: stream("a"), Expected: 5, Actual: 1},
				to("c", eventstore.None(), "2"), to("a", eventstore.Exactly(5), "2"), to("b", eventstore.Exactly(5), "2"))
			Expect(log().readStream("c", 0, 10)).To(BeEmpty())
		})
		It("keeps streams of the same id but another kind apart", func() {
			other := newAppend(to("a", eventstore.None(), "1"))
			other.Streams[0].Stream.Kind = "channel"
			log().append(to("a", eventstore.None(), "1"))
			_, err := log().log.Append(context.Background(), other)
			Expect(err).NotTo(HaveOccurred())
		})
	})
}
