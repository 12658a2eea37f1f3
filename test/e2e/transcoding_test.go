package e2e_test

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("An administrator's settings of transcoding", Ordered, func() {
	var h *house
	BeforeAll(func(ctx SpecContext) {
		h = begin(ctx, "transcoding")
	}, NodeTimeout(3*time.Minute))

	// set chooses 240p alone, below the films of these specs.
	set := func(ctx context.Context, always bool) {
		GinkgoHelper()
		configure(ctx, h.root, func(custom map[string]map[string]any) {
			t := custom["transcoding"]
			t["threads"], t["concurrency"], t["alwaysTranscodeOriginalResolution"] = 3, 2, always
			resolutions := t["resolutions"].(map[string]any)
			for name := range resolutions {
				resolutions[name] = name == "240p"
			}
		})
	}
	// transcoders are the running ffmpegs that tell how far they are.
	transcoders := func() (running []instance.Process) {
		for _, p := range h.Processes() {
			if strings.HasPrefix(p.Command, "ffmpeg ") && strings.Contains(p.Command, " -progress ") {
				running = append(running, p)
			}
		}
		return running
	}
	resolutions := func(files []instance.File) (list []int) {
		for _, f := range files {
			list = append(list, f.Resolution.ID)
		}
		return list
	}

	It("reach ffmpeg: threads, priority, how many at once, and whether the original's resolution is made", func(ctx SpecContext) {
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 640, Height: 360, Seconds: 20, Bitrate: "2000k"})
		set(ctx, true)
		with, err := h.root.Upload(ctx, film, "with the original's")
		Expect(err).NotTo(HaveOccurred())
		set(ctx, false)
		without, err := h.root.Upload(ctx, film, "without")
		Expect(err).NotTo(HaveOccurred())

		atOnce := 0
		Eventually(ctx, func(g Gomega) {
			running := transcoders()
			for _, p := range running {
				Expect(p.Command).To(ContainSubstring(" -threads 3 "))
				Expect(p.Nice).To(Or(Equal(15), BeZero()), "0 when it has just ended")
			}
			atOnce = max(atOnce, len(running))
			g.Expect(h.root.Pending(ctx)).To(BeZero())
		}).WithTimeout(3 * time.Minute).WithPolling(20 * time.Millisecond).Should(Succeed())
		Expect(atOnce).To(Equal(2))

		for id, expected := range map[string][]int{with.UUID: {360, 240}, without.UUID: {240}} {
			Expect(h.root.Complete(ctx, id)).To(Succeed())
			v, err := h.root.Video(ctx, id)
			Expect(err).NotTo(HaveOccurred())
			Expect(resolutions(v.Files)).To(Equal(expected))
			Expect(resolutions(v.StreamingPlaylists[0].Files)).To(Equal(expected))
		}
	}, SpecTimeout(5*time.Minute))

	It("a job that fails says in ffmpeg's words why, and can be tried again when that is mended", func(ctx SpecContext) {
		browserTools()
		needClient(ctx, h)
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Codec: "mpeg4", Extension: ".avi", Seconds: 3})
		pause := func(what string) {
			GinkgoHelper()
			Expect(h.root.Do(ctx, http.MethodPost, "/api/v1/jobs/"+what, nil)).To(HaveField("Status", http.StatusNoContent))
		}
		pause("pause")
		v, err := h.root.Upload(ctx, film, "broken", "waitTranscoding", "false")
		Expect(err).NotTo(HaveOccurred())
		uploaded, err := filepath.Glob(filepath.Join(h.Data, "web-videos", "*.avi"))
		Expect(err).NotTo(HaveOccurred())
		Expect(uploaded).To(HaveLen(1))
		whole, err := os.ReadFile(uploaded[0])
		Expect(err).NotTo(HaveOccurred())
		Expect(os.WriteFile(uploaded[0], withoutPictures(whole), 0o600)).To(Succeed())
		pause("resume")

		var failed struct {
			Data []struct {
				ID    string
				Error struct{ Message string }
			}
		}
		Eventually(ctx, func(g Gomega) {
			g.Expect(h.root.Get(ctx, "/api/v1/jobs/failed?jobType=video-transcoding&sort=createdAt", &failed)).To(Succeed())
			g.Expect(failed.Data).NotTo(BeEmpty())
		}).WithTimeout(2 * time.Minute).WithPolling(500 * time.Millisecond).Should(Succeed())
		Expect(failed.Data[0].Error.Message).To(And(HavePrefix("ffmpeg failed with code "), ContainSubstring("Cannot determine format of input stream"),
			Not(ContainSubstring(h.Data))))

		Expect(os.WriteFile(uploaded[0], whole, 0o600)).To(Succeed())
		runInBrowser(ctx, h, "jobs.mjs", "SAYS=Cannot determine format of input stream")
		Eventually(h.root.Complete).WithContext(ctx).WithArguments(v.UUID).WithTimeout(2 * time.Minute).WithPolling(500 * time.Millisecond).
			Should(Succeed())
	}, SpecTimeout(6*time.Minute))
})

// withoutPictures answers an AVI file whose frames are all zeros: what it says of itself is as it was.
func withoutPictures(avi []byte) []byte {
	GinkgoHelper()
	from, to := bytes.Index(avi, []byte("movi"))+4, bytes.LastIndex(avi, []byte("idx1"))
	Expect(from).To(And(BeNumerically(">", 4), BeNumerically("<", to)))
	broken := slices.Clone(avi)
	clear(broken[from:to])
	return broken
}
