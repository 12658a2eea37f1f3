package catalogtest

import (
	"fmt"

	"vidilog/domain/abuse"
	"vidilog/domain/kernel"
)

func reportOf(number int64) kernel.AbuseID {
	return kernel.AbuseID{UUID: derived("abuse", number)}
}

// reported is a report of a video or a comment that moderators deal with, some only in words; every third is
// deleted again.
func (m *maker) reported(number int64, by person) part {
	id, seconds := reportOf(number), int(number%60)
	report := abuse.Reported{
		AbuseID: id, IntegerID: number, ReporterID: by.user, ReporterAccountID: by.account, FlaggedAccountID: m.owner.account,
		Reason: kernel.Personal(fmt.Sprintf("reason %d", number)), PredefinedReasons: []abuse.PredefinedReason{"captions", "privacy"},
	}
	if number%4 == 1 {
		report.Comment = &abuse.ReportedComment{CommentID: number, ThreadID: 1, VideoID: m.id, VideoIntegerID: m.number, VideoName: "name"}
	} else {
		report.Video = &abuse.ReportedVideo{
			VideoID: m.id, IntegerID: m.number, Name: m.attributes().Name, ChannelID: m.owner.channel, ChannelIntegerID: m.owner.number,
			ChannelHandle: "handle", ChannelName: "name", StartAt: &seconds,
		}
	}
	events := []kernel.Event{report, written(id, 3*number, by, false), written(id, 3*number+1, m.owner, true)}
	if number%2 == 0 {
		events = append(events, abuse.StateSet{AbuseID: id, State: abuse.Accepted, Was: abuse.Pending},
			abuse.MessageDeleted{AbuseID: id, MessageID: 3 * number})
	}
	if number%3 == 2 {
		events = append(events, abuse.Deleted{AbuseID: id})
	}
	return part{id.Stream(), events}
}

func written(id kernel.AbuseID, number int64, by person, byModerator bool) abuse.MessageAdded {
	return abuse.MessageAdded{
		AbuseID: id, MessageID: number, AuthorID: by.user, AccountID: by.account, ByModerator: byModerator,
		Text: kernel.Personal(fmt.Sprintf("message %d", number)),
	}
}

// complained is a report of an account by somebody who leaves a note of their own too, and is erased later.
func complained(by person) part {
	id := reportOf(guest)
	return part{id.Stream(), []kernel.Event{
		abuse.Reported{
			AbuseID: id, IntegerID: guest, ReporterID: by.user, ReporterAccountID: by.account, FlaggedAccountID: personOf(1).account,
			Reason: "a complaint",
		},
		written(id, 3*guest, by, false),
		abuse.StateSet{AbuseID: id, State: abuse.Rejected, Was: abuse.Pending},
		abuse.NoteWritten{AbuseID: id, AuthorID: by.user, Note: "a note"},
	}}
}
