package e2e_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

var _ = Describe("Viewers, an author and a moderator with browsers", Ordered, func() {
	It("talk below a video, report what is wrong, and decide about it", func(ctx SpecContext) {
		browserTools()
		h := begin(ctx, "comments")
		needClient(ctx, h)
		h.user(ctx, "ada", 2)
		h.user(ctx, "bob", 2)
		h.user(ctx, "mod", 1)
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Width: 320, Height: 240, Seconds: 12, Audio: "aac"})
		ada, err := h.LogInAs(ctx, "ada", instance.RootPassword)
		Expect(err).NotTo(HaveOccurred())
		var ids []string
		for name, policy := range map[string]string{"Talk": "1", "Held": "3", "Silent": "2"} {
			video, err := ada.Upload(ctx, film, name, "commentsPolicy", policy)
			Expect(err).NotTo(HaveOccurred())
			ids = append(ids, map[string]string{"Talk": "VIDEO=", "Held": "HELD=", "Silent": "SILENT="}[name]+video.ShortUUID)
		}
		Eventually(h.root.Pending).WithContext(ctx).WithTimeout(3 * time.Minute).WithPolling(200 * time.Millisecond).Should(BeZero())
		runInBrowser(ctx, h, "comments.mjs", ids...)
	}, SpecTimeout(8*time.Minute))
})

// user makes a user with root's password, in one of PeerTube's roles: 1 for a moderator, 2 for a user.
func (h *house) user(ctx context.Context, name string, role int) {
	GinkgoHelper()
	body, err := json.Marshal(map[string]any{
		"username": name, "password": instance.RootPassword, "email": name + "@example.org", "role": role,
		"videoQuota": -1, "videoQuotaDaily": -1,
	})
	Expect(err).NotTo(HaveOccurred())
	answer, err := h.root.Do(ctx, http.MethodPost, "/api/v1/users", strings.NewReader(string(body)), "Content-Type", "application/json")
	Expect(err).NotTo(HaveOccurred())
	Expect(answer.Status).To(Equal(http.StatusOK), "%s", answer.Body)
}
