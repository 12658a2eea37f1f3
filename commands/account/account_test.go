package account_test

import (
	"context"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	commandsaccount "vidilog/commands/account"
	"vidilog/commands/commandstest"
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

var _ = Describe("Changing the avatar of an account", func() {
	ctx := context.Background()
	picture := []actor.Image{{FileName: "a.png", Width: 48, Height: 48, Bytes: 3}}

	It("is for its person only, moderators included", func() {
		world := commandstest.New()
		handlers := commandsaccount.New(world.Bus)
		ada, moderator := world.Person("ada", user.Ordinary), world.Person("mod", user.Moderator)
		change := commandsaccount.ChangeAvatar{AccountID: ada.AccountID, Avatars: picture}
		_, err := handlers.ChangeAvatar(ctx, ada.Caller, change)
		Expect(err).NotTo(HaveOccurred())
		Expect(handlers.Account(ctx, ada.AccountID)).To(HaveField("Avatars", picture))
		_, err = handlers.ChangeAvatar(ctx, moderator.Caller, change)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
	})
})
