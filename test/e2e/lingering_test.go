package e2e_test

import (
	"context"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("A file that nothing refers to any more", Ordered, func() {
	var h *house
	var film string
	BeforeAll(func(ctx SpecContext) {
		h = begin(ctx, "lingering")
		film = mediatest.Video(GinkgoT(), mediatest.Spec{Audio: "aac"})
	}, NodeTimeout(2*time.Minute))

	atRest := func(ctx context.Context) {
		GinkgoHelper()
		Eventually(h.root.Pending).WithContext(ctx).WithTimeout(time.Minute).WithPolling(100 * time.Millisecond).Should(BeZero())
	}
	do := func(ctx context.Context, method, path, body string) {
		GinkgoHelper()
		answer, err := h.root.Do(ctx, method, path, strings.NewReader(body), "Content-Type", "application/json")
		Expect(err).NotTo(HaveOccurred())
		Expect(answer.Status).To(Equal(http.StatusNoContent), "%s", answer.Body)
	}
	// withoutWebVideos publishes a video and removes its web video, which players may go on reading for ten minutes.
	withoutWebVideos := func(ctx context.Context, name string) (instance.Video, instance.File) {
		GinkgoHelper()
		v := h.publish(ctx, film, name)
		do(ctx, http.MethodDelete, "/api/v1/videos/"+v.UUID+"/web-videos", "")
		atRest(ctx)
		Expect(h.root.Video(ctx, v.UUID)).To(HaveField("Files", BeEmpty()))
		Expect(v.Files[0].Status(ctx, h.Anonymous())).To(Equal(http.StatusOK), "players may finish what they read")
		return v, v.Files[0]
	}

	It("is out of public reach when its video leaves public", func(ctx SpecContext) {
		v, removed := withoutWebVideos(ctx, "hidden")
		do(ctx, http.MethodPut, "/api/v1/videos/"+v.UUID, `{"privacy":3}`)
		atRest(ctx)
		Expect(removed.Status(ctx, h.Anonymous())).To(Equal(http.StatusNotFound))
		hidden, err := h.root.Video(ctx, v.UUID)
		Expect(err).NotTo(HaveOccurred())
		Expect(hidden.StreamingPlaylists[0].Files[0].Status(ctx, h.root)).To(Equal(http.StatusOK), "what it refers to is there")
	}, SpecTimeout(4*time.Minute))

	It("goes at once when its video is deleted", func(ctx SpecContext) {
		v, removed := withoutWebVideos(ctx, "deleted")
		do(ctx, http.MethodDelete, "/api/v1/videos/"+v.UUID, "")
		atRest(ctx)
		Expect(removed.Status(ctx, h.Anonymous())).To(Equal(http.StatusNotFound))
	}, SpecTimeout(4*time.Minute))
})
