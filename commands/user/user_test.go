package user_test

import (
	"context"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands"
	"vidilog/commands/commandstest"
	commandsuser "vidilog/commands/user"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/eventstore"
)

var (
	ctx      = context.Background()
	world    *commandstest.World
	handlers *commandsuser.Handlers
)

var _ = BeforeEach(func() { world = commandstest.New(); handlers = commandsuser.New(world.Bus) })

func create(caller commands.Caller, c commandsuser.Create) (commandsuser.Created, error) {
	if c.Email == "" {
		c.Email = c.Username + "@example.org"
	}
	outcome, err := handlers.Create(ctx, caller, c)
	return outcome.Result, err
}

func handleOf(made commandsuser.Created) string {
	return world.Of(made.ChannelID.Stream())[0].(channel.Created).Handle
}

var _ = Describe("Creating a person", func() {
	It("makes user, account, the list of videos to watch later and a channel in one append", func() {
		ada := world.Person("ada", user.Ordinary)
		Expect(world.All()).To(HaveExactElements(
			HaveField("Type", "user.created"), HaveField("Type", "account.created"), HaveField("Type", "playlist.created"),
			HaveField("Type", "channel.created")))
		Expect(handleOf(ada.Created)).To(Equal("ada_channel"))
		Expect(handlers.User(ctx, ada.UserID)).To(HaveField("Username", "ada"))
	})
	It("claims names, address and numbers", func() {
		ada := world.Person("ada", user.Ordinary)
		Expect(world.Holder("username", "ada")).To(Equal(ada.UserID.String()))
		Expect(world.Holder("actor-name", "ada")).To(Equal(ada.AccountID.Stream().String()))
		Expect(world.Holder("actor-name", "ada_channel")).To(Equal(ada.ChannelID.Stream().String()))
		Expect(world.Holder("email", world.Bus.BlindEmail("ada@example.org"))).To(Equal(ada.UserID.String()))
		number := eventstore.IntegerClaim("user", ada.UserInteger)
		Expect(world.Holder(number.Kind, number.Key)).To(Equal(ada.UserID.String()))
	})
	It("keeps hash and keys in the vault and the address sealed", func() {
		world.Person("ada", user.Ordinary)
		for _, e := range world.All() {
			Expect(string(e.Payload)).NotTo(Or(ContainSubstring("hash of"), ContainSubstring("secret of"), ContainSubstring("ada@")))
		}
	})

	DescribeTable("refuses what is taken", func(c commandsuser.Create, message string) {
		world.Person("ada", user.Ordinary)
		before := world.Head()
		c.Role = user.Ordinary
		_, err := create(commandstest.System, c)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
		Expect(err).To(MatchError(message))
		Expect(world.Head()).To(Equal(before))
	},
		Entry("a name", commandsuser.Create{Username: "ada", Email: "x@example.org"}, "User with this username or email already exists."),
		Entry("an address, in other letters", commandsuser.Create{Username: "bob", Email: "Ada@Example.org"}, "User with this username or email already exists."),
		Entry("a channel's handle", commandsuser.Create{Username: "bob", ChannelHandle: "ada_channel", ChannelName: "x"}, "Channel with name ada_channel already exists."),
		Entry("an account's name as a handle", commandsuser.Create{Username: "bob", ChannelHandle: "ada", ChannelName: "x"}, "Channel with name ada already exists."),
		Entry("a channel's handle as a name", commandsuser.Create{Username: "ada_channel"}, "User with this username or email already exists."),
	)
	DescribeTable("refuses what is wrong", func(c commandsuser.Create, field string) {
		c.Role = user.Ordinary
		_, err := create(commandstest.System, c)
		Expect(err).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid, Field: field}))
	},
		Entry("a name", commandsuser.Create{Username: "Ada!"}, "username"),
		Entry("a handle", commandsuser.Create{Username: "ada", ChannelHandle: "No!", ChannelName: "x"}, "channelName"),
		Entry("a channel with the user's name", commandsuser.Create{Username: "ada", ChannelHandle: "ada", ChannelName: "x"}, "channelName"),
		Entry("nothing", commandsuser.Create{}, "username"),
	)
	It("numbers the handle of a first channel where it is taken, as PeerTube does", func() {
		world.Person("bob", user.Ordinary, func(c *commandsuser.Create) { c.ChannelHandle, c.ChannelName = "ada_channel", "x" })
		Expect(handleOf(world.Person("ada", user.Ordinary).Created)).To(Equal("ada_channel-1"))
	})
	It("shortens the handle of a first channel to what fits", func() {
		made, err := create(commandstest.System, commandsuser.Create{Username: strings.Repeat("a", 50), Role: user.Ordinary})
		Expect(err).NotTo(HaveOccurred())
		Expect(handleOf(made)).To(Equal(strings.Repeat("a", 39) + "_channel"))
	})

	DescribeTable("is for", func(by user.Role, made user.Role, code kernel.Code) {
		caller := world.Person("caller", by).Caller
		_, err := create(caller, commandsuser.Create{Username: "new", Role: made})
		Expect(kernel.CodeOf(err)).To(Equal(code))
	},
		Entry("administrators", user.Administrator, user.Administrator, kernel.Code("")),
		Entry("moderators, of ordinary users", user.Moderator, user.Ordinary, kernel.Code("")),
		Entry("no moderators, of moderators", user.Moderator, user.Moderator, kernel.CodeForbidden),
		Entry("no moderators, of administrators", user.Moderator, user.Administrator, kernel.CodeForbidden),
		Entry("no ordinary users", user.Ordinary, user.Ordinary, kernel.CodeForbidden),
	)
})

