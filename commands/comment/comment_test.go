package comment_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands"
	"vidilog/commands/commandstest"
	commandscomment "vidilog/commands/comment"
	commandsuser "vidilog/commands/user"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/account"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
)

var (
	ctx                  = context.Background()
	world                *commandstest.World
	handlers             *commandscomment.Handlers
	ada, bob, carla, mod commandstest.Person
	film                 kernel.VideoID
)

var _ = BeforeEach(func() {
	world = commandstest.New()
	handlers = commandscomment.New(world.Bus)
	ada, bob, carla = world.Person("ada", user.Ordinary), world.Person("bob", user.Ordinary), world.Person("carla", user.Ordinary)
	mod = world.Person("mod", user.Moderator)
	film = world.Film(ada)
})

// policed is a film of ada's with another policy.
func policed(policy video.CommentsPolicy) kernel.VideoID {
	return world.Film(ada, func(u *commandsvideo.Upload) { u.Attributes.CommentsPolicy = policy })
}

func start(p commandstest.Person, id kernel.VideoID) (int64, error) {
	outcome, err := handlers.StartThread(ctx, p.Caller, commandscomment.StartThread{VideoID: id, Text: "first"})
	return outcome.Result.CommentID, err
}

func started(p commandstest.Person, id kernel.VideoID) int64 {
	GinkgoHelper()
	number, err := start(p, id)
	Expect(err).NotTo(HaveOccurred())
	return number
}

func answer(p commandstest.Person, id kernel.VideoID, to int64) (int64, error) {
	outcome, err := handlers.Reply(ctx, p.Caller, commandscomment.Reply{VideoID: id, InReplyTo: to, Text: "second"})
	return outcome.Result.CommentID, err
}

func approve(p commandstest.Person, id kernel.VideoID, number int64) error {
	_, err := handlers.Approve(ctx, p.Caller, commandscomment.Approve{VideoID: id, CommentID: number})
	return err
}

func remove(p commandstest.Person, id kernel.VideoID, number int64) error {
	_, err := handlers.Delete(ctx, p.Caller, commandscomment.Delete{VideoID: id, CommentID: number})
	return err
}

func author(p commandstest.Person) comment.Author {
	return comment.Author{AccountID: p.AccountID, UserID: p.UserID}
}

func refusedAs(code kernel.Code, detail string) func(error) {
	return func(err error) {
		GinkgoHelper()
		Expect(kernel.CodeOf(err)).To(Equal(code))
		Expect(err).To(MatchError(ContainSubstring(detail)))
	}
}

func apiCode(err error) string {
	var refusal *kernel.Error
	Expect(errors.As(err, &refusal)).To(BeTrue())
	return refusal.APICode
}

