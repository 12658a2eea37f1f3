package channel_test

import (
	"context"
	"fmt"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands"
	commandschannel "vidilog/commands/channel"
	"vidilog/commands/commandstest"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/actor"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

var (
	ctx      = context.Background()
	world    *commandstest.World
	handlers *commandschannel.Handlers
	ada, bob commandstest.Person
)

var _ = BeforeEach(func() {
	world = commandstest.New()
	handlers = commandschannel.New(world.Bus)
	ada, bob = world.Person("ada", user.Ordinary), world.Person("bob", user.Ordinary)
})

func text(s string) *string { return &s }

func open(p commandstest.Person, handle string) (kernel.ChannelID, error) {
	outcome, err := handlers.Create(ctx, p.Caller, commandschannel.Create{
		Handle: handle, DisplayName: "A channel", PublicKeyPEM: "key", PrivateKeyPEM: []byte("secret"), MaxChannels: 3,
	})
	return outcome.Result.ChannelID, err
}

var _ = Describe("Opening a channel", func() {
	It("belongs to the caller's account, under a handle and a number of its own", func() {
		id, err := open(ada, "news")
		Expect(err).NotTo(HaveOccurred())
		Expect(handlers.Channel(ctx, id)).To(And(HaveField("Handle", "news"), HaveField("OwnerID", ada.UserID), HaveField("AccountID", ada.AccountID)))
		Expect(world.Holder("actor-name", "news")).To(Equal(id.Stream().String()))
	})
	DescribeTable("refuses a handle that is taken by", func(handle string) {
		_, err := open(bob, handle)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
	}, Entry("a channel", "ada_channel"), Entry("an account", "ada"), Entry("one's own account", "bob"))
	It("is refused beyond the limit", func() {
		for n := range 2 {
			_, err := open(ada, fmt.Sprint("channel", n))
			Expect(err).NotTo(HaveOccurred())
		}
		_, err := open(ada, "another")
		Expect(err).To(MatchError(&kernel.Error{Code: kernel.CodeInvalid}))
	})
	It("needs somebody", func() {
		_, err := handlers.Create(ctx, commands.Anonymous(), commandschannel.Create{Handle: "x"})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeUnauthenticated))
	})
})

var _ = Describe("Changing a channel", func() {
	DescribeTable("is for its owner and those who manage any", func(change func(commands.Caller) error) {
		moderator := world.Person("mod", user.Moderator)
		Expect(change(ada.Caller)).To(Succeed())
		Expect(change(moderator.Caller)).To(Succeed())
		Expect(kernel.CodeOf(change(bob.Caller))).To(Equal(kernel.CodeForbidden))
	},
		Entry("names", func(by commands.Caller) error {
			_, err := handlers.Update(ctx, by, commandschannel.Update{ChannelID: ada.ChannelID, DisplayName: text("News of " + by.UserID.String())})
			return err
		}),
		Entry("avatar", func(by commands.Caller) error {
			_, err := handlers.ChangeAvatar(ctx, by, commandschannel.ChangeAvatar{ChannelID: ada.ChannelID, Avatars: []actor.Image{{FileName: "a"}}})
			return err
		}),
		Entry("banner", func(by commands.Caller) error {
			_, err := handlers.ChangeBanner(ctx, by, commandschannel.ChangeBanner{ChannelID: ada.ChannelID, Banners: []actor.Image{{FileName: "a"}}})
			return err
		}),
	)
	It("gives its support text to its videos, and to no others", func() {
		second, err := open(ada, "second")
		Expect(err).NotTo(HaveOccurred())
		film := world.Film(ada)
		other := world.Film(ada, func(c *commandsvideo.Upload) { c.ChannelID = second })
		_, err = handlers.Update(ctx, ada.Caller, commandschannel.Update{ChannelID: ada.ChannelID, Support: text("give"), SpreadSupport: true})
		Expect(err).NotTo(HaveOccurred())
		step := func() {
			_, err := commands.Together(ctx, world.Bus, commandstest.System, "test", func(ctx context.Context, w *commands.Work) error {
				_, err := commands.Within(ctx, w, commandschannel.SpreadSupportSpec, commandschannel.SpreadSupport{ChannelID: ada.ChannelID})
				return err
			})
			ExpectWithOffset(1, err).NotTo(HaveOccurred())
		}
		step()
		videos := commandsvideo.New(world.Bus)
		Expect(videos.Video(ctx, film)).To(HaveField("Attributes.Support", text("give")))
		Expect(videos.Video(ctx, other)).To(HaveField("Attributes.Support", BeNil()))
		head := world.Head()
		step()
		Expect(world.Head()).To(Equal(head), "a second step has nothing to do")
	})
})

var _ = Describe("Deleting a channel", func() {
	It("is refused for the last one of somebody", func() {
		_, err := handlers.Delete(ctx, ada.Caller, commandschannel.Delete{ChannelID: ada.ChannelID})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeConflict))
	})
	It("is refused for others and for what is gone", func() {
		id, err := open(ada, "second")
		Expect(err).NotTo(HaveOccurred())
		_, err = handlers.Delete(ctx, bob.Caller, commandschannel.Delete{ChannelID: id})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeForbidden))
		_, err = handlers.Delete(ctx, ada.Caller, commandschannel.Delete{ChannelID: id})
		Expect(err).NotTo(HaveOccurred())
		_, err = handlers.Delete(ctx, ada.Caller, commandschannel.Delete{ChannelID: id})
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeNotFound))
	})
	It("deletes its videos, in steps that an append can hold, and gives their bytes back", func() {
		id, err := open(ada, "second")
		Expect(err).NotTo(HaveOccurred())
		kept := world.Film(ada)
		for range 101 {
			world.Film(ada, func(c *commandsvideo.Upload) { c.ChannelID = id })
		}
		before := world.Head()
		_, err = handlers.Delete(ctx, ada.Caller, commandschannel.Delete{ChannelID: id})
		Expect(err).NotTo(HaveOccurred())
		var deleted int
		var steps []channel.VideosRemoved
		for _, e := range world.After(before) {
			switch e := e.(type) {
			case video.Deleted:
				deleted++
			case channel.VideosRemoved:
				steps = append(steps, e)
			}
		}
		Expect(deleted).To(Equal(101))
		Expect(steps).To(HaveExactElements(
			And(HaveField("Videos", 100), HaveField("More", true)), And(HaveField("Videos", 1), HaveField("More", false))))
		videos := commandsvideo.New(world.Bus)
		Expect(videos.Video(ctx, kept)).To(HaveField("Deleted", false))
		Expect(videos.FitsQuota(ctx, ada.UserID, 1)).To(Succeed())
	})
	It("takes no more uploads", func() {
		id, err := open(ada, "second")
		Expect(err).NotTo(HaveOccurred())
		_, err = handlers.Delete(ctx, ada.Caller, commandschannel.Delete{ChannelID: id})
		Expect(err).NotTo(HaveOccurred())
		_, err = commandsvideo.New(world.Bus).Upload(ctx, ada.Caller, world.Upload(ada, func(c *commandsvideo.Upload) { c.ChannelID = id }))
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeInvalid))
	})
})
