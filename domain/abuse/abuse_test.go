package abuse_test

import (
	"fmt"
	"strings"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/abuse"
	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
)

func id(n int) uuid.UUID { return uuid.MustParse(fmt.Sprintf("00000000-0000-4000-8000-%012d", n)) }

var (
	scenario  = domaintest.For[abuse.Abuse]()
	report    = kernel.AbuseID{UUID: id(1)}
	reporter  = kernel.UserID{UUID: id(2)}
	moderator = kernel.UserID{UUID: id(3)}
	stranger  = kernel.UserID{UUID: id(4)}
	reporters = kernel.AccountID{UUID: id(5)}
	flagged   = kernel.AccountID{UUID: id(6)}
	reports   = abuse.Report{
		AbuseID: report, IntegerID: 7, ReporterID: reporter, ReporterAccountID: reporters, FlaggedAccountID: flagged, Reason: "not nice",
	}
	reported = abuse.Reported{
		AbuseID: report, IntegerID: 7, ReporterID: reporter, ReporterAccountID: reporters, FlaggedAccountID: flagged, Reason: "not nice",
		PredefinedReasons: []abuse.PredefinedReason{},
	}
	deleted = abuse.Deleted{AbuseID: report}
)

func seconds(n int) *int { return &n }

func message(n int64, by kernel.UserID, byModerator bool) abuse.MessageAdded {
	return abuse.MessageAdded{
		AbuseID: report, MessageID: n, AuthorID: by, AccountID: reporters, ByModerator: byModerator, Text: "a message",
	}
}

func writes(n int64, by kernel.UserID, text string) abuse.AddMessage {
	return abuse.AddMessage{MessageID: n, AuthorID: by, AccountID: reporters, Text: text}
}

var _ = Describe("Reporting abuse", func() {
	It("is pending from then on", func() {
		after := scenario.Given().When(reports).Then(reported)
		Expect(after.State()).To(Equal(abuse.Abuse{Exists: true, ID: report, IntegerID: 7, ReporterID: reporter, State: abuse.Pending}))
	})
	It("keeps each predefined reason once", func() {
		chooses, expected := reports, reported
		chooses.PredefinedReasons = []abuse.PredefinedReason{"spamOrMisleading", "captions", "spamOrMisleading"}
		expected.PredefinedReasons = []abuse.PredefinedReason{"spamOrMisleading", "captions"}
		scenario.Given().When(chooses).Then(expected)
	})
	It("takes the reason without what no database stores", func() {
		dirty, expected := reports, reported
		dirty.Reason, expected.Reason = "not\x00 nice\xff", "not nice\uFFFD"
		scenario.Given().When(dirty).Then(expected)
	})
	It("is sealed with the reporter's key", func() { Expect(reported.PersonalSubject()).To(Equal("user-" + reporter.String())) })
	It("is not done twice under one id", func() {
		scenario.Given(reported).When(reports).ThenError(kernel.CodeConflict)
		scenario.Given(reported, deleted).When(reports).ThenError(kernel.CodeConflict)
	})
	DescribeTable("is refused with", func(field string, change func(*abuse.Report)) {
		wrong := reports
		wrong.Video = &abuse.ReportedVideo{VideoID: kernel.VideoID{UUID: id(8)}}
		change(&wrong)
		Expect(scenario.Given().When(wrong).ThenError(kernel.CodeInvalid).Field).To(Equal(field))
	},
		Entry("no reason", "reason", func(r *abuse.Report) { r.Reason = "" }),
		Entry("a reason of one character", "reason", func(r *abuse.Report) { r.Reason = "é" }),
		Entry("a reason of 3001 characters", "reason", func(r *abuse.Report) { r.Reason = strings.Repeat("é", 3001) }),
		Entry("a predefined reason that PeerTube does not have", "predefinedReasons",
			func(r *abuse.Report) { r.PredefinedReasons = []abuse.PredefinedReason{"captions", "toString"} }),
		Entry("a beginning before the video's", "video.startAt", func(r *abuse.Report) { r.Video.StartAt = seconds(-1) }),
		Entry("an end without a beginning", "video.endAt", func(r *abuse.Report) { r.Video.EndAt = seconds(5) }),
		Entry("an end at the beginning", "video.endAt", func(r *abuse.Report) { r.Video.StartAt, r.Video.EndAt = seconds(5), seconds(5) }),
	)
	It("keeps which comment it is about", func() {
		about, expected := reports, reported
		about.Comment = &abuse.ReportedComment{CommentID: 9, ThreadID: 8, VideoID: kernel.VideoID{UUID: id(8)}, VideoIntegerID: 3, VideoName: "A film"}
		expected.Comment = about.Comment
		scenario.Given().When(about).Then(expected)
	})
	DescribeTable("takes", func(change func(*abuse.Report)) {
		right := reports
		right.Video = &abuse.ReportedVideo{VideoID: kernel.VideoID{UUID: id(8)}}
		change(&right)
		Expect(scenario.Given().When(right).Events()).To(HaveExactElements(HaveField("Video", right.Video)))
	},
		Entry("a reason of two characters", func(r *abuse.Report) { r.Reason = "éé" }),
		Entry("a reason of 3000 characters", func(r *abuse.Report) { r.Reason = strings.Repeat("é", 3000) }),
		Entry("a beginning alone", func(r *abuse.Report) { r.Video.StartAt = seconds(0) }),
		Entry("a second", func(r *abuse.Report) { r.Video.StartAt, r.Video.EndAt = seconds(0), seconds(1) }),
	)
})

