package catalog

import (
	"time"

	"vidilog/domain/abuse"
	"vidilog/domain/kernel"
)

type abuseRow struct {
	Number            int64                    `db:"number"`
	ReporterID        kernel.UserID            `db:"reporter_id"`
	ReporterAccountID kernel.AccountID         `db:"reporter_account_id"`
	FlaggedAccountID  kernel.AccountID         `db:"flagged_account_id"`
	Reason            kernel.Personal          `db:"reason"`
	PredefinedReasons []abuse.PredefinedReason `db:"predefined_reasons"`
	State             abuse.State              `db:"state"`
	Note              *kernel.Personal         `db:"note"`
	NoteAuthorID      *kernel.UserID           `db:"note_author_id"`
	reportedVideoColumns
	reportedCommentColumns
	ProcessedAt *time.Time `db:"processed_at"`
	CreatedAt   time.Time  `db:"created_at"`
	UpdatedAt   time.Time  `db:"updated_at"`
}

// reportedVideoColumns are of the video as it was reported; VideoID is nil for a report of something else.
type reportedVideoColumns struct {
	VideoID       *kernel.VideoID   `db:"video_id"`
	VideoNumber   int64             `db:"video_number"`
	VideoName     string            `db:"video_name"`
	VideoNSFW     bool              `db:"video_nsfw"`
	ChannelID     *kernel.ChannelID `db:"channel_id"`
	ChannelNumber int64             `db:"channel_number"`
	ChannelHandle string            `db:"channel_handle"`
	ChannelName   string            `db:"channel_name"`
	StartAt       *int              `db:"start_at"`
	EndAt         *int              `db:"end_at"`
}

// reportedCommentColumns say which comment was reported, and what its video was then. CommentNumber is nil for a report of something
// else; what a comment says is joined when it is read.
type reportedCommentColumns struct {
	CommentNumber      *int64          `db:"comment_number"`
	CommentThread      int64           `db:"comment_thread"`
	CommentVideoID     *kernel.VideoID `db:"comment_video_id"`
	CommentVideoNumber int64           `db:"comment_video_number"`
	CommentVideoName   string          `db:"comment_video_name"`
}

type abuseMessageKey struct {
	AbuseID kernel.AbuseID
	Number  int64
}

type abuseMessageRow struct {
	AbuseID     kernel.AbuseID   `db:"abuse_id"` // filled from the key, for the index
	AuthorID    kernel.UserID    `db:"author_id"`
	AccountID   kernel.AccountID `db:"account_id"`
	ByModerator bool             `db:"by_moderator"`
	Message     kernel.Personal  `db:"message"`
	CreatedAt   time.Time        `db:"created_at"`
}

// reduceAbuse handles the events of reports, which end with the deletion.
func (r *rows) reduceAbuse(recordedAt time.Time, e kernel.Event) {
	switch e := e.(type) {
	case abuse.Reported:
		r.abuseReported(recordedAt, e)
	case abuse.StateSet:
		r.abuses.Update(e.AbuseID, func(a *abuseRow) { a.State, a.UpdatedAt = e.State, recordedAt; a.process(recordedAt) })
	case abuse.NoteWritten:
		r.abuses.Update(e.AbuseID, func(a *abuseRow) { a.Note, a.NoteAuthorID, a.UpdatedAt = &e.Note, &e.AuthorID, recordedAt })
	case abuse.MessageAdded:
		r.abuseMessageAdded(recordedAt, e)
	case abuse.MessageDeleted:
		r.abuseMessages.Delete(abuseMessageKey{e.AbuseID, e.MessageID})
	case abuse.Deleted:
		r.abuses.Delete(e.AbuseID)
		r.messagesOf.Delete(e.AbuseID)
	}
}

func (r *rows) abuseReported(recordedAt time.Time, e abuse.Reported) {
	row := abuseRow{
		Number: e.IntegerID, ReporterID: e.ReporterID, ReporterAccountID: e.ReporterAccountID, FlaggedAccountID: e.FlaggedAccountID,
		Reason: e.Reason, PredefinedReasons: e.PredefinedReasons, State: abuse.Pending, CreatedAt: recordedAt, UpdatedAt: recordedAt,
	}
	if v := e.Video; v != nil {
		row.reportedVideoColumns = reportedVideoColumns{
			VideoID: &v.VideoID, VideoNumber: v.IntegerID, VideoName: v.Name, VideoNSFW: v.NSFW, ChannelID: &v.ChannelID,
			ChannelNumber: v.ChannelIntegerID, ChannelHandle: v.ChannelHandle, ChannelName: v.ChannelName,
			StartAt: v.StartAt, EndAt: v.EndAt,
		}
	}
	if c := e.Comment; c != nil {
		row.reportedCommentColumns = reportedCommentColumns{
			CommentNumber: &c.CommentID, CommentThread: c.ThreadID, CommentVideoID: &c.VideoID, CommentVideoNumber: c.VideoIntegerID,
			CommentVideoName: c.VideoName,
		}
	}
	r.abuses.Insert(e.AbuseID, row)
}

// process remembers when a moderator first did something about a report: PeerTube measures how long that took.
func (a *abuseRow) process(at time.Time) {
	if a.ProcessedAt == nil {
		a.ProcessedAt = &at
	}
}

// abuseMessageAdded leaves updated_at of the report alone unless it has been dealt with just now, as PeerTube does.
func (r *rows) abuseMessageAdded(recordedAt time.Time, e abuse.MessageAdded) {
	r.abuseMessages.Insert(abuseMessageKey{e.AbuseID, e.MessageID}, abuseMessageRow{
		AuthorID: e.AuthorID, AccountID: e.AccountID, ByModerator: e.ByModerator, Message: e.Text, CreatedAt: recordedAt,
	})
	if e.ByModerator {
		r.abuses.Update(e.AbuseID, func(a *abuseRow) {
			if a.ProcessedAt == nil {
				a.process(recordedAt)
				a.UpdatedAt = recordedAt
			}
		})
	}
}

// abuseTextsErased takes away what a person wrote in reports. A rebuild reads it as redacted from the start, since the key is gone.
func (r *rows) abuseTextsErased(id kernel.UserID) {
	r.abusesBy.Update(id, func(a *abuseRow) { a.Reason = kernel.Redacted })
	r.notesBy.Update(id, func(a *abuseRow) { note := kernel.Redacted; a.Note = &note })
	r.messagesBy.Update(id, func(m *abuseMessageRow) { m.Message = kernel.Redacted })
}
