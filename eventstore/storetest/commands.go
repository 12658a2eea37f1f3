package storetest

import (
	"context"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore"
)

func describeCommands(log func() *subject) {
	Describe("command ids", func() {
		It("answer the first receipt to a repeat, and append nothing", func() {
			first := log().append(as("ann", "note", "1"), to("a", eventstore.None(), "1"), withResult(`{"id":1}`))
			Expect(first).To(Equal(eventstore.Receipt{Position: 1, Result: []byte(`{"id":1}`)}))
			log().append(to("b", eventstore.Any(), "2"))
			again := log().append(as("ann", "note", "1"), to("a", eventstore.None(), "1"), withResult(`{"id":2}`))
			Expect(again).To(Equal(eventstore.Receipt{Position: 1, Result: []byte(`{"id":1}`), Repeated: true}))
			Expect(log().head()).To(BeEquivalentTo(2))
		})
		It("answer a repeat whatever has happened to its streams and claims since", func() {
			log().append(as("ann", "note", "1"), to("a", eventstore.None(), "1"), claim(eventstore.TakeClaim, "news", "1"))
			log().append(to("a", eventstore.Exactly(1), "2"), claim(eventstore.ReleaseClaim, "news", "1"))
			log().append(claim(eventstore.TakeClaim, "news", "2"))
			again := log().append(as("ann", "note", "1"), to("a", eventstore.None(), "1"), claim(eventstore.TakeClaim, "news", "1"))
			Expect(again.Repeated).To(BeTrue())
		})
		It("are refused with another content", func() {
			log().append(as("ann", "note", "1"), to("a", eventstore.Any(), "1"))
			log().refuses(&eventstore.CommandReused{CommandKey: eventstore.CommandKey{Actor: "ann", Type: "note", ID: "1"}},
				as("ann", "note", "1"), withContent("another"), to("a", eventstore.Any(), "2"))
		})
		It("are each actor's and each command's own", func() {
			log().append(as("ann", "note", "1"), to("a", eventstore.Any(), "1"))
			Expect(log().append(as("bob", "note", "1"), withContent("b"), to("a", eventstore.Any(), "2")).Repeated).To(BeFalse())
			Expect(log().append(as("ann", "rename", "1"), withContent("c"), to("a", eventstore.Any(), "3")).Repeated).To(BeFalse())
			Expect(log().append(as("ann", "note1", ""+"x"), to("a", eventstore.Any(), "4")).Repeated).To(BeFalse())
		})
		It("of a refused append stay free", func() {
			_, err := log().try(as("ann", "note", "1"), to("a", eventstore.Exactly(5), "1"))
			Expect(err).To(HaveOccurred())
			Expect(log().append(as("ann", "note", "1"), to("a", eventstore.None(), "1")).Repeated).To(BeFalse())
		})
		It("are remembered for an append without events", func() {
			log().append(as("ann", "note", "1"), withResult("done"))
			Expect(log().append(as("ann", "note", "1"))).To(Equal(eventstore.Receipt{Result: []byte("done"), Repeated: true}))
		})
		It("can be looked up", func() {
			log().append(to("a", eventstore.Any(), "0"))
			command := newAppend(as("ann", "note", "1")).Command
			_, found, err := log().log.CommandReceipt(context.Background(), command)
			Expect(err).NotTo(HaveOccurred())
			Expect(found).To(BeFalse())
			log().append(as("ann", "note", "1"), to("a", eventstore.Any(), "1"), withResult("done"))
			receipt, found, err := log().log.CommandReceipt(context.Background(), command)
			Expect(err).NotTo(HaveOccurred())
			Expect(found).To(BeTrue())
			Expect(receipt).To(Equal(eventstore.Receipt{Position: 2, Result: []byte("done"), Repeated: true}))

			command.PayloadHash[0]++
			_, found, err = log().log.CommandReceipt(context.Background(), command)
			Expect(err).To(Equal(&eventstore.CommandReused{CommandKey: command.CommandKey}))
			Expect(found).To(BeFalse())
		})
	})
}