var _ = Describe("Commenting a video", func() {
	It("is for everybody who is logged in", func() {
		before := world.Head()
		number := started(bob, film)
		reply, err := answer(ada, film, number)
		Expect(err).NotTo(HaveOccurred())
		Expect(world.After(before)).To(HaveExactElements(
			comment.ThreadStarted{CommentID: number, VideoID: film, Author: author(bob), Text: "first"},
			comment.Replied{CommentID: reply, ThreadID: number, InReplyTo: number, VideoID: film, Author: author(ada), Text: "second"}))
		Expect(reply).To(Equal(number + 1))
	})
	It("keeps the text unreadable in the log", func() {
		started(bob, film)
		recorded, err := world.Log.Read(ctx, world.Head()-1, 1)
		Expect(err).NotTo(HaveOccurred())
		Expect(string(recorded[0].Payload)).NotTo(ContainSubstring("first"))
	})
	It("is refused to nobody, and for videos that are not there", func() {
		_, err := handlers.StartThread(ctx, commands.Anonymous(), commandscomment.StartThread{VideoID: film, Text: "x"})
		refusedAs(kernel.CodeUnauthenticated, "")(err)
		_, err = start(bob, kernel.VideoID{UUID: uuid.New()})
		refusedAs(kernel.CodeNotFound, "Video not found")(err)
		number := started(bob, film)
		_, err = commandsvideo.New(world.Bus).Delete(ctx, ada.Caller, commandsvideo.Delete{VideoID: film})
		Expect(err).NotTo(HaveOccurred())
		_, err = start(bob, film)
		refusedAs(kernel.CodeNotFound, "Video not found")(err)
		_, err = answer(bob, film, number)
		refusedAs(kernel.CodeNotFound, "Video not found")(err)
		refusedAs(kernel.CodeNotFound, "Video not found")(remove(bob, film, number))
	})
	It("needs a text", func() {
		for _, text := range []string{"", strings.Repeat("x", 10_001)} {
			_, err := handlers.StartThread(ctx, bob.Caller, commandscomment.StartThread{VideoID: film, Text: text})
			refusedAs(kernel.CodeInvalid, "text")(err)
			_, err = handlers.Reply(ctx, bob.Caller, commandscomment.Reply{VideoID: film, InReplyTo: 1, Text: text})
			refusedAs(kernel.CodeInvalid, "text")(err)
		}
	})
	It("is lost to no deletion of the video, and to no change of its policy, at the same moment", func() {
		var once sync.Once
		meanwhile := func(do func()) {
			once = sync.Once{}
			world.Log.BeforeAppend = func(a eventstore.Append) {
				if strings.HasPrefix(a.Command.Type, "comment.") {
					once.Do(do)
				}
			}
		}
		meanwhile(func() {
			attributes := world.Upload(ada).Attributes
			attributes.CommentsPolicy = video.CommentsDisabled
			world.Record(film.Stream(), video.Updated{VideoID: film, ChannelID: ada.ChannelID, Attributes: attributes})
		})
		_, err := start(bob, film)
		refusedAs(kernel.CodeConflict, "Video comments are disabled for this video.")(err)
		other := world.Film(ada)
		meanwhile(func() { world.Record(other.Stream(), video.Deleted{VideoID: other, OwnerID: ada.UserID}) })
		_, err = start(bob, other)
		refusedAs(kernel.CodeNotFound, "Video not found")(err)
	})
	It("answers the first comment to a repeated command id", func() {
		again := bob.Caller
		again.CommandID = "one"
		first, err := handlers.StartThread(ctx, again, commandscomment.StartThread{VideoID: film, Text: "x"})
		Expect(err).NotTo(HaveOccurred())
		head := world.Head()
		second, err := handlers.StartThread(ctx, again, commandscomment.StartThread{VideoID: film, Text: "x"})
		Expect(err).NotTo(HaveOccurred())
		Expect(second).To(And(HaveField("Repeated", true), HaveField("Result", first.Result), HaveField("Position", first.Position)))
		Expect(world.Head()).To(Equal(head))
		_, err = handlers.StartThread(ctx, again, commandscomment.StartThread{VideoID: film, Text: "y"})
		refusedAs(kernel.CodeConflict, "")(err)
	})
})

var _ = Describe("Replying", func() {
	It("is refused for comments that are not there, of another video, or deleted", func() {
		number := started(bob, film)
		_, err := answer(bob, film, 4711)
		refusedAs(kernel.CodeNotFound, "Video comment thread not found")(err)
		_, err = answer(bob, world.Film(ada), number)
		refusedAs(kernel.CodeInvalid, "Video comment is not associated to this video.")(err)
		Expect(apiCode(err)).To(Equal("comment_not_associated_to_video"))
		Expect(remove(bob, film, number)).To(Succeed())
		_, err = answer(ada, film, number)
		refusedAs(kernel.CodeConflict, "This comment is deleted")(err)
	})
	It("never gets lost in a long thread", func() {
		number := started(bob, film)
		before := len(world.All())
		for range 301 {
			_, err := answer(ada, film, number)
			Expect(err).NotTo(HaveOccurred())
		}
		all := world.All()[before:]
		streams := map[kernel.StreamID]int{}
		for _, e := range all {
			Expect(e.Data).To(HaveField("ThreadID", number))
			streams[e.Stream]++
		}
		Expect(streams).To(HaveLen(3), "299 replies beside the first comment, and one each in two streams of their own")
		last := all[len(all)-1]
		further, err := answer(bob, film, last.Data.(comment.Replied).CommentID)
		Expect(err).NotTo(HaveOccurred())
		Expect(world.Of(last.Stream)).To(HaveLen(2))
		Expect(remove(bob, film, further)).To(Succeed())
		Expect(world.Of(last.Stream)).To(HaveLen(3))

		// The deletion of what is answered wins over an answer that goes to another stream.
		var once sync.Once
		world.Log.BeforeAppend = func(a eventstore.Append) {
			if a.Command.Type == "comment.reply" {
				once.Do(func() { Expect(remove(bob, film, number)).To(Succeed()) })
			}
		}
		_, err = answer(ada, film, number)
		refusedAs(kernel.CodeConflict, "This comment is deleted")(err)
	})
})

