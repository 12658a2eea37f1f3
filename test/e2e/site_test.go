package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/workers/media/mediatest"
)

var _ = Describe("A visitor with a browser", Ordered, func() {
	It("finds videos in the lists, and what an administrator makes of the site", func(ctx SpecContext) {
		browserTools()
		h := begin(ctx, "site")
		needClient(ctx, h)
		h.configure(ctx, "transcoding", "enabled", false) // nobody plays these
		film := mediatest.Video(GinkgoT(), mediatest.Spec{Audio: "aac"})
		for n := 1; n <= 27; n++ { // more than the 24 of a page
			var more []string
			if n == 7 {
				more = []string{"category", "1", "tags[0]", "seventh"}
			}
			_, err := h.root.Upload(ctx, film, fmt.Sprintf("Film %02d", n), more...)
			Expect(err).NotTo(HaveOccurred())
		}
		Eventually(h.root.Pending).WithContext(ctx).WithTimeout(2 * time.Minute).WithPolling(200 * time.Millisecond).Should(BeZero())
		runInBrowser(ctx, h, "site.mjs")
	}, SpecTimeout(6*time.Minute))
})

// configure changes one setting of a section, as the administrator's page does.
func (h *house) configure(ctx SpecContext, section, key string, value any) {
	GinkgoHelper()
	var settings map[string]map[string]any
	Expect(h.root.Get(ctx, "/api/v1/config/custom", &settings)).To(Succeed())
	settings[section][key] = value
	body, err := json.Marshal(settings)
	Expect(err).NotTo(HaveOccurred())
	answer, err := h.root.Do(ctx, http.MethodPut, "/api/v1/config/custom", strings.NewReader(string(body)), "Content-Type", "application/json")
	Expect(err).NotTo(HaveOccurred())
	Expect(answer.Status).To(Equal(http.StatusOK), "%s", answer.Body)
}