var _ = Describe("Deciding about a report", func() {
	set := func(to, was abuse.State) abuse.StateSet { return abuse.StateSet{AbuseID: report, State: to, Was: was} }

	It("records the state, each time another", func() {
		scenario.Given(reported).When(abuse.SetState{State: abuse.Accepted}).Then(set(abuse.Accepted, abuse.Pending)).
			When(abuse.SetState{State: abuse.Rejected}).Then(set(abuse.Rejected, abuse.Accepted)).
			When(abuse.SetState{State: abuse.Rejected}).ThenNothing().
			When(abuse.SetState{State: abuse.Pending}).Then(set(abuse.Pending, abuse.Rejected))
	})
	It("knows three states", func() {
		for _, s := range []abuse.State{0, 4, -1} {
			Expect(scenario.Given(reported).When(abuse.SetState{State: s}).ThenError(kernel.CodeInvalid).Field).To(Equal("state"))
			Expect(s.Label()).To(Equal("Unknown"))
		}
		labels := []string{abuse.Pending.Label(), abuse.Rejected.Label(), abuse.Accepted.Label()}
		Expect(labels).To(Equal([]string{"Pending", "Rejected", "Accepted"}))
	})
	It("notes why, for moderators", func() {
		note := abuse.NoteWritten{AbuseID: report, AuthorID: moderator, Note: "seen"}
		again := abuse.WriteNote{AuthorID: stranger, Note: "seen"}
		scenario.Given(reported).When(abuse.WriteNote{AuthorID: moderator, Note: "seen"}).Then(note).When(again).ThenNothing()
		Expect(note.PersonalSubject()).To(Equal("user-" + moderator.String()))
	})
	It("is refused for notes that are too short or too long", func() {
		for _, text := range []string{"", "a", strings.Repeat("a", 3001)} {
			wrong := abuse.WriteNote{AuthorID: moderator, Note: text}
			Expect(scenario.Given(reported).When(wrong).ThenError(kernel.CodeInvalid).Field).To(Equal("moderationComment"))
		}
	})
})

var _ = Describe("Messages about a report", func() {
	It("are the reporter's or a moderator's", func() {
		after := scenario.Given(reported).When(writes(1, reporter, "a message")).Then(message(1, reporter, false)).
			When(writes(2, moderator, "a message")).Then(message(2, moderator, true))
		Expect(after.State().Messages).To(Equal([]abuse.Message{{ID: 1, AuthorID: reporter}, {ID: 2, AuthorID: moderator}}))
		Expect(message(2, moderator, true).PersonalSubject()).To(Equal("user-" + moderator.String()))
	})
	It("are refused when they are too short or too long", func() {
		for _, text := range []string{"", "a", strings.Repeat("a", 3001)} {
			Expect(scenario.Given(reported).When(writes(1, reporter, text)).ThenError(kernel.CodeInvalid).Field).To(Equal("message"))
		}
	})
	It("are bounded, deleted ones included", func() {
		past := []kernel.Event{reported}
		for n := range int64(abuse.MostMessages) {
			past = append(past, message(n, reporter, false))
			if n == 0 {
				past = append(past, abuse.MessageDeleted{AbuseID: report, MessageID: n})
			}
		}
		refusal := scenario.Given(past...).When(writes(999, moderator, "one more")).ThenError(kernel.CodeInvalid)
		Expect(refusal.Detail).To(ContainSubstring("400 messages"))
		scenario.Given(past[:len(past)-1]...).When(writes(999, reporter, "a message")).Then(message(999, reporter, false))
	})
	It("are deleted by their author and by moderators, and by nobody else", func() {
		given := scenario.Given(reported, message(1, reporter, false), message(2, moderator, true))
		gone := abuse.MessageDeleted{AbuseID: report, MessageID: 1}
		given.When(abuse.DeleteMessage{MessageID: 1, By: reporter}).Then(gone).
			When(abuse.DeleteMessage{MessageID: 1, By: reporter}).ThenError(kernel.CodeNotFound)
		given.When(abuse.DeleteMessage{MessageID: 1, By: moderator, AsModerator: true}).Then(gone)
		given.When(abuse.DeleteMessage{MessageID: 2, By: reporter}).ThenError(kernel.CodeForbidden)
		given.When(abuse.DeleteMessage{MessageID: 3, By: moderator, AsModerator: true}).ThenError(kernel.CodeNotFound)
	})
})

var _ = Describe("Deleting a report", func() {
	It("takes everything along", func() {
		after := scenario.Given(reported, message(1, reporter, false)).When(abuse.Delete{}).Then(deleted)
		Expect(after.State()).To(Equal(abuse.Abuse{Deleted: true, ID: report}))
	})
	It("leaves nothing to do", func() {
		for _, past := range [][]kernel.Event{nil, {reported, deleted}} {
			given := scenario.Given(past...)
			given.When(abuse.Delete{}).ThenError(kernel.CodeNotFound)
			given.When(abuse.SetState{State: abuse.Accepted}).ThenError(kernel.CodeNotFound)
			given.When(abuse.WriteNote{AuthorID: moderator, Note: "seen"}).ThenError(kernel.CodeNotFound)
			given.When(writes(1, reporter, "a message")).ThenError(kernel.CodeNotFound)
			given.When(abuse.DeleteMessage{MessageID: 1, By: reporter}).ThenError(kernel.CodeNotFound)
		}
	})
})