var _ = Describe("The policy of a video", func() {
	It("forbids comments, and nobody is above it", func() {
		closed := policed(video.CommentsDisabled)
		for _, p := range []commandstest.Person{ada, bob, mod} {
			_, err := start(p, closed)
			refusedAs(kernel.CodeConflict, "Video comments are disabled for this video.")(err)
		}
	})
	It("holds what others than the owner and moderators write", func() {
		reviewed := policed(video.CommentsRequiresApproval)
		for p, held := range map[*commandstest.Person]bool{&ada: false, &bob: true, &mod: false} {
			before := world.Head()
			number := started(*p, reviewed)
			Expect(world.After(before)).To(HaveExactElements(HaveField("HeldForReview", held)))
			_, err := answer(*p, reviewed, number)
			Expect(err).NotTo(HaveOccurred(), "people may answer themselves")
			Expect(world.After(before)[1]).To(HaveField("HeldForReview", held))
		}
		number := started(bob, reviewed)
		_, err := answer(carla, reviewed, number)
		refusedAs(kernel.CodeNotFound, "Video comment thread not found")(err)
		for _, p := range []commandstest.Person{ada, mod} {
			_, err = answer(p, reviewed, number)
			Expect(err).NotTo(HaveOccurred())
		}
	})
	It("lets the owner and moderators approve", func() {
		reviewed := policed(video.CommentsRequiresApproval)
		first, second := started(bob, reviewed), started(bob, reviewed)
		refusedAs(kernel.CodeForbidden, "Cannot approve video comment of another user")(approve(bob, reviewed, first))
		before := world.Head()
		Expect(approve(ada, reviewed, first)).To(Succeed())
		Expect(approve(mod, reviewed, second)).To(Succeed())
		Expect(world.After(before)).To(HaveExactElements(
			comment.Approved{CommentID: first, VideoID: reviewed}, comment.Approved{CommentID: second, VideoID: reviewed}))
		refusedAs(kernel.CodeInvalid, "This comment is not held for review")(approve(bob, reviewed, first))
		Expect(remove(bob, reviewed, first)).To(Succeed())
		refusedAs(kernel.CodeConflict, "This comment is deleted")(approve(bob, reviewed, first))
		refusedAs(kernel.CodeNotFound, "Video comment thread not found")(approve(ada, reviewed, 4711))
		Expect(apiCode(approve(ada, film, second))).To(Equal("comment_not_associated_to_video"))
	})
})

var _ = Describe("Deleting a comment", func() {
	It("is for its author, the video's owner and moderators, and says as which of them", func() {
		for p, by := range map[*commandstest.Person]comment.Remover{&bob: comment.ByAuthor, &ada: comment.ByVideoOwner, &mod: comment.ByModerator} {
			number := started(bob, film)
			refusedAs(kernel.CodeForbidden, "Cannot remove video comment of another user")(remove(carla, film, number))
			before := world.Head()
			Expect(remove(*p, film, number)).To(Succeed())
			Expect(world.After(before)).To(HaveExactElements(comment.Deleted{CommentID: number, VideoID: film, By: by}))
			refusedAs(kernel.CodeConflict, "This comment is already deleted")(remove(carla, film, number))
		}
	})
	It("is refused for comments that are not there or of another video", func() {
		number := started(bob, film)
		refusedAs(kernel.CodeNotFound, "Video comment thread not found")(remove(bob, film, 4711))
		Expect(apiCode(remove(bob, world.Film(ada), number))).To(Equal("comment_not_associated_to_video"))
	})
})

