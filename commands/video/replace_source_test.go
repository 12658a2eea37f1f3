package video_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands"
	"vidilog/commands/commandstest"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/storage"
	"vidilog/domain/transcoding"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

var _ = Describe("Replacing the file of a video", func() {
	replace := func(caller commands.Caller, id kernel.VideoID, bytes int64) error {
		_, err := handlers.ReplaceSource(ctx, caller, commandsvideo.ReplaceSource{
			VideoID: id, Source: 1, SourceName: "better.mp4", FileName: "better-360.mp4", Kept: "kept-360.mp4",
			Probe: transcoding.Probe{Size: bytes, Duration: 20, Video: transcoding.VideoStream{Codec: "h264", Width: 640, Height: 360, FrameRate: 25}},
		})
		return err
	}

	film := func(p commandstest.Person) kernel.VideoID {
		GinkgoHelper()
		c := world.Upload(p, func(c *commandsvideo.Upload) { c.Attributes.WaitTranscoding = false })
		_, err := handlers.Upload(ctx, p.Caller, c)
		Expect(err).NotTo(HaveOccurred())
		return c.VideoID
	}

	It("gives the old bytes back and takes the new ones, in one append with the video", func() {
		id := film(ada)
		before := world.Head()
		Expect(replace(ada.Caller, id, 5000)).To(Succeed())
		Expect(world.After(before)).To(HaveExactElements(
			BeAssignableToTypeOf(video.RenditionRemoved{}),
			And(BeAssignableToTypeOf(video.SourceReplaced{}), HaveField("Original.FileName", "better-360.mp4"), HaveField("Seconds", 20)),
			storage.Released{For: id.String(), Bytes: 1000},
			And(BeAssignableToTypeOf(storage.Reserved{}), HaveField("Bytes", int64(5000)))))
	})
	It("is refused over the quota, and then nothing is recorded", func() {
		eve := limited("eve", 2000, -1)
		id := film(eve)
		before := world.Head()
		Expect(kernel.CodeOf(replace(eve.Caller, id, 2001))).To(Equal(kernel.CodeTooLarge))
		Expect(world.After(before)).To(BeEmpty())
		Expect(replace(eve.Caller, id, 2000)).To(Succeed())
	})
	It("is for the owner and those who may update any video", func() {
		id := film(ada)
		Expect(kernel.CodeOf(replace(bob.Caller, id, 1))).To(Equal(kernel.CodeForbidden))
		Expect(kernel.CodeOf(replace(commands.Anonymous(), id, 1))).To(Equal(kernel.CodeUnauthenticated))
		Expect(replace(world.Person("mod", user.Moderator).Caller, id, 1)).To(Succeed())
	})
	It("lets administrators give up the file that was kept", func() {
		id := film(ada)
		Expect(replace(ada.Caller, id, 1)).To(Succeed())
		remove := func(caller commands.Caller) error {
			_, err := handlers.RemoveKeptFile(ctx, caller, commandsvideo.RemoveKeptFile{VideoID: id})
			return err
		}
		Expect(kernel.CodeOf(remove(ada.Caller))).To(Equal(kernel.CodeForbidden))
		admin := world.Person("admin", user.Administrator)
		before := world.Head()
		Expect(remove(admin.Caller)).To(Succeed())
		Expect(world.After(before)).To(HaveExactElements(video.KeptFileRemoved{VideoID: id, FileName: "kept-360.mp4"}))
	})
})
