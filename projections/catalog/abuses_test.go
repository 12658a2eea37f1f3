package catalog_test

import (
	"fmt"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/abuse"
	"vidilog/domain/account"
	"vidilog/domain/channel"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

// reportOf answers the report that an event is about.
func reportOf(e kernel.Event) (id kernel.AbuseID, isAbout bool) {
	switch e := e.(type) {
	case abuse.Reported:
		return e.AbuseID, true
	case abuse.StateSet:
		return e.AbuseID, true
	case abuse.NoteWritten:
		return e.AbuseID, true
	case abuse.MessageAdded:
		return e.AbuseID, true
	case abuse.MessageDeleted:
		return e.AbuseID, true
	case abuse.Deleted:
		return e.AbuseID, true
	}
	return id, false
}

var (
	bobs    = kernel.AccountID{UUID: id("account bob")}
	bobHere = []kernel.Event{
		user.Created{UserID: bob, IntegerID: 17, AccountID: bobs, Username: "bob", Role: user.Ordinary},
		account.Created{AccountID: bobs, IntegerID: 18, ActorID: 30, UserID: bob, Name: "bob", DisplayName: "Bobby"},
	}
)

func abuseID(number int64) kernel.AbuseID {
	return kernel.AbuseID{UUID: id(fmt.Sprintf("abuse %d", number))}
}

// reports is bob's report of anna's account; of makes it one of a video.
func reports(number int64, change ...func(*abuse.Reported)) abuse.Reported {
	e := abuse.Reported{
		AbuseID: abuseID(number), IntegerID: number, ReporterID: bob, ReporterAccountID: bobs, FlaggedAccountID: annas,
		Reason: kernel.Personal(fmt.Sprintf("reason %d", number)), PredefinedReasons: []abuse.PredefinedReason{"captions"},
	}
	for _, c := range change {
		c(&e)
	}
	return e
}

func of(number int) func(*abuse.Reported) {
	return func(e *abuse.Reported) {
		start := 3
		e.Video = &abuse.ReportedVideo{
			VideoID: uploaded(number).VideoID, IntegerID: int64(number), Name: fmt.Sprintf("Video %d then", number), NSFW: true,
			ChannelID: news, ChannelIntegerID: 9, ChannelHandle: "news", ChannelName: "News then", StartAt: &start,
		}
	}
}

// ofComment makes it a report of a comment below the first video.
func ofComment(number int64) func(*abuse.Reported) {
	return func(e *abuse.Reported) {
		e.PredefinedReasons = nil
		e.Comment = &abuse.ReportedComment{
			CommentID: number, ThreadID: 70, VideoID: uploaded(1).VideoID, VideoIntegerID: 1, VideoName: "Video 1 then",
		}
	}
}

func reportedBy(who kernel.UserID, face kernel.AccountID) func(*abuse.Reported) {
	return func(e *abuse.Reported) { e.ReporterID, e.ReporterAccountID = who, face }
}

func says(report, number int64, who kernel.UserID, face kernel.AccountID, byModerator bool) abuse.MessageAdded {
	return abuse.MessageAdded{
		AbuseID: abuseID(report), MessageID: number, AuthorID: who, AccountID: face, ByModerator: byModerator,
		Text: kernel.Personal(fmt.Sprintf("message %d", number)),
	}
}

var _ = Describe("Reports of abuse", func() {
	var w *world
	var began int
	BeforeEach(func(ctx SpecContext) {
		w = newWorld(ctx)
		w.given(ctx, slices.Concat(annaHere, bobHere)...)
		w.given(ctx, uploaded(1), uploaded(2))
		began = len(annaHere) + len(bobHere) + 2
		w.given(ctx, reports(1), reports(2, of(1)), reports(3, of(1), reportedBy(anna, annas)), reports(4, of(2)))
	})
	list := func(ctx SpecContext, f catalog.AbuseFilter) ([]catalog.Abuse, int) {
		GinkgoHelper()
		if f.Count == 0 {
			f.Count = 10
		}
		if f.Sort == "" {
			f.Sort, f.Ascending = "id", true
		}
		page, total, err := w.ListAbuses(ctx, f)
		Expect(err).NotTo(HaveOccurred())
		return page, total
	}
	numbers := func(ctx SpecContext, f catalog.AbuseFilter) []int64 {
		GinkgoHelper()
		page, total := list(ctx, f)
		if f.Start == 0 && f.Count == 0 {
			Expect(total).To(Equal(len(page)))
		}
		found := []int64{}
		for _, a := range page {
			found = append(found, a.Number)
		}
		return found
	}
	single := func(ctx SpecContext, number int) catalog.Abuse {
		GinkgoHelper()
		page, _ := list(ctx, catalog.AbuseFilter{Number: &number})
		Expect(page).To(HaveLen(1))
		return page[0]
	}

	It("show what is reported as it is now, by whom, and how often", func(ctx SpecContext) {
		w.given(ctx, video.Updated{VideoID: uploaded(1).VideoID, ChannelID: sports, Attributes: video.Attributes{Name: "Another name"}})
		a := single(ctx, 3)
		Expect(a).To(And(HaveField("ID", abuseID(3)), HaveField("ReporterID", anna), HaveField("Reason", "reason 3"),
			HaveField("PredefinedReasons", []string{"captions"}), HaveField("State", 1), HaveField("Note", BeNil()),
			HaveField("CreatedAt", BeTemporally("==", at(began+3))), HaveField("UpdatedAt", BeTemporally("==", at(began+3))),
			HaveField("Reporter.Name", "anna"), HaveField("Flagged.Name", "anna"),
			HaveField("Messages", int64(0)), HaveField("OfReporter", int64(1)), HaveField("OfReportee", int64(4))))
		start := 3
		Expect(*a.Video).To(And(HaveField("ID", uploaded(1).VideoID), HaveField("Number", int64(1)), HaveField("Name", "Another name"),
			HaveField("NSFW", false), HaveField("Deleted", false), HaveField("StartAt", &start), HaveField("EndAt", BeNil()),
			HaveField("Channel.Handle", "sports"), HaveField("Reports", int64(2)), HaveField("Nth", int64(2))))
		Expect(single(ctx, 2).Video.Nth).To(Equal(int64(1)))
		Expect(single(ctx, 2).OfReporter).To(Equal(int64(3)))
		Expect(single(ctx, 1).Video).To(BeNil())
	})
	It("outlive the video, the channel and the accounts", func(ctx SpecContext) {
		w.given(ctx, video.Deleted{VideoID: uploaded(1).VideoID, OwnerID: anna})
		Expect(*single(ctx, 2).Video).To(And(HaveField("Deleted", true), HaveField("Name", "Video 1 then"), HaveField("NSFW", true),
			HaveField("Number", int64(1)), HaveField("Thumbnail", ""), HaveField("Channel.DisplayName", "News"), HaveField("Reports", int64(2))))
		w.given(ctx, channel.Deleted{ChannelID: news, OwnerID: anna}, account.Deleted{AccountID: annas})
		Expect(single(ctx, 3)).To(And(HaveField("Reporter", BeNil()), HaveField("Flagged", BeNil()), HaveField("Reason", "reason 3")))
		Expect(single(ctx, 3).Video.Channel).To(And(HaveField("ID", news), HaveField("Number", int64(9)), HaveField("Handle", "news"),
			HaveField("DisplayName", "News then"), HaveField("CreatedAt", BeTemporally("==", at(began+3)))))
	})
	It("show a comment as long as it is there", func(ctx SpecContext) {
		w.given(ctx, comment.Replied{
			CommentID: 77, VideoID: uploaded(1).VideoID, ThreadID: 70, InReplyTo: 70, Author: byAnna, Text: "silly",
		})
		w.given(ctx, reports(5, ofComment(77)))
		shown := catalog.AbusedComment{
			Number: 77, Thread: 70, Text: "silly", VideoID: uploaded(1).VideoID, VideoNumber: 1, VideoName: "Video 1",
		}
		Expect(*single(ctx, 5).Comment).To(Equal(shown))
		Expect(single(ctx, 5).Video).To(BeNil())
		w.given(ctx, comment.Deleted{CommentID: 77, VideoID: uploaded(1).VideoID, By: comment.ByAuthor})
		shown.Text, shown.Deleted = "", true
		Expect(*single(ctx, 5).Comment).To(Equal(shown))
		w.given(ctx, video.Deleted{VideoID: uploaded(1).VideoID, OwnerID: anna})
		shown.VideoName = "Video 1 then"
		Expect(*single(ctx, 5).Comment).To(Equal(shown))
	})
	It("are found by number", func(ctx SpecContext) {
		Expect(w.AbuseKey(ctx, 3)).To(Equal(catalog.AbuseKey{ID: abuseID(3), Number: 3, ReporterID: anna}))
		w.given(ctx, abuse.Deleted{AbuseID: abuseID(3)})
		_, err := w.AbuseKey(ctx, 3)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeNotFound))
	})
	It("have a state, a note and times", func(ctx SpecContext) {
		w.given(ctx, abuse.StateSet{AbuseID: abuseID(1), State: abuse.Accepted, Was: abuse.Pending},
			abuse.NoteWritten{AbuseID: abuseID(1), AuthorID: anna, Note: "seen"})
		note := "seen"
		Expect(single(ctx, 1)).To(And(HaveField("State", 3), HaveField("Note", &note), HaveField("UpdatedAt", BeTemporally("==", at(began+6)))))
	})

	DescribeTable("are listed", func(ctx SpecContext, f catalog.AbuseFilter, expected ...int64) {
		w.given(ctx, video.Deleted{VideoID: uploaded(2).VideoID, OwnerID: anna},
			abuse.StateSet{AbuseID: abuseID(3), State: abuse.Rejected, Was: abuse.Pending},
			reports(6, ofComment(77)), reports(5, func(e *abuse.Reported) {
				e.FlaggedAccountID, e.PredefinedReasons = bobs, []abuse.PredefinedReason{"rights", "privacy"}
			}))
		Expect(numbers(ctx, f)).To(Equal(expected))
	},
		Entry("all", catalog.AbuseFilter{}, int64(1), int64(2), int64(3), int64(4), int64(5), int64(6)),
		Entry("in part", catalog.AbuseFilter{Start: 1, Count: 2}, int64(2), int64(3)),
		Entry("the latest first", catalog.AbuseFilter{Sort: "createdAt"}, int64(5), int64(6), int64(4), int64(3), int64(2), int64(1)),
		Entry("by number downwards", catalog.AbuseFilter{Sort: "id", Count: 2}, int64(6), int64(5)),
		Entry("by state", catalog.AbuseFilter{Sort: "state"}, int64(3), int64(1), int64(2), int64(4), int64(5), int64(6)),
		Entry("of one reporter", catalog.AbuseFilter{ReporterID: &anna}, int64(3)),
		Entry("of a state", catalog.AbuseFilter{State: number(2)}, int64(3)),
		Entry("about videos", catalog.AbuseFilter{About: "video"}, int64(2), int64(3), int64(4)),
		Entry("about accounts", catalog.AbuseFilter{About: "account"}, int64(1), int64(5)),
		Entry("about comments", catalog.AbuseFilter{About: "comment"}, int64(6)),
		Entry("about videos that are gone", catalog.AbuseFilter{VideoIs: "deleted"}, int64(4)),
		Entry("about videos that are blocked, of which there are none", catalog.AbuseFilter{VideoIs: "blacklisted"}),
		Entry("for a reason", catalog.AbuseFilter{PredefinedReason: "privacy"}, int64(5)),
		Entry("of a reporter's name", catalog.AbuseFilter{SearchReporter: "aNN"}, int64(3)),
		Entry("about an account's name", catalog.AbuseFilter{SearchReportee: "obb"}, int64(5)),
		Entry("about a video's name, not of one that is gone", catalog.AbuseFilter{SearchVideo: "video"}, int64(2), int64(3)),
		Entry("about a channel's name, not of one whose video is gone", catalog.AbuseFilter{SearchVideoChannel: "news"}, int64(2), int64(3)),
		Entry("of any name, also of a video that is gone", catalog.AbuseFilter{Search: "video 2 THEN"}, int64(4)),
		Entry("of any name, not one that a video had", catalog.AbuseFilter{Search: "video 1 then"}),
		Entry("of any name, of a channel too", catalog.AbuseFilter{Search: "news", ReporterID: &bob}, int64(2), int64(4)),
		Entry("of any name, of people too", catalog.AbuseFilter{Search: "anna", Start: 3}, int64(4), int64(6)),
		Entry("of a name with signs that mean something to SQL", catalog.AbuseFilter{Search: "%"}),
	)

	Describe("have messages", func() {
		BeforeEach(func(ctx SpecContext) {
			w.given(ctx, says(1, 1, bob, bobs, false), says(1, 2, anna, annas, true), says(1, 3, anna, annas, true), says(2, 4, bob, bobs, false))
		})
		texts := func(ctx SpecContext) []string {
			GinkgoHelper()
			messages, err := w.AbuseMessages(ctx, abuseID(1))
			Expect(err).NotTo(HaveOccurred())
			var found []string
			for _, m := range messages {
				found = append(found, m.Message)
			}
			return found
		}
		It("in the order in which they were written, with those who wrote them", func(ctx SpecContext) {
			Expect(texts(ctx)).To(Equal([]string{"message 1", "message 2", "message 3"}))
			Expect(single(ctx, 1).Messages).To(Equal(int64(3)))
			w.given(ctx, abuse.MessageDeleted{AbuseID: abuseID(1), MessageID: 2}, account.Deleted{AccountID: annas})
			Expect(texts(ctx)).To(Equal([]string{"message 1", "message 3"}))
			messages, err := w.AbuseMessages(ctx, abuseID(1))
			Expect(err).NotTo(HaveOccurred())
			Expect(messages[0]).To(And(HaveField("Number", int64(1)), HaveField("ByModerator", false), HaveField("Account.Name", "bob"),
				HaveField("CreatedAt", BeTemporally("==", at(began+5)))))
			Expect(messages[1]).To(And(HaveField("ByModerator", true), HaveField("Account", BeNil())))
		})
		It("until the report is deleted", func(ctx SpecContext) {
			w.given(ctx, abuse.Deleted{AbuseID: abuseID(1)})
			Expect(texts(ctx)).To(BeEmpty())
			Expect(single(ctx, 2).Messages).To(Equal(int64(1)))
		})
		It("that cannot be read once their authors have been erased, like reasons and notes", func(ctx SpecContext) {
			w.given(ctx, abuse.NoteWritten{AbuseID: abuseID(2), AuthorID: anna, Note: "seen"}, user.Erased{UserID: anna})
			redacted := string(kernel.Redacted)
			Expect(texts(ctx)).To(Equal([]string{"message 1", redacted, redacted}))
			Expect(single(ctx, 2)).To(And(HaveField("Note", &redacted), HaveField("Reason", "reason 2")))
			Expect(single(ctx, 3).Reason).To(Equal(redacted))
		})
	})

	It("are counted for accounts", func(ctx SpecContext) {
		w.given(ctx, abuse.StateSet{AbuseID: abuseID(1), State: abuse.Accepted, Was: abuse.Pending})
		Expect(w.AbusesOf(ctx, annas)).To(Equal(catalog.AbuseCounts{Flagged: 4, Accepted: 1, Created: 1}))
		Expect(w.AbusesOf(ctx, bobs)).To(Equal(catalog.AbuseCounts{Created: 3}))
	})
	It("are counted for the instance with the time that they took", func(ctx SpecContext) {
		Expect(w.AbuseTotals(ctx, at(100))).To(Equal(catalog.AbuseTotals{Total: 4}))
		w.given(ctx,
			abuse.StateSet{AbuseID: abuseID(1), State: abuse.Accepted, Was: abuse.Pending}, // 4 s after report 1
			says(2, 1, anna, annas, true), // 4 s after report 2
			says(3, 2, anna, annas, false),
			abuse.StateSet{AbuseID: abuseID(2), State: abuse.Rejected, Was: abuse.Pending},
			abuse.StateSet{AbuseID: abuseID(4), State: abuse.Rejected, Was: abuse.Pending}, // 5 s after report 4
			abuse.StateSet{AbuseID: abuseID(1), State: abuse.Pending, Was: abuse.Accepted},
		)
		took := (4000.0 + 4000 + 5000) / 3
		totals, err := w.AbuseTotals(ctx, at(100))
		Expect(err).NotTo(HaveOccurred())
		Expect(*totals.ResponseMilliseconds).To(BeNumerically("~", took, 0.001))
		Expect(totals).To(And(HaveField("Total", int64(4)), HaveField("Processed", int64(3))))
		later, err := w.AbuseTotals(ctx, at(100).AddDate(0, 4, 0))
		Expect(err).NotTo(HaveOccurred())
		Expect(later).To(And(HaveField("Processed", int64(3)), HaveField("ResponseMilliseconds", BeNil())))
	})
	It("name accounts by number", func(ctx SpecContext) {
		Expect(w.AccountByNumber(ctx, 18)).To(HaveField("Name", "bob"))
		_, err := w.AccountByNumber(ctx, 17)
		Expect(kernel.CodeOf(err)).To(Equal(kernel.CodeNotFound))
	})
})

func number(n int) *int { return &n }
