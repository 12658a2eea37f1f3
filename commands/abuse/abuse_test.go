package abuse_test

import (
	"bytes"
	"context"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/commands"
	commandsabuse "vidilog/commands/abuse"
	"vidilog/commands/commandstest"
	commandscomment "vidilog/commands/comment"
	commandsuser "vidilog/commands/user"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/abuse"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
)

var (
	ctx           = context.Background()
	world         *commandstest.World
	handlers      *commandsabuse.Handlers
	talk          *commandscomment.Handlers
	ada, bob, eve commandstest.Person
	mona          commandstest.Person
	film          kernel.VideoID
)

var _ = BeforeEach(func() {
	world = commandstest.New()
	handlers, talk = commandsabuse.New(world.Bus), commandscomment.New(world.Bus)
	ada, bob, eve = world.Person("ada", user.Ordinary), world.Person("bob", user.Ordinary), world.Person("eve", user.Ordinary)
	mona = world.Person("mona", user.Moderator)
	film = world.Film(ada)
})

func report(caller commands.Caller, c commandsabuse.Report) (commandsabuse.Reported, error) {
	if c.Reason == "" {
		c.Reason = "not nice"
	}
	outcome, err := handlers.Report(ctx, caller, c)
	return outcome.Result, err
}

// comments are a thread of one person below the film, and an answer of another to it.
func comments(first, second commandstest.Person) (thread, reply int64) {
	GinkgoHelper()
	started, err := talk.StartThread(ctx, first.Caller, commandscomment.StartThread{VideoID: film, Text: "first"})
	Expect(err).NotTo(HaveOccurred())
	answered, err := talk.Reply(ctx, second.Caller, commandscomment.Reply{VideoID: film, InReplyTo: started.Result.CommentID, Text: "second"})
	Expect(err).NotTo(HaveOccurred())
	return started.Result.CommentID, answered.Result.CommentID
}

// reported is bob's report of ada's film.
func reported() kernel.AbuseID {
	GinkgoHelper()
	made, err := report(bob.Caller, commandsabuse.Report{VideoID: &film})
	Expect(err).NotTo(HaveOccurred())
	return made.AbuseID
}

func write(caller commands.Caller, id kernel.AbuseID, text string) (int64, error) {
	outcome, err := handlers.AddMessage(ctx, caller, commandsabuse.AddMessage{AbuseID: id, Text: text})
	return outcome.Result.MessageID, err
}

func code(_ any, err error) kernel.Code { return kernel.CodeOf(err) }

