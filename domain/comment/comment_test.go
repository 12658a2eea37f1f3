package comment_test

import (
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/comment"
	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
)

var (
	scenario = domaintest.For[comment.Thread]()
	film     = kernel.VideoID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}
	anna     = authorOf("00000000-0000-4000-8000-00000000000a")
	bob      = authorOf("00000000-0000-4000-8000-00000000000b")

	started  = comment.ThreadStarted{CommentID: 7, VideoID: film, Author: anna, Text: "first"}
	held     = comment.ThreadStarted{CommentID: 7, VideoID: film, Author: anna, Text: "first", HeldForReview: true}
	answered = comment.Replied{CommentID: 8, ThreadID: 7, InReplyTo: 7, VideoID: film, Author: bob, Text: "second"}
	approved = comment.Approved{CommentID: 7, VideoID: film}
	deleted  = comment.Deleted{CommentID: 7, VideoID: film, By: comment.ByAuthor}
)

func authorOf(id string) comment.Author {
	return comment.Author{AccountID: kernel.AccountID{UUID: uuid.MustParse(id)}, UserID: kernel.UserID{UUID: uuid.MustParse(id)}}
}

// replies answers comment 7 as bob, with what has happened as the stream that holds it.
func replies(change ...func(*comment.Reply)) func(before ...kernel.Event) domaintest.Outcome[comment.Thread] {
	return func(before ...kernel.Event) domaintest.Outcome[comment.Thread] {
		r := comment.Reply{CommentID: 8, InReplyTo: 7, Parent: domaintest.Fold[comment.Thread](before...), Author: bob, Text: "second"}
		for _, f := range change {
			f(&r)
		}
		return scenario.Given(before...).When(r)
	}
}

var _ = Describe("Starting a thread", func() {
	verb := comment.StartThread{CommentID: 7, VideoID: film, Author: anna, Text: "first"}

	It("records what was written, by whom and where", func() {
		after := scenario.Given().When(verb).Then(started)
		Expect(after.State()).To(Equal(comment.Thread{VideoID: film, ThreadID: 7, Comments: []comment.Comment{{ID: 7, Author: anna}}}))
	})
	It("seals the text with the author's own key", func() {
		Expect(started.PersonalSubject()).To(Equal(anna.UserID.Stream().String()))
		Expect(answered.PersonalSubject()).To(Equal(bob.UserID.Stream().String()))
	})
	It("may be held for review", func() {
		verb.HeldForReview = true
		Expect(scenario.Given().When(verb).Then(held).State().Comments[0].HeldForReview).To(BeTrue())
	})
	It("happens once in a stream", func() {
		scenario.Given(started).When(verb).ThenError(kernel.CodeConflict)
	})
	DescribeTable("accepts", func(text, recorded string) {
		verb.HeldForReview, verb.Text = false, text
		want := started
		want.Text = kernel.Personal(recorded)
		scenario.Given().When(verb).Then(want)
	},
		Entry("one character", "x", "x"), Entry("10,000 characters", strings.Repeat("é", 10_000), strings.Repeat("é", 10_000)),
		Entry("spaces, as PeerTube does", "  ", "  "), Entry("what PostgreSQL cannot store, without it", "a\x00b", "ab"),
	)
	DescribeTable("refuses", func(text string) {
		verb.Text = text
		Expect(scenario.Given().When(verb).ThenError(kernel.CodeInvalid).Field).To(Equal("text"))
		Expect(kernel.CodeOf(comment.CheckText(text))).To(Equal(kernel.CodeInvalid))
	},
		Entry("nothing", ""), Entry("a zero byte alone", "\x00"), Entry("10,001 characters", strings.Repeat("x", 10_001)),
	)
})

