package e2e_test

import (
	"bytes"
	"context"
	"encoding/json"
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
	running := func(ctx context.Context, name string, more ...string) instance.Video {
		GinkgoHelper()
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 1280, Height: 720, Seconds: 20, Audio: "aac", Bitrate: "9000k"})
		v, err := h.root.Upload(ctx, film, name, more...)
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

	It("a video whose file is replaced has the files of the second film alone", func(ctx SpecContext) {
		allowReplacing(ctx, h.root)
		other := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 640, Height: 360, Seconds: 4, Audio: "aac"})
		v := running(ctx, "replaced", "waitTranscoding", "false")
		parts, err := h.root.Announce(ctx, "/api/v1/videos/"+v.UUID+"/source/replace-resumable", other, nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(parts.GoOn(ctx)).To(HaveField("Status", http.StatusOK))
		story, err := h.Events(ctx, "video-"+v.UUID)
		Expect(err).NotTo(HaveOccurred())
		Expect(types(story)).NotTo(ContainElement("job.completed"), "the first film was still being transcoded")
		atRest(ctx)
		Expect(h.Anonymous().Complete(ctx, v.UUID)).To(Succeed())
		after, err := h.root.Video(ctx, v.UUID)
		Expect(err).NotTo(HaveOccurred())
		Expect(after.Duration).To(Equal(4), "seconds")
		files := append(after.Files, after.StreamingPlaylists[0].Files...)
		Expect(files).To(ContainElement(HaveField("Resolution.ID", 360)))
		Expect(files).To(HaveEach(HaveField("Resolution.ID", BeNumerically("<=", 360))))
		story, err = h.Events(ctx, "video-"+v.UUID)
		Expect(err).NotTo(HaveOccurred())
		Expect(types(story)).To(ContainElement("job.cancelled"))
	}, SpecTimeout(8*time.Minute))

	It("a video that waits for it keeps its file", func(ctx SpecContext) {
		v := running(ctx, "waiting")
		_, err := h.root.Announce(ctx, "/api/v1/videos/"+v.UUID+"/source/replace-resumable", mediatest.Video(GinkgoT(), mediatest.Spec{}), nil)
		Expect(err).To(MatchError(ContainSubstring("409")))
		do(ctx, http.MethodDelete, "/api/v1/videos/"+v.UUID, "")
		atRest(ctx)
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

// allowReplacing lets authors replace files.
func allowReplacing(ctx context.Context, root *instance.Client) {
	GinkgoHelper()
	configure(ctx, root, func(custom map[string]map[string]any) {
		custom["videoFile"]["update"] = map[string]bool{"enabled": true}
	})
}

// configure changes the configuration as an administrator does: the whole of it comes and goes.
func configure(ctx context.Context, root *instance.Client, change func(custom map[string]map[string]any)) {
	GinkgoHelper()
	var custom map[string]map[string]any
	Expect(root.Get(ctx, "/api/v1/config/custom", &custom)).To(Succeed())
	change(custom)
	body, err := json.Marshal(custom)
	Expect(err).NotTo(HaveOccurred())
	answer, err := root.Do(ctx, http.MethodPut, "/api/v1/config/custom", bytes.NewReader(body), "Content-Type", "application/json")
	Expect(err).NotTo(HaveOccurred())
	Expect(answer.Status).To(Equal(http.StatusOK), "%s", answer.Body)
}
