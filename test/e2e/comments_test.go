package e2e_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
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
		var me struct {
			VideoChannels []struct {
				ID int `json:"id"`
			} `json:"videoChannels"`
		}
		Expect(ada.Get(ctx, "/api/v1/users/me", &me)).To(Succeed())
		var ids []string
		for _, video := range []struct{ variable, policy string }{{"VIDEO", "1"}, {"SILENT", "2"}, {"HELD", "3"}} {
			sent, err := ada.Upload(ctx, film, video.variable, "commentsPolicy", video.policy, "channelId", strconv.Itoa(me.VideoChannels[0].ID))
			Expect(err).NotTo(HaveOccurred())
			ids = append(ids, video.variable+"="+sent.ShortUUID)
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
