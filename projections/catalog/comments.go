package catalog

import (
	"time"

	"vidilog/domain/comment"
	"vidilog/domain/kernel"
)

type commentRow struct {
	VideoID kernel.VideoID `db:"video_id"`
	// Thread is the comment that begins the thread, this one itself where it answers none.
	Thread int64 `db:"thread"`
	// InReplyTo is 0 for a comment that begins a thread.
	InReplyTo int64 `db:"in_reply_to"`
	// AccountID is nil once the comment is deleted.
	AccountID     *kernel.AccountID `db:"account_id"`
	Text          kernel.Personal   `db:"text"`
	HeldForReview bool              `db:"held_for_review"`
	CreatedAt     time.Time         `db:"created_at"`
	UpdatedAt     time.Time         `db:"updated_at"`
	DeletedAt     *time.Time        `db:"deleted_at"`
}

// reduceComment handles the events of comments. Commands write none below a video that is deleted, but delete those that lie below
// one, with their author's account: then there is nothing left to change.
func (r *rows) reduceComment(recordedAt time.Time, e kernel.Event) {
	switch e := e.(type) {
	case comment.ThreadStarted:
		r.commentWritten(e.CommentID, e.HeldForReview, commentRow{
			VideoID: e.VideoID, Thread: e.CommentID, AccountID: &e.Author.AccountID, Text: e.Text, HeldForReview: e.HeldForReview,
			CreatedAt: recordedAt, UpdatedAt: recordedAt,
		})
	case comment.Replied:
		r.commentWritten(e.CommentID, e.HeldForReview, commentRow{
			VideoID: e.VideoID, Thread: e.ThreadID, InReplyTo: e.InReplyTo, AccountID: &e.Author.AccountID, Text: e.Text,
			HeldForReview: e.HeldForReview, CreatedAt: recordedAt, UpdatedAt: recordedAt,
		})
	case comment.Approved:
		r.comments.UpdateIfPresent(e.CommentID, func(c *commentRow) { c.HeldForReview, c.UpdatedAt = false, recordedAt })
		r.commentsCounted(e.VideoID, 1)
	case comment.Deleted:
		r.comments.UpdateIfPresent(e.CommentID, func(c *commentRow) { c.blank(recordedAt) })
		if !e.WasHeld {
			r.commentsCounted(e.VideoID, -1)
		}
	}
}

func (r *rows) commentWritten(number int64, held bool, row commentRow) {
	r.comments.Insert(number, row)
	if !held {
		r.commentsCounted(row.VideoID, 1)
	}
}

// commentsCounted counts what everybody sees: neither deleted nor held for review.
func (r *rows) commentsCounted(id kernel.VideoID, by int64) {
	r.counters.UpdateIfPresent(id, func(c *countersRow) {
		c.Comments += by
		c.heat()
	})
}

// blank leaves of a comment its place. One that is held stays so: who has not seen it does not see that it is gone either.
func (c *commentRow) blank(at time.Time) {
	if c.DeletedAt == nil {
		c.Text, c.AccountID, c.DeletedAt, c.UpdatedAt = "", nil, &at, at
	}
}

// commentsOrphaned takes away what a deleted account has written, at once. Counters follow with the events of the single comments.
func (r *rows) commentsOrphaned(account kernel.AccountID, at time.Time) {
	r.commentsBy.Update(account, func(c *commentRow) { c.blank(at) })
}