var _ = Describe("Reporting", func() {
	It("a video keeps what is shown of it, under a number that leads to the report", func() {
		before, start, end := world.Head(), 1, 5
		made, err := report(bob.Caller, commandsabuse.Report{
			VideoID: &film, StartAt: &start, EndAt: &end, PredefinedReasons: []abuse.PredefinedReason{"captions"},
		})
		Expect(err).NotTo(HaveOccurred())
		Expect(world.After(before)).To(HaveExactElements(abuse.Reported{
			AbuseID: made.AbuseID, IntegerID: 1, ReporterID: bob.UserID, ReporterAccountID: bob.AccountID, FlaggedAccountID: ada.AccountID,
			Reason: "not nice", PredefinedReasons: []abuse.PredefinedReason{"captions"},
			Video: &abuse.ReportedVideo{
				VideoID: film, IntegerID: 1, Name: "A film", ChannelID: ada.ChannelID, ChannelIntegerID: 1, ChannelHandle: "ada_channel",
				ChannelName: "Main ada channel", StartAt: &start, EndAt: &end,
			},
		}))
		number := eventstore.IntegerClaim("abuse", 1)
		Expect(world.Holder(number.Kind, number.Key)).To(Equal(made.AbuseID.String()))
	})
	It("an account names nothing else", func() {
		before := world.Head()
		_, err := report(bob.Caller, commandsabuse.Report{AccountID: &ada.AccountID})
		Expect(err).NotTo(HaveOccurred())
		Expect(world.After(before)).To(HaveExactElements(And(HaveField("FlaggedAccountID", ada.AccountID), HaveField("Video", BeNil()))))
	})
	It("a comment keeps which one it is, but not what it says", func() {
		thread, reply := comments(ada, bob)
		before := world.Head()
		_, err := report(eve.Caller, commandsabuse.Report{CommentID: &reply})
		Expect(err).NotTo(HaveOccurred())
		Expect(world.After(before)).To(HaveExactElements(And(HaveField("FlaggedAccountID", bob.AccountID), HaveField("Video", BeNil()),
			HaveField("Comment", &abuse.ReportedComment{
				CommentID: reply, ThreadID: thread, VideoID: film, VideoIntegerID: 1, VideoName: "A film",
			}))))
	})
	It("a comment is refused when it is gone, held for review, or below a private video", func() {
		_, reply := comments(ada, bob)
		unknown := int64(99)
		Expect(code(report(eve.Caller, commandsabuse.Report{CommentID: &unknown}))).To(Equal(kernel.CodeNotFound))
		_, err := talk.Delete(ctx, bob.Caller, commandscomment.Delete{VideoID: film, CommentID: reply})
		Expect(err).NotTo(HaveOccurred())
		Expect(code(report(eve.Caller, commandsabuse.Report{CommentID: &reply}))).To(Equal(kernel.CodeNotFound))

		film = world.Film(ada, func(c *commandsvideo.Upload) { c.Attributes.CommentsPolicy = video.CommentsRequiresApproval })
		held, err := talk.StartThread(ctx, bob.Caller, commandscomment.StartThread{VideoID: film, Text: "first"})
		Expect(err).NotTo(HaveOccurred())
		Expect(code(report(eve.Caller, commandsabuse.Report{CommentID: &held.Result.CommentID}))).To(Equal(kernel.CodeNotFound))
		for _, who := range []commandstest.Person{ada, mona, bob} {
			Expect(code(report(who.Caller, commandsabuse.Report{CommentID: &held.Result.CommentID}))).To(BeEmpty())
		}

		film = world.Film(ada, func(c *commandsvideo.Upload) { c.Attributes.Privacy = video.Private })
		hidden, _ := comments(ada, ada)
		Expect(code(report(eve.Caller, commandsabuse.Report{CommentID: &hidden}))).To(Equal(kernel.CodeForbidden))
		_, err = commandsvideo.New(world.Bus).Delete(ctx, ada.Caller, commandsvideo.Delete{VideoID: film})
		Expect(err).NotTo(HaveOccurred())
		Expect(code(report(ada.Caller, commandsabuse.Report{CommentID: &hidden}))).To(Equal(kernel.CodeNotFound))
	})
	It("may be done again by the same person", func() { Expect(reported()).NotTo(Equal(reported())) })
	It("leaves no reason in the log that can be read without the reporter's key", func() {
		made, err := report(bob.Caller, commandsabuse.Report{VideoID: &film, Reason: "a secret reason"})
		Expect(err).NotTo(HaveOccurred())
		stored, err := world.Log.ReadStream(ctx, made.AbuseID.Stream(), 0, 10)
		Expect(err).NotTo(HaveOccurred())
		Expect(bytes.Contains(stored[0].Payload, []byte("secret"))).To(BeFalse())
		Expect(stored[0].KeyRef).To(Equal("user-" + bob.UserID.String()))
	})
	It("is refused for nothing, for what is not there and to nobody", func() {
		Expect(code(report(bob.Caller, commandsabuse.Report{}))).To(Equal(kernel.CodeInvalid))
		Expect(code(report(bob.Caller, commandsabuse.Report{VideoID: &kernel.VideoID{UUID: uuid.New()}}))).To(Equal(kernel.CodeNotFound))
		Expect(code(report(bob.Caller, commandsabuse.Report{AccountID: &kernel.AccountID{UUID: uuid.New()}}))).To(Equal(kernel.CodeNotFound))
		Expect(code(report(commands.Anonymous(), commandsabuse.Report{VideoID: &film}))).To(Equal(kernel.CodeUnauthenticated))
		Expect(code(report(bob.Caller, commandsabuse.Report{VideoID: &film, Reason: "x"}))).To(Equal(kernel.CodeInvalid))
		_, err := commandsvideo.New(world.Bus).Delete(ctx, ada.Caller, commandsvideo.Delete{VideoID: film})
		Expect(err).NotTo(HaveOccurred())
		Expect(code(report(bob.Caller, commandsabuse.Report{VideoID: &film}))).To(Equal(kernel.CodeNotFound))
		_, err = commandsuser.New(world.Bus).Delete(ctx, ada.Caller, commandsuser.Delete{UserID: ada.UserID})
		Expect(err).NotTo(HaveOccurred())
		Expect(code(report(bob.Caller, commandsabuse.Report{AccountID: &ada.AccountID}))).To(Equal(kernel.CodeNotFound))
	})
	It("of a private video is left to those who may see it", func() {
		hidden := world.Film(ada, func(c *commandsvideo.Upload) { c.Attributes.Privacy = video.Private })
		Expect(code(report(bob.Caller, commandsabuse.Report{VideoID: &hidden}))).To(Equal(kernel.CodeForbidden))
		for _, caller := range []commands.Caller{ada.Caller, mona.Caller} {
			Expect(code(report(caller, commandsabuse.Report{VideoID: &hidden}))).To(BeEmpty())
		}
	})
})

