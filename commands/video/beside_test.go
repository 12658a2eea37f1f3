package video_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands/commandstest"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

var _ = Describe("What is told beside a video", func() {
	var film kernel.VideoID
	BeforeEach(func() { film = world.Film(ada) })

	It("is for the owner and those with the right to change", func() {
		caption := commandsvideo.SetCaption{VideoID: film, Caption: video.Caption{Language: "fr", FileName: "a-fr.vtt"}}
		chapters := commandsvideo.SetChapters{VideoID: film, Chapters: []video.Chapter{{Title: "One"}}}
		_, err := handlers.SetCaption(ctx, bob.Caller, caption)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.SetChapters(ctx, bob.Caller, chapters)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.SetCaption(ctx, ada.Caller, caption)
		Expect(err).NotTo(HaveOccurred())
		_, err = handlers.SetChapters(ctx, world.Person("mod", user.Moderator).Caller, chapters)
		Expect(err).NotTo(HaveOccurred())
		_, err = handlers.RemoveCaption(ctx, bob.Caller, commandsvideo.RemoveCaption{VideoID: film, Language: "fr"})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.RemoveCaption(ctx, ada.Caller, commandsvideo.RemoveCaption{VideoID: film, Language: "fr"})
		Expect(err).NotTo(HaveOccurred())
		Expect(handlers.Video(ctx, film)).To(And(HaveField("Captions", BeEmpty()), HaveField("Chapters", HaveLen(1))))
	})
})

var _ = Describe("Scheduled publication", func() {
	It("is done by the server when it is time, and takes passwords along", func() {
		at := world.Now().Add(time.Hour)
		film := world.Film(ada, func(c *commandsvideo.Upload) {
			c.Attributes.WaitTranscoding, c.Attributes.Privacy, c.Passwords = false, video.PasswordProtected, []string{"open"}
			c.Attributes.Schedule = &video.Schedule{At: at, Privacy: video.Public}
		})
		before, err := handlers.Video(ctx, film)
		Expect(err).NotTo(HaveOccurred())
		run := commandsvideo.RunSchedule{VideoID: film}
		_, err = handlers.RunSchedule(ctx, ada.Caller, run)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.RunSchedule(ctx, commandstest.System, run)
		Expect(err).NotTo(HaveOccurred())
		Expect(handlers.Video(ctx, film)).To(HaveField("Attributes.Privacy", video.PasswordProtected), "too early")
		world.Pass(time.Hour)
		_, err = handlers.RunSchedule(ctx, commandstest.System, run)
		Expect(err).NotTo(HaveOccurred())
		Expect(handlers.Video(ctx, film)).To(And(
			HaveField("Attributes.Privacy", video.Public), HaveField("Attributes.Schedule", BeNil()), HaveField("Passwords", BeEmpty())))
		Expect(handlers.PasswordText(ctx, before.Passwords[0].Ref)).To(BeEmpty())
	})
})
