package catalogtest_test

import (
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain"
	"vidilog/eventstore"
	"vidilog/eventstore/codec"
	"vidilog/eventstore/codec/schemagen"
	"vidilog/eventstore/memory"
	"vidilog/projections/catalog/catalogtest"
)

func TestCatalogtest(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Logs for tests")
}

var _ = Describe("A made log", func() {
	shape := catalogtest.Shape{Videos: 40, Users: 3, Seed: 7, Faults: 100, Deletions: 100, Hidden: 200}

	It("is the same each time, and another with another seed", func() {
		first := shape.All()
		Expect(shape.All()).To(Equal(first))
		other := shape
		other.Seed++
		Expect(other.All()).NotTo(Equal(first))
	})

	It("is dense, in order of time, and names causes that came before", func() {
		at, known := catalogtest.Epoch, map[any]bool{}
		for i, e := range shape.All() {
			Expect(e.Position).To(BeEquivalentTo(i + 1))
			Expect(e.RecordedAt).NotTo(BeTemporally("<", at))
			at, known[e.EventID] = e.RecordedAt, true
			if e.Causation.ID() != 0 {
				Expect(known).To(HaveKey(e.Causation))
			}
		}
	})

	It("has every turn of a video's life", func() {
		seen := map[string]bool{}
		for e := range shape.Events() {
			seen[e.Type] = true
		}
		for _, want := range []string{
			"video.uploaded", "video.updated", "video.published", "video.deleted", "video.pictures-attached", "video.rendition-added",
			"video.rendition-removed", "video.playlist-written", "video.transcoding-failed", "video.views-counted",
			"comment.thread-started", "comment.replied", "comment.approved", "comment.deleted", "account.comments-removed",
			"job.requested", "job.released", "job.accepted", "job.completed", "job.failed", "transcoding.planned", "storage.reserved",
			"abuse.reported", "abuse.state-set", "abuse.note-written", "abuse.message-added", "abuse.message-deleted", "abuse.deleted", "user.erased",
		} {
			Expect(seen).To(HaveKey(want))
		}
	})

	It("can be appended to a store and comes back as it was made", func(ctx SpecContext) {
		registry, err := codec.New(domain.Events(), codec.WithSealer(schemagen.ExampleSealer{}))
		Expect(err).NotTo(HaveOccurred())
		store := memory.New(func() time.Time { return catalogtest.Epoch })
		for a, err := range shape.Appends(registry) {
			Expect(err).NotTo(HaveOccurred())
			_, err = store.Append(ctx, a)
			Expect(err).NotTo(HaveOccurred())
		}
		want := shape.All()
		stored, err := store.Read(ctx, 0, len(want)+1)
		Expect(err).NotTo(HaveOccurred())
		Expect(stored).To(HaveLen(len(want)))
		for i, r := range stored {
			decoded, err := registry.Decode(r)
			Expect(err).NotTo(HaveOccurred())
			Expect(decoded.Data).To(Equal(want[i].Data))
			Expect(envelope(decoded)).To(Equal(envelope(want[i])))
		}
	})
})

// envelope is what both ways of making a log must agree in; the store dates events itself.
func envelope(e eventstore.Event) []any {
	return []any{e.Position, e.Stream, e.Version, e.Type, e.EventID, e.Metadata}
}