var _ = Describe("Credentials", func() {
	DescribeTable("are found by", func(by string) {
		ada := world.Person("ada", user.Ordinary)
		c, found, err := handlers.Credentials(ctx, by)
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeTrue())
		Expect(c.User.ID).To(Equal(ada.UserID))
		Expect(string(c.PasswordHash)).To(Equal("hash of ada"))
	}, Entry("name", "ada"), Entry("name with a capital", "Ada"), Entry("address", "ada@example.org"), Entry("address in other letters", "ADA@example.org"))
	DescribeTable("are none for", func(by string) {
		world.Person("ada", user.Ordinary)
		_, found, err := handlers.Credentials(ctx, by)
		Expect(err).NotTo(HaveOccurred())
		Expect(found).To(BeFalse())
	}, Entry("nothing", ""), Entry("somebody else", "bob"), Entry("another address", "bob@example.org"), Entry("bytes that are no name", "b\x00\xff"))
})

var _ = Describe("Changing a password", func() {
	change := func(caller commands.Caller, of kernel.UserID) error {
		_, err := handlers.ChangePassword(ctx, caller, commandsuser.ChangePassword{UserID: of, PasswordHash: []byte("new hash")})
		return err
	}
	It("counts at once", func() {
		ada := world.Person("ada", user.Ordinary)
		Expect(change(ada.Caller, ada.UserID)).To(Succeed())
		c, _, err := handlers.Credentials(ctx, "ada")
		Expect(err).NotTo(HaveOccurred())
		Expect(string(c.PasswordHash)).To(Equal("new hash"))
	})
	DescribeTable("of another is for", func(by, of user.Role, code kernel.Code) {
		caller, target := world.Person("caller", by), world.Person("target", of)
		Expect(kernel.CodeOf(change(caller.Caller, target.UserID))).To(Equal(code))
	},
		Entry("administrators", user.Administrator, user.Administrator, kernel.Code("")),
		Entry("moderators, of ordinary users", user.Moderator, user.Ordinary, kernel.Code("")),
		Entry("no moderators, of administrators", user.Moderator, user.Administrator, kernel.CodeForbidden),
		Entry("no ordinary users", user.Ordinary, user.Ordinary, kernel.CodeForbidden),
	)
	It("of nobody is refused", func() {
		Expect(kernel.CodeOf(change(commandstest.System, kernel.UserID{}))).To(Equal(kernel.CodeNotFound))
		Expect(kernel.CodeOf(change(commands.Anonymous(), kernel.UserID{}))).To(Equal(kernel.CodeUnauthenticated))
	})
})