var _ = Describe("Removing everything that an account has written", func() {
	deletions := func(before eventstore.Position) (numbers []int64) {
		for _, e := range world.After(before) {
			if d, ok := e.(comment.Deleted); ok {
				numbers = append(numbers, d.CommentID)
			}
		}
		return numbers
	}

	It("is for moderators, everywhere", func() {
		own := world.Film(bob)
		first, second, third := started(bob, film), started(bob, own), started(ada, film)
		Expect(remove(bob, film, started(bob, film))).To(Succeed())
		before := world.Head()
		_, err := handlers.RemoveOf(ctx, carla.Caller, commandscomment.RemoveOf{AccountID: bob.AccountID, Everywhere: true})
		refusedAs(kernel.CodeForbidden, "User cannot remove any comments of this instance.")(err)
		reached, err := handlers.RemoveOf(ctx, mod.Caller, commandscomment.RemoveOf{AccountID: bob.AccountID, Everywhere: true})
		Expect(err).NotTo(HaveOccurred())
		Expect(reached).To(Equal(world.Head()))
		Expect(deletions(before)).To(Equal([]int64{first, second}))
		Expect(remove(ada, film, third)).To(Succeed())
	})
	It("is for everybody below their own videos, through all steps", func() {
		own := world.Film(carla)
		var below []int64
		for range 130 {
			started(bob, film)
			below = append(below, started(bob, own))
		}
		before := world.Head()
		once := carla.Caller
		once.CommandID = "one"
		for range 2 {
			_, err := handlers.RemoveOf(ctx, once, commandscomment.RemoveOf{AccountID: bob.AccountID})
			Expect(err).NotTo(HaveOccurred())
		}
		Expect(deletions(before)).To(Equal(below))
		Expect(world.After(before)).To(HaveEach(HaveField("By", comment.ByVideoOwner)))
	})
	It("happens when the account goes, without loss when the server stops between two steps", func() {
		var written []int64
		for range 620 {
			written = append(written, started(bob, film))
		}
		kept := started(ada, film)
		before := world.Head()
		_, err := commandsuser.New(world.Bus).Delete(ctx, mod.Caller, commandsuser.Delete{UserID: bob.UserID})
		Expect(err).NotTo(HaveOccurred())
		Expect(deletions(before)).To(Equal(written[:500]), "while somebody waits; the process does the rest")
		for n := range 2 {
			_, err = commands.Run(ctx, world.Bus, commandstest.System, commandscomment.RemoveAllSpec, commandscomment.RemoveAll{AccountID: bob.AccountID})
			Expect(err).NotTo(HaveOccurred(), fmt.Sprint(n))
		}
		Expect(deletions(before)).To(Equal(written))
		steps := world.Of(bob.AccountID.Stream())
		Expect(steps[len(steps)-1]).To(Equal(account.CommentsRemoved{AccountID: bob.AccountID, Comments: 20}))
		Expect(remove(ada, film, kept)).To(Succeed())
		_, err = commands.Run(ctx, world.Bus, commandstest.System, commandscomment.RemoveAllSpec, commandscomment.RemoveAll{AccountID: ada.AccountID})
		refusedAs(kernel.CodeConflict, "stands")(err)
	})
	It("leaves no comment that is written at the same moment", func() {
		var once sync.Once
		world.Log.BeforeAppend = func(a eventstore.Append) {
			if a.Command.Type == "comment.start-thread" {
				once.Do(func() {
					_, err := commandsuser.New(world.Bus).Delete(ctx, mod.Caller, commandsuser.Delete{UserID: bob.UserID})
					Expect(err).NotTo(HaveOccurred())
				})
			}
		}
		_, err := start(bob, film)
		refusedAs(kernel.CodeForbidden, "Only people can comment videos.")(err)
	})
})
