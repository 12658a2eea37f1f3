package catalog_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/account"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

var (
	bob      = kernel.UserID{UUID: id("bob")}
	byAnna   = comment.Author{AccountID: annas, UserID: anna}
	byBob    = comment.Author{AccountID: kernel.AccountID{UUID: id("account bob")}, UserID: bob}
	everyone = catalog.CommentViewer{}
	owner    = catalog.CommentViewer{SeesHeld: true}
	asBob    = catalog.CommentViewer{UserID: bob}
)

func thread(number int64, by comment.Author, text string) comment.ThreadStarted {
	return comment.ThreadStarted{CommentID: number, VideoID: film, Author: by, Text: kernel.Personal(text)}
}

func reply(number, to int64, by comment.Author, text string) comment.Replied {
	return comment.Replied{CommentID: number, ThreadID: 1, InReplyTo: to, VideoID: film, Author: by, Text: kernel.Personal(text)}
}

func heldReply(number, to int64, by comment.Author, text string) comment.Replied {
	e := reply(number, to, by, text)
	e.HeldForReview = true
	return e
}

var _ = Describe("Comments", func() {
	var w *world
	BeforeEach(func(ctx SpecContext) {
		w = newWorld(ctx)
		w.given(ctx, annaHere...)
		w.given(ctx, user.Created{UserID: bob, IntegerID: 32, AccountID: byBob.AccountID, Username: "bob", Email: "bob@example.org"})
		w.given(ctx, account.Created{AccountID: byBob.AccountID, IntegerID: 30, ActorID: 31, UserID: bob, Name: "bob", DisplayName: "Bob B."})
		w.given(ctx, theFilm(), uploaded(2, func(e *video.Uploaded) { e.ChannelID = sports }))
	})
	threads := func(ctx SpecContext, viewer catalog.CommentViewer, sort string, ascending bool) catalog.CommentThreads {
		GinkgoHelper()
		found, err := w.CommentThreads(ctx, film, viewer, sort, ascending, 0, 10)
		Expect(err).NotTo(HaveOccurred())
		return found
	}
	tree := func(ctx SpecContext, viewer catalog.CommentViewer) []catalog.Comment {
		GinkgoHelper()
		found, err := w.CommentsOfThread(ctx, 1, viewer)
		Expect(err).NotTo(HaveOccurred())
		return found
	}
	counted := func(ctx SpecContext) int64 {
		GinkgoHelper()
		key, err := w.VideoKey(ctx, catalog.ByID(film))
		Expect(err).NotTo(HaveOccurred())
		return key.Counters.Comments
	}
	numbers := func(comments []catalog.Comment) (list []int64) {
		for _, c := range comments {
			list = append(list, c.Number)
		}
		return list
	}
	listed := func(ctx SpecContext, f catalog.CommentFilter) []int64 {
		GinkgoHelper()
		f.Count = 10
		page, total, err := w.ListComments(ctx, f)
		Expect(err).NotTo(HaveOccurred())
		Expect(total).To(Equal(len(page)))
		return numbers(page)
	}

	It("are shown with what others say below them", func(ctx SpecContext) {
		w.given(ctx, thread(1, byBob, "first"), reply(2, 1, byAnna, "second"), reply(3, 2, byBob, "third"), thread(4, byAnna, "fourth"))
		found := threads(ctx, everyone, "createdAt", false)
		Expect(numbers(found.Threads)).To(Equal([]int64{4, 1}))
		Expect(found).To(And(HaveField("Total", 2), HaveField("NotDeleted", 4)))
		Expect(found.Threads[1]).To(And(
			HaveField("Text", "first"), HaveField("Thread", int64(1)), HaveField("InReplyTo", int64(0)), HaveField("VideoNumber", int64(1)),
			HaveField("Replies", int64(2)), HaveField("RepliesOfAuthor", int64(1)), HaveField("Account.Name", "bob"),
			HaveField("DeletedAt", BeNil()), HaveField("HeldForReview", false)))
		Expect(numbers(threads(ctx, everyone, "totalReplies", false).Threads)).To(Equal([]int64{1, 4}))
		Expect(numbers(threads(ctx, everyone, "totalReplies", true).Threads)).To(Equal([]int64{4, 1}))
		whole := tree(ctx, everyone)
		Expect(numbers(whole)).To(Equal([]int64{1, 2, 3}))
		Expect(whole[0]).To(And(HaveField("Replies", int64(2)), HaveField("RepliesOfAuthor", int64(1))))
		Expect(whole[2]).To(And(HaveField("InReplyTo", int64(2)), HaveField("Replies", int64(0)), HaveField("Account.DisplayName", "Bob B.")))
		Expect(counted(ctx)).To(Equal(int64(4)))
		Expect(w.AuthorsAbove(ctx, 3)).To(Equal([]string{"bob", "anna"}))
		Expect(w.AuthorsAbove(ctx, 1)).To(BeEmpty())
		page, err := w.CommentThreads(ctx, film, everyone, "createdAt", false, 1, 1)
		Expect(err).NotTo(HaveOccurred())
		Expect(numbers(page.Threads)).To(Equal([]int64{1}))
		Expect(page.Total).To(Equal(2))
	})
	It("are not shown while the video's author wants none", func(ctx SpecContext) {
		w.given(ctx, thread(1, byBob, "first"))
		closed := theFilm()
		closed.Attributes.CommentsPolicy = video.CommentsDisabled
		w.given(ctx, video.Updated{VideoID: film, ChannelID: news, Attributes: closed.Attributes})
		Expect(threads(ctx, owner, "createdAt", false)).To(Equal(catalog.CommentThreads{Threads: []catalog.Comment{}}))
		Expect(tree(ctx, owner)).To(BeEmpty())
	})
	It("are known one by one", func(ctx SpecContext) {
		w.given(ctx, thread(1, byBob, "first"))
		Expect(w.Comment(ctx, 1)).To(And(HaveField("VideoID", film), HaveField("Account.Name", "bob"), HaveField("VideoName", "Video 1")))
		_, err := w.Comment(ctx, 2)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeNotFound))
		Expect(err).To(MatchError("Video comment thread not found"))
	})
	It("leave their place when they are deleted", func(ctx SpecContext) {
		w.given(ctx, thread(1, byBob, "first"), reply(2, 1, byAnna, "second"), reply(3, 1, byAnna, "third"))
		w.given(ctx, comment.Deleted{CommentID: 1, VideoID: film, By: comment.ByAuthor}, comment.Deleted{CommentID: 2, VideoID: film})
		found := threads(ctx, everyone, "createdAt", false)
		Expect(found).To(And(HaveField("Total", 1), HaveField("NotDeleted", 1)))
		Expect(found.Threads[0]).To(And(HaveField("Text", ""), HaveField("Account", BeNil()), HaveField("DeletedAt", Not(BeNil())),
			HaveField("Replies", int64(1)), HaveField("RepliesOfAuthor", int64(1))))
		Expect(numbers(tree(ctx, everyone))).To(Equal([]int64{1, 2, 3}))
		Expect(tree(ctx, everyone)[0].Replies).To(Equal(int64(1)))
		Expect(counted(ctx)).To(Equal(int64(1)))
		Expect(listed(ctx, catalog.CommentFilter{})).To(Equal([]int64{3}))
		Expect(w.AuthorsAbove(ctx, 3)).To(BeEmpty())
	})
	It("are seen by few while they are held for review", func(ctx SpecContext) {
		held := thread(5, byBob, "held thread")
		held.HeldForReview = true
		w.given(ctx, thread(1, byAnna, "first"), heldReply(2, 1, byBob, "held"), heldReply(3, 2, byAnna, "held too"), held)
		for viewer, sees := range map[*catalog.CommentViewer]struct{ threads, tree []int64 }{
			&everyone: {[]int64{1}, []int64{1}}, &owner: {[]int64{5, 1}, []int64{1, 2, 3}}, &asBob: {[]int64{5, 1}, []int64{1, 2}},
		} {
			found := threads(ctx, *viewer, "createdAt", false)
			Expect(numbers(found.Threads)).To(Equal(sees.threads))
			Expect(found).To(And(HaveField("Total", len(sees.threads)), HaveField("NotDeleted", len(sees.tree)+len(sees.threads)-1)))
			Expect(found.Threads[len(found.Threads)-1].Replies).To(Equal(int64(len(sees.tree) - 1)))
			Expect(numbers(tree(ctx, *viewer))).To(Equal(sees.tree))
		}
		Expect(w.CommentsOfThread(ctx, 5, everyone)).To(BeEmpty())
		Expect(counted(ctx)).To(Equal(int64(1)))
		w.given(ctx, comment.Approved{CommentID: 2, VideoID: film}, comment.Approved{CommentID: 5, VideoID: film})
		Expect(numbers(tree(ctx, everyone))).To(Equal([]int64{1, 2}))
		Expect(counted(ctx)).To(Equal(int64(3)))
		w.given(ctx, comment.Deleted{CommentID: 3, VideoID: film, WasHeld: true})
		Expect(counted(ctx)).To(Equal(int64(3)))
		Expect(numbers(tree(ctx, everyone))).To(Equal([]int64{1, 2}), "nobody learns that what they have not seen is gone")
	})
	It("are hidden with their beginning", func(ctx SpecContext) {
		held := thread(1, byBob, "held")
		held.HeldForReview = true
		w.given(ctx, held, reply(2, 1, byAnna, "an answer"))
		Expect(w.CommentsOfThread(ctx, 1, everyone)).To(BeEmpty())
		Expect(numbers(tree(ctx, asBob))).To(Equal([]int64{1, 2}))
	})
	It("are told to peers, but for those that are held", func(ctx SpecContext) {
		w.given(ctx, thread(1, byBob, "first"), heldReply(2, 1, byBob, "held"), reply(3, 1, byAnna, "third"),
			comment.Deleted{CommentID: 1, VideoID: film})
		told := func(start, count int) ([]int64, int) {
			GinkgoHelper()
			found, total, err := w.CommentsForPeers(ctx, film, start, count)
			Expect(err).NotTo(HaveOccurred())
			return found, total
		}
		found, total := told(0, 10)
		Expect(found).To(Equal([]int64{1, 3}))
		Expect(total).To(Equal(2))
		found, total = told(1, 1)
		Expect(found).To(Equal([]int64{3}))
		Expect(total).To(Equal(2))
		found, total = told(5, 1)
		Expect(found).To(BeEmpty())
		Expect(total).To(Equal(2))
	})
	It("are listed for those who look after them", func(ctx SpecContext) {
		other := thread(6, byAnna, "Below another film: 100%")
		other.VideoID = uploaded(2).VideoID
		w.given(ctx, thread(1, byBob, "First_1"), heldReply(2, 1, byBob, "held"), reply(3, 1, byAnna, "third"), other)
		yes, no, someone := true, false, kernel.UserID{UUID: id("someone")}
		for f, want := range map[*catalog.CommentFilter][]int64{
			{}:                            {6, 3, 2, 1},
			{Ascending: true}:             {1, 2, 3, 6},
			{Start: 3}:                    nil,
			{OwnerID: &anna}:              {6, 3, 2, 1},
			{OwnerID: &someone}:           nil,
			{VideoID: &film}:              {3, 2, 1},
			{ChannelID: &sports}:          {6},
			{HeldForReview: &yes}:         {2},
			{HeldForReview: &no}:          {6, 3, 1},
			{Search: "ANNA"}:              {6, 3},
			{Search: "first_"}:            {1},
			{Search: "video 2"}:           {6},
			{Search: "0%"}:                {6},
			{SearchAccount: "b b"}:        {2, 1},
			{SearchAccount: "first"}:      nil,
			{SearchVideo: "2"}:            {6},
			{SearchVideo: "bob"}:          nil,
			{Nothing: true}:               nil,
			{VideoID: &film, Search: "h"}: {3, 2},
		} {
			f.Count = 10
			page, total, err := w.ListComments(ctx, *f)
			Expect(err).NotTo(HaveOccurred())
			if f.Start > 0 {
				Expect(numbers(page)).To(Equal([]int64{1}))
				Expect(total).To(Equal(4))
				continue
			}
			Expect(numbers(page)).To(Equal(want))
			Expect(total).To(Equal(len(want)))
		}
		page, _, err := w.ListComments(ctx, catalog.CommentFilter{Count: 1})
		Expect(err).NotTo(HaveOccurred())
		Expect(page[0]).To(And(HaveField("VideoName", "Video 2"), HaveField("Account.Name", "anna"), HaveField("Text", "Below another film: 100%")))
	})
	It("go with the video", func(ctx SpecContext) {
		w.given(ctx, thread(1, byBob, "first"), reply(2, 1, byAnna, "second"))
		w.given(ctx, video.Deleted{VideoID: film, OwnerID: anna})
		Expect(listed(ctx, catalog.CommentFilter{})).To(BeEmpty())
		w.given(ctx, comment.Deleted{CommentID: 1, VideoID: film, By: comment.WithAccount})
		_, err := w.Comment(ctx, 1)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeNotFound))
	})
	It("of a deleted account say nothing any more, and count no more when they are deleted one by one", func(ctx SpecContext) {
		w.given(ctx, thread(1, byBob, "first"), reply(2, 1, byAnna, "second"))
		w.given(ctx, account.Deleted{AccountID: byBob.AccountID})
		Expect(tree(ctx, everyone)[0]).To(And(HaveField("Text", ""), HaveField("Account", BeNil()), HaveField("DeletedAt", Not(BeNil()))))
		Expect(tree(ctx, everyone)[1]).To(HaveField("Text", "second"))
		gone := tree(ctx, everyone)[0].DeletedAt
		w.given(ctx, comment.Deleted{CommentID: 1, VideoID: film, By: comment.WithAccount})
		Expect(counted(ctx)).To(Equal(int64(1)))
		Expect(tree(ctx, everyone)[0].DeletedAt).To(Equal(gone))
	})
	It("heat a video, and order lists by their number", func(ctx SpecContext) {
		before, err := w.ListVideos(ctx, catalog.Filter{Sort: catalog.ByHot, Count: 2})
		Expect(err).NotTo(HaveOccurred())
		Expect(before.Keys[0].Number).To(Equal(int64(2)))
		w.given(ctx, thread(1, byBob, "first"), reply(2, 1, byAnna, "second"))
		for _, sort := range []catalog.Sort{catalog.ByHot, catalog.ByComments} {
			after, err := w.ListVideos(ctx, catalog.Filter{Sort: sort, Count: 2})
			Expect(err).NotTo(HaveOccurred())
			Expect(after.Keys[0].Number).To(Equal(int64(1)))
		}
	})
	It("are counted for people and the instance", func(ctx SpecContext) {
		w.given(ctx, thread(1, byAnna, "first"), heldReply(2, 1, byAnna, "held"), thread(3, byBob, "third"))
		stats, err := w.UserStats(ctx, 7, epoch)
		Expect(err).NotTo(HaveOccurred())
		Expect(stats.Comments).To(Equal(int64(2)))
		Expect(w.InstanceTotals(ctx, at(10))).To(HaveField("Comments", int64(2)))
	})
})
