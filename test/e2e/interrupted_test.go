package e2e_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("In the middle of its transcoding", Ordered, func() {
	var h *house
	BeforeAll(func(ctx SpecContext) {
		h = begin(ctx, "interrupted")
		Expect(h.Stop()).To(Succeed())
		Expect(h.Start("NODE_ENV=test")).To(Succeed(), "replaced files go at once")
	}, NodeTimeout(3*time.Minute))

	// running uploads a film and answers while ffmpeg works on it.
	running := func(ctx context.Context, name string) instance.Video {
		GinkgoHelper()
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 1280, Height: 720, Seconds: 20, Audio: "aac", Bitrate: "9000k"})
		v, err := h.root.Upload(ctx, film, name)
		Expect(err).NotTo(HaveOccurred())
		Eventually(ctx, func(g Gomega) {
			var jobs struct {
				Total int `json:"total"`
			}
			g.Expect(h.root.Get(ctx, "/api/v1/jobs/active?jobType=video-transcoding", &jobs)).To(Succeed())
			g.Expect(jobs.Total).To(BeNumerically(">", 0))
		}).WithTimeout(30 * time.Second).WithPolling(20 * time.Millisecond).Should(Succeed())
		return v
	}
	atRest := func(ctx context.Context) {
		GinkgoHelper()
		Eventually(ctx, func() (int64, error) { return h.root.Pending(ctx) }).WithTimeout(4 * time.Minute).WithPolling(200 * time.Millisecond).
			Should(BeZero())
		report, err := h.CheckFiles(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(report.Missing).To(BeEmpty())
		Expect(report.Leftovers).To(BeEmpty())
	}
	do := func(ctx context.Context, method, path, body string) {
		GinkgoHelper()
		answer, err := h.root.Do(ctx, method, path, strings.NewReader(body), "Content-Type", "application/json")
		Expect(err).NotTo(HaveOccurred())
		Expect(answer.Status).To(Equal(http.StatusNoContent), "%s", answer.Body)
	}

	It("a video that is deleted stops its job and leaves nothing", func(ctx SpecContext) {
		v := running(ctx, "deleted")
		do(ctx, http.MethodDelete, "/api/v1/videos/"+v.UUID, "")
		atRest(ctx)
		var left []string
		for _, folder := range []string{"web-videos", "streaming-playlists", "thumbnails", "previews", "storyboards", "torrents"} {
			Expect(filepath.WalkDir(filepath.Join(h.Data, folder), func(path string, entry os.DirEntry, err error) error {
				if err == nil && !entry.IsDir() {
					left = append(left, path)
				}
				return err
			})).To(Succeed())
		}
		Expect(left).To(BeEmpty())
	}, SpecTimeout(5*time.Minute))

	It("a video that becomes private has all its files in the private place, and comes back whole", func(ctx SpecContext) {
		v := running(ctx, "hidden")
		do(ctx, http.MethodPut, "/api/v1/videos/"+v.UUID, `{"privacy":3}`)
		atRest(ctx)
		hidden, err := h.root.Video(ctx, v.UUID)
		Expect(err).NotTo(HaveOccurred())
		Expect(hidden.State.ID).To(Equal(instance.Published))
		Expect(hidden.Files).NotTo(BeEmpty())
		Expect(hidden.StreamingPlaylists).To(HaveLen(1))
		for _, f := range append(hidden.Files, hidden.StreamingPlaylists[0].Files...) {
			Expect(f.FileURL).To(ContainSubstring("/private/"))
		}
		Expect(h.root.Complete(ctx, v.UUID)).To(Succeed())

		do(ctx, http.MethodPut, "/api/v1/videos/"+v.UUID, `{"privacy":1}`)
		atRest(ctx)
		Expect(h.Anonymous().Complete(ctx, v.UUID)).To(Succeed())
	}, SpecTimeout(8*time.Minute))

	It("a video that is transcoded anew has the files of the second plan alone", func(ctx SpecContext) {
		v := running(ctx, "again")
		do(ctx, http.MethodPost, "/api/v1/videos/"+v.UUID+"/transcoding", `{"transcodingType":"hls","forceTranscoding":true}`)
		atRest(ctx)
		Expect(h.Anonymous().Complete(ctx, v.UUID)).To(Succeed())
		again, err := h.root.Video(ctx, v.UUID)
		Expect(err).NotTo(HaveOccurred())
		Expect(again.Files).To(HaveLen(1), "the upload itself: its transcoding was cancelled")
	}, SpecTimeout(8*time.Minute))
})
