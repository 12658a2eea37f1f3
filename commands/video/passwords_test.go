package video_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

var _ = Describe("The passwords of a video", func() {
	var film kernel.VideoID
	BeforeEach(func() {
		film = world.Film(ada, func(c *commandsvideo.Upload) {
			c.Attributes.Privacy, c.Passwords = video.PasswordProtected, []string{"open", "sesame"}
		})
	})
	set := func(texts ...string) error {
		_, err := handlers.SetPasswords(ctx, ada.Caller, commandsvideo.SetPasswords{VideoID: film, Passwords: texts})
		return err
	}
	opens := func(text string) bool {
		matches, err := handlers.PasswordMatches(ctx, film, text)
		Expect(err).NotTo(HaveOccurred())
		return matches
	}
	inForce := func() []video.Password {
		v, err := handlers.Video(ctx, film)
		Expect(err).NotTo(HaveOccurred())
		return v.Passwords
	}

	It("open it, whole and as they were set last", func() {
		Expect(opens("open")).To(BeTrue())
		Expect(opens("sesame")).To(BeTrue())
		Expect(opens("")).To(BeFalse())
		Expect(opens("opens")).To(BeFalse())
		Expect(set("other")).To(Succeed())
		Expect(opens("open")).To(BeFalse())
		Expect(opens("other")).To(BeTrue())
	})
	It("are in the vault and not in the log, as long as they are in force", func() {
		recorded, err := world.Log.Read(ctx, 0, 100)
		Expect(err).NotTo(HaveOccurred())
		for _, r := range recorded {
			Expect(string(r.Payload)).NotTo(ContainSubstring("sesame"))
		}
		before := inForce()
		Expect(handlers.PasswordText(ctx, before[1].Ref)).To(Equal("sesame"))
		Expect(set("open")).To(Succeed())
		Expect(inForce()).To(Equal(before[:1]), "a password that stays keeps its number")
		Expect(handlers.PasswordText(ctx, before[1].Ref)).To(BeEmpty())
		_, err = handlers.Delete(ctx, ada.Caller, commandsvideo.Delete{VideoID: film})
		Expect(err).NotTo(HaveOccurred())
		Expect(handlers.PasswordText(ctx, before[0].Ref)).To(BeEmpty())
		Expect(opens("open")).To(BeFalse())
	})
	It("go with the privacy that needed them", func() {
		before := inForce()
		_, err := handlers.Update(ctx, ada.Caller, commandsvideo.Update{VideoID: film, Change: func(a *video.Attributes) { a.Privacy = video.Unlisted }})
		Expect(err).NotTo(HaveOccurred())
		Expect(inForce()).To(BeEmpty())
		Expect(handlers.PasswordText(ctx, before[0].Ref)).To(BeEmpty())
	})
	It("are for the owner and those with the right", func() {
		c := commandsvideo.SetPasswords{VideoID: film, Passwords: []string{"mine"}}
		_, err := handlers.SetPasswords(ctx, bob.Caller, c)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.SetPasswords(ctx, world.Person("mod", user.Moderator).Caller, c)
		Expect(err).NotTo(HaveOccurred())
		_, err = handlers.RemovePassword(ctx, bob.Caller, commandsvideo.RemovePassword{VideoID: film, ID: inForce()[0].ID})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.RemovePassword(ctx, ada.Caller, commandsvideo.RemovePassword{VideoID: film, ID: inForce()[0].ID})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeInvalid), "the last one")
	})
})
