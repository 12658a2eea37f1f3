package crash_test

import (
	"net/http"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/workers/media/mediatest"
)

// soon is the environment in which replaced files go at once instead of ten minutes later.
const soon = "NODE_ENV=test"

var _ = Describe("The replacement of a video's file", func() {
	It("happens once and whole wherever the server is killed on its way, and the old file goes", func(ctx SpecContext) {
		const name = "replaced and killed on the way"
		start(soon)
		customise(ctx, "videoFile", map[string]any{"update": map[string]any{"enabled": true}})
		before := publish(ctx, name)
		other := mediatest.Video(GinkgoT(), mediatest.Spec{Seconds: 4, Audio: "aac"})
		upload, err := root.Announce(ctx, "/api/v1/videos/"+before.UUID+"/source/replace-resumable", other, nil)
		Expect(err).NotTo(HaveOccurred())
		for _, point := range []string{"uploads.planned", "replacement.placed", "append.before-commit@2"} {
			By(point + ": nothing is recorded")
			start(soon, killing(point))
			Expect(root.Complete(ctx, before.UUID)).To(Succeed(), "the old file is there until the new one is")
			Expect(dies(upload.GoOn(ctx))).To(BeFalse())
		}
		By("append.after-commit@2: the replacement is recorded")
		start(soon, killing("append.after-commit@2"))
		Expect(dies(upload.GoOn(ctx))).To(BeFalse())
		for _, point := range []string{"effects.files-removing", "effects.files-removed"} {
			By(point + ": the old files go")
			diesRecovering(soon, killing(point))
		}
		By("uploads.finished: the client has not been told")
		start(soon, killing("uploads.finished"))
		Expect(dies(upload.GoOn(ctx))).To(BeFalse())

		start(soon)
		settle(ctx)
		restart(ctx) // as at any other time: the configuration is the usual one again
		last, err := upload.GoOn(ctx)
		Expect(err).NotTo(HaveOccurred())
		Expect(last.Status).To(Equal(http.StatusOK), "%s", last.Body)
		expectVideo(ctx, name, true)
		Expect(events(ctx, before.UUID, "video.source-replaced")).To(HaveLen(1))
		Expect(root.Video(ctx, before.UUID)).To(HaveField("Duration", 4), "seconds of the other film")
		for _, path := range before.Paths() {
			Expect(root.Do(ctx, http.MethodHead, path, nil)).To(HaveField("Status", http.StatusNotFound), path)
		}
		expectOrder(ctx)
		expectNothingLeftToDo(ctx)
	}, SpecTimeout(5*time.Minute))
})
