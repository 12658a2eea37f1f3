package crash_test

import (
	"net/http"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

var _ = Describe("A video that is deleted", func() {
	It("is there or gone with all its files, wherever the server is killed on the way", func(ctx SpecContext) {
		const name = "deleted and killed on the way"
		start()
		v := publish(ctx, name)
		By("append.before-commit@2: nothing is recorded")
		start(killing("append.before-commit@2"))
		Expect(dies(call(ctx, root, http.MethodDelete, "/api/v1/videos/"+v.UUID, ""))).To(BeFalse())
		By("append.after-commit@2: the deletion is recorded")
		start(killing("append.after-commit@2"))
		Expect(root.Complete(ctx, v.UUID)).To(Succeed())
		Expect(dies(call(ctx, root, http.MethodDelete, "/api/v1/videos/"+v.UUID, ""))).To(BeFalse())
		for _, point := range []string{"effects.files-removing", "effects.files-half-removed", "effects.files-removed"} {
			By(point + ": the files go")
			diesRecovering(killing(point))
		}

		restart(ctx)
		expectVideo(ctx, name, false)
		for _, path := range v.Paths() {
			Expect(root.Do(ctx, http.MethodHead, path, nil)).To(HaveField("Status", http.StatusNotFound), path)
		}
		expectDisk(house.CheckFiles(ctx))
		expectNothingLeftToDo(ctx)
	}, SpecTimeout(4*time.Minute))
})

var _ = Describe("A video that turns private", func() {
	It("has all its files in the private place, and none in public, wherever the server is killed on the way", func(ctx SpecContext) {
		const name = "hidden and killed on the way"
		start()
		v := publish(ctx, name)
		By("effects.files-linked: the files are in both places, no event says so")
		start(killing("effects.files-linked"))
		dies(call(ctx, root, http.MethodPut, "/api/v1/videos/"+v.UUID, `{"privacy":3}`))
		By("effects.files-moved: the event is recorded, the files are in both places")
		diesRecovering(killing("effects.files-moved"))

		restart(ctx)
		expectVideo(ctx, name, true)
		hidden, err := root.Video(ctx, v.UUID)
		Expect(err).NotTo(HaveOccurred())
		for _, f := range append(hidden.Files, hidden.StreamingPlaylists[0].Files...) {
			Expect(f.FileURL).To(ContainSubstring("/private/"))
		}
		for _, f := range append(v.Files, v.StreamingPlaylists[0].Files...) {
			Expect(f.FileURL).NotTo(ContainSubstring("/private/"))
			Expect(f.Status(ctx, house.Anonymous())).To(Equal(http.StatusNotFound), f.FileURL)
		}
		expectOrder(ctx) // torrents that were replaced are there for ten minutes more
		expectNothingLeftToDo(ctx)
	}, SpecTimeout(4*time.Minute))
})
