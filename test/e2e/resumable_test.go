package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
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

var _ = Describe("An upload in parts", Ordered, func() {
	const path = "/api/v1/videos/upload-resumable"
	var h *house
	var film []byte

	BeforeAll(func(ctx SpecContext) {
		h = begin(ctx, "resumable")
		var err error
		film, err = os.ReadFile(mediatest.Video(GinkgoT(), mediatest.Spec{Width: 320, Height: 240, Seconds: 3, Audio: "aac"}))
		Expect(err).NotTo(HaveOccurred())
	}, NodeTimeout(2*time.Minute))

	announce := func(ctx SpecContext, name string) (query string) {
		GinkgoHelper()
		body := fmt.Sprintf(`{"filename":"film.mp4","name":%q,"channelId":1,"privacy":1,"lastModified":1}`, name)
		answer, err := h.root.Do(ctx, http.MethodPost, path, strings.NewReader(body), "Content-Type", "application/json",
			"X-Upload-Content-Type", "video/mp4", "X-Upload-Content-Length", fmt.Sprint(len(film)))
		Expect(err).NotTo(HaveOccurred())
		Expect(answer.Status).To(BeElementOf(http.StatusCreated, http.StatusOK), "%s", answer.Body)
		_, query, _ = strings.Cut(answer.Header.Get("Location"), "?")
		return "?" + query
	}
	part := func(ctx SpecContext, query string, from, to int) (instance.Answer, error) {
		span := fmt.Sprintf("bytes %d-%d/%d", from, to-1, len(film))
		if from == to {
			span = fmt.Sprintf("bytes */%d", len(film))
		}
		return h.root.Do(ctx, http.MethodPut, path+query, bytes.NewReader(film[from:to]), "Content-Range", span)
	}
	sent := func(ctx SpecContext, query string, from, to int) instance.Answer {
		GinkgoHelper()
		answer, err := part(ctx, query, from, to)
		Expect(err).NotTo(HaveOccurred())
		return answer
	}
	crash := func(environment ...string) {
		GinkgoHelper()
		Expect(h.Kill()).To(Succeed())
		Expect(h.Start(environment...)).To(Succeed())
	}
	named := func(ctx SpecContext, name string) int {
		GinkgoHelper()
		mine, err := h.root.Mine(ctx)
		Expect(err).NotTo(HaveOccurred())
		count := 0
		for _, v := range mine {
			if v.Name == name {
				count++
			}
		}
		return count
	}
	unfinished := func() []string {
		GinkgoHelper()
		entries, err := os.ReadDir(filepath.Join(h.Data, "tmp", "resumable-uploads"))
		Expect(err).NotTo(HaveOccurred())
		names := []string{}
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return names
	}

	It("goes on where it was acknowledged when the server was killed, and becomes the same film", func(ctx SpecContext) {
		half := len(film) / 2
		query := announce(ctx, "Killed halfway")
		Expect(sent(ctx, query, 0, half).Status).To(Equal(http.StatusPermanentRedirect))
		crash()
		asked := sent(ctx, query, 0, 0)
		Expect(asked.Status).To(Equal(http.StatusPermanentRedirect))
		Expect(asked.Header.Get("Range")).To(Equal(fmt.Sprintf("bytes=0-%d", half-1)))
		last := sent(ctx, query, half, len(film))
		Expect(last.Status).To(Equal(http.StatusOK), "%s", last.Body)
		var made struct{ Video instance.Video }
		Expect(json.Unmarshal(last.Body, &made)).To(Succeed())
		v, err := h.root.Video(ctx, made.Video.UUID)
		Expect(err).NotTo(HaveOccurred())
		Expect(v.Name).To(Equal("Killed halfway"))
		Expect(unfinished()).To(BeEmpty())
	}, NodeTimeout(2*time.Minute))

	DescribeTable("makes one video whenever the server is killed at its end", func(ctx SpecContext, point string) {
		name := "Killed at " + point
		query := announce(ctx, name)
		crash("VIDILOG_FAILPOINTS=" + point + "=kill")
		_, _ = part(ctx, query, 0, len(film)) // the connection breaks
		Eventually(h.Ended()).WithTimeout(30 * time.Second).Should(BeClosed())
		Expect(h.WasKilled()).To(BeTrue())
		Expect(h.Start()).To(Succeed())
		answer := sent(ctx, query, 0, 0)
		if answer.Status == http.StatusPermanentRedirect { // what was not acknowledged is sent again
			answer = sent(ctx, query, 0, len(film))
		}
		Expect(answer.Status).To(Equal(http.StatusOK), "%s", answer.Body)
		Expect(sent(ctx, query, 0, 0).Body).To(Equal(answer.Body), "asked once more")
		Expect(named(ctx, name)).To(Equal(1))
		Expect(unfinished()).To(BeEmpty())
		Expect(h.root.Do(ctx, http.MethodDelete, path+query, nil)).To(HaveField("Status", http.StatusNoContent))
	},
		Entry("the part was written", "uploads.written", NodeTimeout(2*time.Minute)),
		Entry("the part was on disk", "uploads.synced", NodeTimeout(2*time.Minute)),
		Entry("it was planned", "uploads.planned", NodeTimeout(2*time.Minute)),
		Entry("the file was in its place", "upload.placed", NodeTimeout(2*time.Minute)),
		Entry("the video was recorded", "uploads.finished", NodeTimeout(2*time.Minute)),
	)

	It("leaves every video whole", func(ctx SpecContext) {
		mine, err := h.root.Mine(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(mine).To(HaveLen(6))
		for _, v := range mine {
			Eventually(h.root.Complete).WithContext(ctx).WithArguments(v.UUID).WithTimeout(2 * time.Minute).WithPolling(time.Second).Should(Succeed())
		}
	}, NodeTimeout(4*time.Minute))
})
