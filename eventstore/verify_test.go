package eventstore_test

import (
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

func TestEventstore(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Event store")
}

// written is an event as an append leaves it.
func written(position eventstore.Position, second int) *eventstore.Recorded {
	r := &eventstore.Recorded{
		Position: position, Stream: kernel.StreamID{Kind: "video", ID: "a"}, Version: eventstore.Version(position), Type: "video.published",
		SchemaVersion: 1, RecordedAt: time.Date(2026, 1, 1, 0, 0, second, 0, time.UTC), Payload: []byte(`{"name":"A film"}`),
	}
	r.LeafHash = r.Leaf()
	return r
}

var _ = Describe("Verifying a log", func() {
	var verifier *eventstore.Verifier
	BeforeEach(func() {
		verifier = &eventstore.Verifier{}
		Expect(verifier.Check(written(1, 5))).To(BeEmpty())
		Expect(verifier.Check(written(2, 5))).To(BeEmpty())
	})

	It("finds nothing wrong with what was appended", func() {
		Expect(verifier.Check(written(3, 6))).To(BeEmpty())
		Expect(verifier.Position()).To(BeEquivalentTo(3))
	})
	It("finds missing events", func() {
		Expect(verifier.Check(written(5, 6))).To(ConsistOf(MatchError("event 5: follows 2: 2 events between them are missing")))
		Expect(verifier.Check(written(6, 6))).To(BeEmpty(), "a hole is told once")
	})
	It("finds time that goes back", func() {
		Expect(verifier.Check(written(3, 4))).To(ConsistOf(MatchError(ContainSubstring("event 3: is dated 2026-01-01T00:00:04Z, before"))))
	})
	DescribeTable("finds what was changed after it was written", func(change func(*eventstore.Recorded)) {
		r := written(3, 6)
		change(r)
		Expect(verifier.Check(r)).To(ConsistOf(MatchError(ContainSubstring("its hash does not fit"))))
	},
		Entry("a payload", func(r *eventstore.Recorded) { r.Payload = []byte(`{"name":"B film"}`) }),
		Entry("who did it", func(r *eventstore.Recorded) { r.Actor.ID = "somebody else" }),
		Entry("when it was", func(r *eventstore.Recorded) { r.RecordedAt = r.RecordedAt.Add(time.Microsecond) }),
		Entry("its stream", func(r *eventstore.Recorded) { r.Stream.ID = "b" }),
		Entry("its version", func(r *eventstore.Recorded) { r.Version++ }),
		Entry("the hash itself", func(r *eventstore.Recorded) { r.LeafHash[0] ^= 1 }),
	)
})
