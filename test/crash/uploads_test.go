package crash_test

import (
	"net/http"
	"os"
	"path/filepath"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
)

var _ = Describe("An upload in parts", func() {
	unfinished := func() []os.DirEntry {
		GinkgoHelper()
		entries, err := os.ReadDir(filepath.Join(house.Data, "tmp", "resumable-uploads"))
		Expect(err).NotTo(HaveOccurred())
		return entries
	}

	It("becomes one video wherever the server is killed on its way, and what was acknowledged is not sent again", func(ctx SpecContext) {
		const name = "sent in parts and killed nine times"
		start()
		upload, err := root.Announce(ctx, instance.NewVideo, film, map[string]any{"name": name, "channelId": 1, "privacy": 1})
		Expect(err).NotTo(HaveOccurred())
		half := upload.Size / 2
		for _, point := range []string{"uploads.written", "uploads.synced", "uploads.noted"} {
			By(point + ": the first part is sent, nobody has acknowledged it")
			start(killing(point))
			Expect(dies(upload.Send(ctx, 0, half))).To(BeFalse())
		}
		start()
		Expect(upload.Ask(ctx)).To(HaveField("Acknowledged()", half), "it was noted")
		for _, point := range []string{
			"uploads.planned", "upload.placed", "append.before-commit@2", "append.after-commit@2", "uploads.finished", "uploads.answered",
		} {
			By(point + ": the last part is sent, nobody has answered it")
			start(killing(point))
			Expect(dies(upload.GoOn(ctx))).To(BeFalse())
		}

		restart(ctx)
		last, err := upload.GoOn(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(last.Status).To(Equal(http.StatusOK), "%s", last.Body)
		Expect(upload.Ask(ctx)).To(HaveField("Body", last.Body), "asked once more")
		Expect(string(last.Body)).To(ContainSubstring(find(ctx, name).UUID))
		Expect(upload.GiveUp(ctx)).To(HaveField("Status", http.StatusNoContent), "forgets the answer, not the video")
		expectVideo(ctx, name, true)
		Expect(unfinished()).To(BeEmpty())
		expectOrder(ctx)
		expectNothingLeftToDo(ctx)
	}, SpecTimeout(5*time.Minute))

	It("that nobody goes on with after a crash is swept, with what it had placed", func(ctx SpecContext) {
		const name = "sent in parts and given up"
		start(killing("upload.placed"))
		upload, err := root.Announce(ctx, instance.NewVideo, film, map[string]any{"name": name, "channelId": 1, "privacy": 1})
		Expect(err).NotTo(HaveOccurred())
		Expect(dies(upload.GoOn(ctx))).To(BeFalse())

		restart(ctx)
		for range 2 { // a session goes when a whole round has passed without anybody touching it
			expectCall(ctx, root, http.MethodPost, "/api/v1/server/debug/run-command", `{"command":"remove-dandling-resumable-uploads"}`)
		}
		Expect(upload.Ask(ctx)).To(HaveField("Status", http.StatusNotFound))
		expectVideo(ctx, name, false)
		Expect(unfinished()).To(BeEmpty())
		expectOrder(ctx)
		expectNothingLeftToDo(ctx)
	}, SpecTimeout(3*time.Minute))
})
