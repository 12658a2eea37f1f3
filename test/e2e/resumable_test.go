package e2e_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/embedded"
	"vidilog/test/e2e/instance"
	"vidilog/workers/media/mediatest"
)

// What becomes of an upload whose server is killed at any other place, test/crash says.
var _ = Describe("An upload in parts", Ordered, func() {
	var h *house
	var film string

	BeforeAll(func(ctx SpecContext) {
		h = begin(ctx, "resumable")
		film = mediatest.Video(GinkgoT(), mediatest.Spec{Width: 320, Height: 240, Seconds: 3, Audio: "aac"})
	}, NodeTimeout(2*time.Minute))

	announce := func(ctx context.Context, fields map[string]any) *instance.Parts {
		GinkgoHelper()
		parts, err := h.root.Announce(ctx, instance.NewVideo, film, fields)
		Expect(err).NotTo(HaveOccurred())
		return parts
	}
	finished := func(answer instance.Answer, err error) instance.Video {
		GinkgoHelper()
		Expect(err).NotTo(HaveOccurred())
		Expect(answer.Status).To(Equal(http.StatusOK), "%s", answer.Body)
		var made struct{ Video instance.Video }
		Expect(json.Unmarshal(answer.Body, &made)).To(Succeed())
		return made.Video
	}
	crash := func() {
		GinkgoHelper()
		Expect(h.Kill()).To(Succeed())
		Expect(h.Start()).To(Succeed())
	}

	It("goes on where it was acknowledged when the server was killed, and becomes the same film", func(ctx SpecContext) {
		parts := announce(ctx, map[string]any{"name": "Killed halfway", "channelId": 1, "privacy": 1})
		half := parts.Size / 2
		Expect(parts.Send(ctx, 0, half)).To(HaveField("Status", http.StatusPermanentRedirect))
		crash()
		asked, err := parts.Ask(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(asked.Status).To(Equal(http.StatusPermanentRedirect))
		Expect(asked.Acknowledged()).To(Equal(half))
		v := finished(parts.Send(ctx, half, parts.Size))
		Expect(h.root.Video(ctx, v.UUID)).To(HaveField("Name", "Killed halfway"))
		Expect(os.ReadDir(filepath.Join(h.Data, "tmp", "resumable-uploads"))).To(BeEmpty())
		Eventually(h.root.Complete).WithContext(ctx).WithArguments(v.UUID).WithTimeout(2 * time.Minute).WithPolling(time.Second).Should(Succeed())
	}, NodeTimeout(4*time.Minute))

	It("keeps the passwords of its video sealed while it lasts, and the video opens with them", func(ctx SpecContext) {
		const password = "correct-horse-battery"
		parts := announce(ctx, map[string]any{"name": "Protected", "channelId": 1, "privacy": 5, "videoPasswords": []string{password}})
		Expect(parts.Send(ctx, 0, parts.Size/2)).To(HaveField("Status", http.StatusPermanentRedirect))
		row := sessions(ctx, h)
		Expect(row).To(ContainSubstring(`"size":`), "the session is there")
		Expect(row).NotTo(ContainSubstring(password))
		crash()
		v := finished(parts.GoOn(ctx))
		Expect(sessions(ctx, h)).NotTo(ContainSubstring(password))
		anonymous := h.Anonymous()
		Expect(anonymous.Do(ctx, http.MethodGet, "/api/v1/videos/"+v.UUID, nil)).To(HaveField("Status", http.StatusForbidden))
		Expect(anonymous.Do(ctx, http.MethodGet, "/api/v1/videos/"+v.UUID, nil, "x-peertube-video-password", password)).
			To(HaveField("Status", http.StatusOK))
	}, NodeTimeout(2*time.Minute))
})

// sessions are the rows of uploads in parts as somebody sees them who reads the database, bytes as the text they spell.
func sessions(ctx context.Context, h *house) (rows string) {
	GinkgoHelper()
	services, err := embedded.Attach(h.Data)
	Expect(err).NotTo(HaveOccurred())
	connection, err := pgx.Connect(ctx, services.DSN)
	Expect(err).NotTo(HaveOccurred())
	defer connection.Close(ctx)
	Expect(connection.QueryRow(ctx, `
		select coalesce(string_agg(to_jsonb(u)::text || encode(coalesce(form, ''), 'escape'), ' '), '') from vidilog_ops.uploads u`).
		Scan(&rows)).To(Succeed())
	return rows
}
