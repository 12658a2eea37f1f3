package user_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands"
	"vidilog/commands/commandstest"
	commandsuser "vidilog/commands/user"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/account"
	"vidilog/domain/kernel"
	"vidilog/domain/playlist"
	"vidilog/domain/user"
)

func text(s string) *string { return &s }

var _ = Describe("Registering", func() {
	register := func(c commandsuser.Create) error {
		_, err := handlers.Register(ctx, commands.Anonymous(), commandsuser.Register{Create: c})
		return err
	}
	It("makes an ordinary person, whatever was asked for", func() {
		Expect(register(commandsuser.Create{
			Username: "ada", Email: "ada@example.org", Role: user.Administrator, Flags: user.BypassVideoAutoBlacklist, DisplayName: "Ada",
		})).To(Succeed())
		c, _, err := handlers.Credentials(ctx, "ada")
		Expect(err).NotTo(HaveOccurred())
		Expect(c.User).To(And(HaveField("Role", user.Ordinary), HaveField("Flags", user.AdminFlags(0))))
		Expect(world.Of(c.User.AccountID.Stream())).To(HaveExactElements(HaveField("DisplayName", "Ada")))
	})
	It("is refused under a name that is taken", func() {
		world.Person("ada", user.Ordinary)
		Expect(kernel.CodeOf(register(commandsuser.Create{Username: "ada", Email: "other@example.org"}))).To(Equal(kernel.CodeConflict))
	})
})

var _ = Describe("The token of a person's feeds", func() {
	It("stays until another is asked for, and goes with the person", func() {
		ada := world.Person("ada", user.Ordinary)
		give := func(token string, anew bool) string {
			_, err := handlers.GiveFeedToken(ctx, ada.Caller, commandsuser.GiveFeedToken{UserID: ada.UserID, Token: token, Anew: anew})
			Expect(err).NotTo(HaveOccurred())
			inForce, err := handlers.FeedToken(ctx, ada.UserID)
			Expect(err).NotTo(HaveOccurred())
			return inForce
		}
		Expect(handlers.FeedToken(ctx, ada.UserID)).To(BeEmpty())
		Expect(give("one", false)).To(Equal("one"))
		first, err := handlers.User(ctx, ada.UserID)
		Expect(err).NotTo(HaveOccurred())
		Expect(give("two", false)).To(Equal("one"))
		Expect(give("three", true)).To(Equal("three"))
		_, found, err := world.Bus.Secret(ctx, first.FeedTokenRef)
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeFalse(), "the former token is still in the vault")

		second, err := handlers.User(ctx, ada.UserID)
		Expect(err).NotTo(HaveOccurred())
		_, err = handlers.Delete(ctx, ada.Caller, commandsuser.Delete{UserID: ada.UserID})
		Expect(err).NotTo(HaveOccurred())
		_, found, err = world.Bus.Secret(ctx, second.FeedTokenRef)
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeFalse(), "the token of somebody who is gone is still in the vault")
	})
	It("is given to nobody else", func() {
		ada, bob := world.Person("ada", user.Ordinary), world.Person("bob", user.Ordinary)
		_, err := handlers.GiveFeedToken(ctx, bob.Caller, commandsuser.GiveFeedToken{UserID: ada.UserID, Token: "x"})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
	})
})