var _ = Describe("A report", func() {
	var id kernel.AbuseID
	var before eventstore.Position
	BeforeEach(func() {
		id = reported()
		before = world.Head()
	})
	change := func(caller commands.Caller, c commandsabuse.Change) error {
		_, err := handlers.Change(ctx, caller, c)
		return err
	}
	remove := func(caller commands.Caller, message int64) error {
		_, err := handlers.DeleteMessage(ctx, caller, commandsabuse.DeleteMessage{AbuseID: id, MessageID: message})
		return err
	}
	accepted, note := abuse.Accepted, "seen"

	It("is decided and noted in one append by moderators", func() {
		Expect(change(mona.Caller, commandsabuse.Change{AbuseID: id, State: &accepted, Note: &note})).To(Succeed())
		Expect(change(mona.Caller, commandsabuse.Change{AbuseID: id, State: &accepted, Note: &note})).To(Succeed())
		Expect(change(mona.Caller, commandsabuse.Change{AbuseID: id})).To(Succeed())
		Expect(world.After(before)).To(HaveExactElements(
			abuse.StateSet{AbuseID: id, State: abuse.Accepted, Was: abuse.Pending},
			abuse.NoteWritten{AbuseID: id, AuthorID: mona.UserID, Note: "seen"}))
	})
	It("is decided as a whole or not at all", func() {
		short := "x"
		wrong := commandsabuse.Change{AbuseID: id, State: &accepted, Note: &short}
		Expect(kernel.CodeOf(change(mona.Caller, wrong))).To(Equal(kernel.CodeInvalid))
		Expect(world.Head()).To(Equal(before))
	})
	It("is changed and deleted by moderators only", func() {
		for caller, expected := range map[kernel.UserID]kernel.Code{
			{}: kernel.CodeUnauthenticated, bob.UserID: kernel.CodeForbidden, ada.UserID: kernel.CodeForbidden,
		} {
			who := commands.ForUser(caller, user.Ordinary)
			if caller.IsZero() {
				who = commands.Anonymous()
			}
			Expect(kernel.CodeOf(change(who, commandsabuse.Change{AbuseID: id, State: &accepted}))).To(Equal(expected))
			Expect(code(handlers.Delete(ctx, who, commandsabuse.Delete{AbuseID: id}))).To(Equal(expected))
		}
		Expect(code(handlers.Delete(ctx, mona.Caller, commandsabuse.Delete{AbuseID: id}))).To(BeEmpty())
		Expect(world.After(before)).To(HaveExactElements(abuse.Deleted{AbuseID: id}))
	})
	It("is not found once deleted, nor when it never was", func() {
		Expect(code(handlers.Delete(ctx, mona.Caller, commandsabuse.Delete{AbuseID: id}))).To(BeEmpty())
		for _, gone := range []kernel.AbuseID{id, {UUID: uuid.New()}} {
			id = gone
			Expect(kernel.CodeOf(change(mona.Caller, commandsabuse.Change{AbuseID: id, State: &accepted}))).To(Equal(kernel.CodeNotFound))
			Expect(code(handlers.Delete(ctx, mona.Caller, commandsabuse.Delete{AbuseID: id}))).To(Equal(kernel.CodeNotFound))
			Expect(code(write(bob.Caller, id, "a message"))).To(Equal(kernel.CodeNotFound))
			Expect(kernel.CodeOf(remove(mona.Caller, 1))).To(Equal(kernel.CodeNotFound))
		}
	})
	It("is talked about by its reporter and moderators, and nobody else", func() {
		Expect(write(bob.Caller, id, "why?")).To(Equal(int64(1)))
		Expect(write(mona.Caller, id, "soon")).To(Equal(int64(2)))
		Expect(code(write(commands.Anonymous(), id, "me too"))).To(Equal(kernel.CodeUnauthenticated))
		for _, other := range []commandstest.Person{ada, eve} {
			Expect(code(write(other.Caller, id, "me too"))).To(Equal(kernel.CodeForbidden))
			Expect(kernel.CodeOf(remove(other.Caller, 1))).To(Equal(kernel.CodeForbidden))
		}
		Expect(code(write(bob.Caller, id, "x"))).To(Equal(kernel.CodeInvalid))
		Expect(world.After(before)).To(HaveExactElements(
			abuse.MessageAdded{AbuseID: id, MessageID: 1, AuthorID: bob.UserID, AccountID: bob.AccountID, Text: "why?"},
			abuse.MessageAdded{AbuseID: id, MessageID: 2, AuthorID: mona.UserID, AccountID: mona.AccountID, ByModerator: true, Text: "soon"}))
	})
	It("is read by its reporter and moderators, and nobody else", func() {
		for who, expected := range map[*commands.Caller]kernel.Code{
			&bob.Caller: "", &mona.Caller: "", &ada.Caller: kernel.CodeForbidden, {}: kernel.CodeForbidden,
		} {
			Expect(kernel.CodeOf(commandsabuse.MayTalk(*who, bob.UserID, 1))).To(Equal(expected))
		}
	})
	It("loses messages to their authors and to moderators", func() {
		for _, by := range []commands.Caller{bob.Caller, mona.Caller, bob.Caller} {
			Expect(code(write(by, id, "a message"))).To(BeEmpty())
		}
		before = world.Head()
		Expect(kernel.CodeOf(remove(bob.Caller, 2))).To(Equal(kernel.CodeForbidden))
		Expect(kernel.CodeOf(remove(bob.Caller, 9))).To(Equal(kernel.CodeNotFound))
		Expect(remove(bob.Caller, 1)).To(Succeed())
		Expect(remove(mona.Caller, 3)).To(Succeed())
		Expect(world.After(before)).To(HaveExactElements(
			abuse.MessageDeleted{AbuseID: id, MessageID: 1}, abuse.MessageDeleted{AbuseID: id, MessageID: 3}))
	})
})
