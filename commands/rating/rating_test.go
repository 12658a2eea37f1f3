package rating_test

import (
	"context"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands"
	"vidilog/commands/commandstest"
	commandsrating "vidilog/commands/rating"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/rating"
	"vidilog/domain/user"
)

var _ = Describe("Rating a video", func() {
	var (
		ctx      = context.Background()
		world    *commandstest.World
		handlers *commandsrating.Handlers
		ada, bob commandstest.Person
		film     kernel.VideoID
	)
	BeforeEach(func() {
		world = commandstest.New()
		handlers = commandsrating.New(world.Bus)
		ada, bob = world.Person("ada", user.Ordinary), world.Person("bob", user.Ordinary)
		film = world.Film(ada)
	})
	rate := func(caller commands.Caller, id kernel.VideoID, r rating.Rating) error {
		_, err := handlers.Rate(ctx, caller, commandsrating.Rate{VideoID: id, Rating: r})
		return err
	}

	It("is recorded once for each change of mind, whoever's the video is", func() {
		before := world.Head()
		Expect(rate(bob.Caller, film, rating.Like)).To(Succeed())
		Expect(rate(bob.Caller, film, rating.Like)).To(Succeed())
		Expect(rate(bob.Caller, film, rating.Dislike)).To(Succeed())
		Expect(rate(ada.Caller, film, rating.Like)).To(Succeed())
		Expect(world.After(before)).To(HaveExactElements(
			rating.Changed{AccountID: bob.AccountID, VideoID: film, Rating: rating.Like, Was: rating.None},
			rating.Changed{AccountID: bob.AccountID, VideoID: film, Rating: rating.Dislike, Was: rating.Like},
			rating.Changed{AccountID: ada.AccountID, VideoID: film, Rating: rating.Like, Was: rating.None}))
	})
	It("is refused to nobody, for a video that is not there or gone, and for a word that is no rating", func() {
		Expect(kernel.CodeOf(rate(commands.Anonymous(), film, rating.Like))).To(Equal(kernel.CodeUnauthenticated))
		Expect(kernel.CodeOf(rate(bob.Caller, kernel.VideoID{UUID: uuid.New()}, rating.Like))).To(Equal(kernel.CodeNotFound))
		Expect(kernel.CodeOf(rate(bob.Caller, film, "likes"))).To(Equal(kernel.CodeInvalid))
		_, err := commandsvideo.New(world.Bus).Delete(ctx, ada.Caller, commandsvideo.Delete{VideoID: film})
		Expect(err).NotTo(HaveOccurred())
		Expect(kernel.CodeOf(rate(bob.Caller, film, rating.Like))).To(Equal(kernel.CodeNotFound))
	})
})