var _ = Describe("Administering a person", func() {
	administer := func(by commands.Caller, c commandsuser.Administer) (commandsuser.Administered, error) {
		outcome, err := handlers.Administer(ctx, by, c)
		return outcome.Result, err
	}
	It("moves the claim on the address", func() {
		ada := world.Person("ada", user.Ordinary)
		_, err := administer(commandstest.System, commandsuser.Administer{UserID: ada.UserID, Email: text("New@example.org")})
		Expect(err).NotTo(HaveOccurred())
		Expect(world.Holder("email", world.Bus.BlindEmail("ada@example.org"))).To(BeEmpty())
		Expect(world.Holder("email", world.Bus.BlindEmail("new@example.org"))).To(Equal(ada.UserID.String()))
	})
	It("refuses an address that is taken", func() {
		ada := world.Person("ada", user.Ordinary)
		world.Person("bob", user.Ordinary)
		_, err := administer(commandstest.System, commandsuser.Administer{UserID: ada.UserID, Email: text("bob@example.org")})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
	})
	It("ends sessions with another role or password, and with nothing else", func() {
		ada, moderator, quota := world.Person("ada", user.Ordinary), user.Moderator, int64(5)
		Expect(administer(commandstest.System, commandsuser.Administer{UserID: ada.UserID, Quota: &quota})).To(HaveField("EndsSessions", false))
		Expect(administer(commandstest.System, commandsuser.Administer{UserID: ada.UserID, Role: &moderator})).To(HaveField("EndsSessions", true))
		Expect(administer(commandstest.System, commandsuser.Administer{UserID: ada.UserID, Role: &moderator})).To(HaveField("EndsSessions", false))
		Expect(administer(commandstest.System, commandsuser.Administer{UserID: ada.UserID, PasswordHash: []byte("new")})).
			To(HaveField("EndsSessions", true))
		c, err := handlers.CredentialsOf(ctx, ada.UserID)
		Expect(err).NotTo(HaveOccurred())
		Expect(string(c.PasswordHash)).To(Equal("new"))
	})
	It("does not let moderators make moderators", func() {
		ada, caller, moderator := world.Person("ada", user.Ordinary), world.Person("mod", user.Moderator).Caller, user.Moderator
		_, err := administer(caller, commandsuser.Administer{UserID: ada.UserID, Role: &moderator})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
	})
	DescribeTable("is for", func(by, of user.Role, code kernel.Code) {
		caller, target, quota := world.Person("caller", by).Caller, world.Person("target", of), int64(5)
		_, err := administer(caller, commandsuser.Administer{UserID: target.UserID, Quota: &quota})
		Expect(kernel.CodeOf(err)).To(Equal(code))
	},
		Entry("administrators", user.Administrator, user.Moderator, kernel.Code("")),
		Entry("moderators, of ordinary users", user.Moderator, user.Ordinary, kernel.Code("")),
		Entry("no moderators, of moderators", user.Moderator, user.Moderator, kernel.CodeForbidden),
		Entry("no ordinary users", user.Ordinary, user.Ordinary, kernel.CodeForbidden),
	)
})

var _ = Describe("Changing one's own profile", func() {
	It("writes settings, address and account in one append", func() {
		ada := world.Person("ada", user.Ordinary)
		before := world.Head()
		_, err := handlers.Update(ctx, ada.Caller, commandsuser.Update{
			UserID: ada.UserID, Change: func(s *user.Settings) { s.NSFWPolicy = user.Blur }, Email: text("new@example.org"),
			DisplayName: text("Ada L."), Description: text("about me"),
		})
		Expect(err).NotTo(HaveOccurred())
		Expect(world.After(before)).To(HaveExactElements(
			HaveField("Settings.NSFWPolicy", user.Blur), HaveField("Email", kernel.Personal("new@example.org")),
			account.Updated{AccountID: ada.AccountID, DisplayName: "Ada L.", Description: text("about me")},
		))
	})
	It("keeps nothing of it when a part is refused", func() {
		ada := world.Person("ada", user.Ordinary)
		before := world.Head()
		_, err := handlers.Update(ctx, ada.Caller, commandsuser.Update{
			UserID: ada.UserID, Change: func(s *user.Settings) { s.NSFWPolicy = user.Blur }, Description: text("ab"),
		})
		Expect(err).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid, Field: "description"}))
		Expect(world.Head()).To(Equal(before))
	})
	It("is not for others", func() {
		ada, bob := world.Person("ada", user.Ordinary), world.Person("bob", user.Ordinary)
		_, err := handlers.Update(ctx, bob.Caller, commandsuser.Update{UserID: ada.UserID, DisplayName: text("Eve")})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
	})
})