var _ = Describe("Replying", func() {
	It("records the answer and its place", func() {
		after := replies()(started).Then(answered)
		Expect(after.State().Comments).To(Equal([]comment.Comment{{ID: 7, Author: anna}, {ID: 8, Author: bob, InReplyTo: 7}}))
	})
	It("to a reply stays in the thread", func() {
		next := comment.Replied{CommentID: 9, ThreadID: 7, InReplyTo: 8, VideoID: film, Author: bob, Text: "second"}
		replies(func(r *comment.Reply) { r.CommentID, r.InReplyTo = 9, 8 })(started, answered).Then(next)
	})
	It("may be held for review", func() {
		want := answered
		want.HeldForReview = true
		replies(func(r *comment.Reply) { r.HeldForReview = true })(started).Then(want)
	})
	It("is refused for what is not there, and what is deleted", func() {
		replies()().ThenError(kernel.CodeNotFound)
		replies(func(r *comment.Reply) { r.InReplyTo = 99 })(started).ThenError(kernel.CodeNotFound)
		replies()(started, deleted).ThenError(kernel.CodeConflict)
		replies(func(r *comment.Reply) { r.Text = "" })(started).ThenError(kernel.CodeInvalid)
	})
	It("to what is held for review is for those who see it", func() {
		replies()(held).ThenError(kernel.CodeNotFound)
		replies(func(r *comment.Reply) { r.SeesHeld = true })(held).Then(answered)
		own := answered
		own.Author = anna
		replies(func(r *comment.Reply) { r.Author = anna })(held).Then(own)
		replies()(held, approved).Then(answered)
	})
	It("goes to another stream when that of the thread is full, and stays there", func() {
		full := []kernel.Event{started}
		for n := range int64(299) {
			full = append(full, comment.Replied{CommentID: 100 + n, ThreadID: 7, InReplyTo: 7, VideoID: film, Author: bob})
		}
		state := domaintest.Fold[comment.Thread](full...)
		Expect(domaintest.Fold[comment.Thread](full[:299]...).IsFull()).To(BeFalse())
		Expect(state.IsFull()).To(BeTrue())
		replies()(full...).ThenError(kernel.CodeConflict)

		verb := comment.Reply{CommentID: 8, InReplyTo: 7, Parent: state, Author: bob, Text: "second"}
		branch := scenario.Given().When(verb).Then(answered).State()
		Expect(branch).To(And(HaveField("ThreadID", int64(7)), HaveField("VideoID", film)))
		further := comment.Reply{CommentID: 9, InReplyTo: 8, Parent: branch, Author: bob, Text: "third"}
		scenario.Given(answered).When(further).
			Then(comment.Replied{CommentID: 9, ThreadID: 7, InReplyTo: 8, VideoID: film, Author: bob, Text: "third"})
	})
})

var _ = Describe("Approving", func() {
	It("shows what was held, once", func() {
		after := scenario.Given(held).When(comment.Approve{CommentID: 7}).Then(approved)
		Expect(after.State().Comments[0].HeldForReview).To(BeFalse())
		after.When(comment.Approve{CommentID: 7}).ThenError(kernel.CodeInvalid)
	})
	It("is refused for what is not held, deleted or not there", func() {
		scenario.Given(started).When(comment.Approve{CommentID: 7}).ThenError(kernel.CodeInvalid)
		scenario.Given(held, deleted).When(comment.Approve{CommentID: 7}).ThenError(kernel.CodeConflict)
		scenario.Given(held).When(comment.Approve{CommentID: 8}).ThenError(kernel.CodeNotFound)
	})
})

var _ = Describe("Deleting", func() {
	It("records in which capacity, and leaves the place and the answers", func() {
		after := scenario.Given(started, answered).When(comment.Delete{CommentID: 7, By: comment.ByAuthor}).Then(deleted)
		Expect(after.State().Comments).To(Equal([]comment.Comment{{ID: 7, Author: anna, Deleted: true}, {ID: 8, Author: bob, InReplyTo: 7}}))
	})
	It("says of a held one that it was, which it stays", func() {
		want := comment.Deleted{CommentID: 7, VideoID: film, By: comment.ByModerator, WasHeld: true}
		after := scenario.Given(held).When(comment.Delete{CommentID: 7, By: comment.ByModerator}).Then(want)
		Expect(after.State().Comments[0]).To(Equal(comment.Comment{ID: 7, Author: anna, HeldForReview: true, Deleted: true}))
	})
	It("is refused the second time and for what is not there", func() {
		scenario.Given(started, deleted).When(comment.Delete{CommentID: 7}).ThenError(kernel.CodeConflict)
		scenario.Given(started).When(comment.Delete{CommentID: 8}).ThenError(kernel.CodeNotFound)
	})
})
