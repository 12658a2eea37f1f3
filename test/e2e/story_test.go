package e2e_test

import (
	"net/http"
	"slices"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("The story of an upload, as events show tells it", Ordered, func() {
	var h *house
	var video instance.Video
	var story []instance.Event

	BeforeAll(func(ctx SpecContext) {
		h = begin(ctx, "story")
		video = h.publish(ctx, mediatest.Video(GinkgoT(), mediatest.Spec{Audio: "aac"}), "Told")
		var err error
		story, err = h.Events(ctx, "video-"+video.UUID)
		Expect(err).NotTo(HaveOccurred())
	}, NodeTimeout(3*time.Minute))

	It("goes from the upload to the publication, in the order in which things happened", func() {
		last := -1
		for _, kind := range []string{
			"video.uploaded", "transcoding.planned", "job.requested", "job.accepted", "job.completed", "video.published",
		} {
			at := slices.IndexFunc(story, func(e instance.Event) bool { return e.Type == kind })
			Expect(at).To(BeNumerically(">", last), "%s in %v", kind, types(story))
			last = at
		}
		Expect(types(story)).To(ContainElements("video.rendition-added", "video.playlist-written", "video.pictures-attached", "storage.reserved"))
	})
	It("names an actor for every step, and a cause that is part of the story for all but the request's own", func() {
		known := map[string]bool{}
		for _, e := range story {
			Expect(e.Actor).NotTo(BeEmpty())
			Expect(e.Correlation).To(Equal(story[0].Correlation), e.Type)
			if e.Causation == "" {
				Expect(e.Type).To(BeElementOf("video.uploaded", "storage.reserved"), "without a cause")
			} else {
				Expect(known).To(HaveKey(e.Causation), "the cause of %s at %d comes before it", e.Type, e.Position)
			}
			known[e.EventID] = true
		}
	})
	It("is about this video alone: another's events are not in it", func(ctx SpecContext) {
		other := h.publish(ctx, mediatest.Video(GinkgoT(), mediatest.Spec{Audio: "aac"}), "Another")
		again, err := h.Events(ctx, "video-"+video.UUID)
		Expect(err).NotTo(HaveOccurred())
		Expect(again).To(HaveLen(len(story)))
		answer, err := h.root.Do(ctx, http.MethodDelete, "/api/v1/videos/"+other.UUID, nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(answer.Status).To(Equal(http.StatusNoContent))
		Expect(h.Events(ctx, "video-"+other.UUID)).To(ContainElement(HaveField("Type", "video.deleted")))
	}, SpecTimeout(2*time.Minute))
})

func types(story []instance.Event) []string {
	list := make([]string, len(story))
	for i, e := range story {
		list[i] = e.Type
	}
	return list
}