var _ = Describe("Blocking a person", func() {
	It("is seen at once and taken back", func() {
		ada, moderator := world.Person("ada", user.Ordinary), world.Person("mod", user.Moderator).Caller
		_, err := handlers.Block(ctx, moderator, commandsuser.Block{UserID: ada.UserID, Reason: text("spam")})
		Expect(err).NotTo(HaveOccurred())
		Expect(handlers.User(ctx, ada.UserID)).To(HaveField("Blocked", true))
		_, err = handlers.Unblock(ctx, moderator, commandsuser.Unblock{UserID: ada.UserID})
		Expect(err).NotTo(HaveOccurred())
		Expect(handlers.User(ctx, ada.UserID)).To(HaveField("Blocked", false))
	})
	It("is not for the person, nor of moderators by moderators", func() {
		ada, moderator, other := world.Person("ada", user.Ordinary), world.Person("mod", user.Moderator), world.Person("mod2", user.Moderator)
		_, err := handlers.Block(ctx, ada.Caller, commandsuser.Block{UserID: ada.UserID})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.Block(ctx, moderator.Caller, commandsuser.Block{UserID: other.UserID})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.Block(ctx, moderator.Caller, commandsuser.Block{UserID: kernel.UserID{UUID: ada.AccountID.UUID}})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeNotFound))
	})
})

var _ = Describe("Deleting a person", func() {
	It("takes account, channels and lists along, then the videos, and leaves the names of actors taken", func() {
		ada := world.Person("ada", user.Ordinary)
		film := world.Film(ada)
		before := world.Head()
		_, err := handlers.Delete(ctx, ada.Caller, commandsuser.Delete{UserID: ada.UserID})
		Expect(err).NotTo(HaveOccurred())
		var types []string
		for _, e := range world.All()[before:] {
			types = append(types, e.Type)
		}
		Expect(types).To(ConsistOf("user.deleted", "account.deleted", "channel.deleted", "playlist.deleted", "video.deleted",
			"storage.released", "channel.videos-removed"))
		Expect(world.Of(playlist.WatchLaterOf(ada.AccountID).Stream())).To(HaveLen(2))
		Expect(commandsvideo.New(world.Bus).Video(ctx, film)).To(HaveField("Deleted", true))
		Expect(world.Holder("username", "ada")).To(BeEmpty())
		Expect(world.Holder("email", world.Bus.BlindEmail("ada@example.org"))).To(BeEmpty())
		Expect(world.Holder("actor-name", "ada")).NotTo(BeEmpty())
		_, found, err := world.Bus.Secret(ctx, world.Of(ada.UserID.Stream())[0].(user.Created).PasswordRef)
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeFalse(), "the hash of the password is gone")
	})
	It("leaves the address to somebody new", func() {
		ada := world.Person("ada", user.Ordinary)
		_, err := handlers.Delete(ctx, commandstest.System, commandsuser.Delete{UserID: ada.UserID})
		Expect(err).NotTo(HaveOccurred())
		world.Person("bob", user.Ordinary, func(c *commandsuser.Create) { c.Email = "ada@example.org" })
		_, err = create(commandstest.System, commandsuser.Create{Username: "ada", Email: "x@example.org", Role: user.Ordinary})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict), "nobody can pose as who had the name")
	})
	It("is followed by the erasure, which only the server states", func() {
		ada := world.Person("ada", user.Ordinary)
		_, err := handlers.Delete(ctx, ada.Caller, commandsuser.Delete{UserID: ada.UserID})
		Expect(err).NotTo(HaveOccurred())
		_, err = handlers.Erase(ctx, ada.Caller, commandsuser.Erase{UserID: ada.UserID})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.Erase(ctx, commandstest.System, commandsuser.Erase{UserID: ada.UserID})
		Expect(err).NotTo(HaveOccurred())
		Expect(handlers.User(ctx, ada.UserID)).To(HaveField("Erased", true))
	})
	It("is not for others, and not of root", func() {
		ada, bob := world.Person("ada", user.Ordinary), world.Person("bob", user.Ordinary)
		_, err := handlers.Delete(ctx, bob.Caller, commandsuser.Delete{UserID: ada.UserID})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		root := world.Person("root", user.Administrator)
		_, err = handlers.Delete(ctx, root.Caller, commandsuser.Delete{UserID: root.UserID})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeInvalid))
	})
})
