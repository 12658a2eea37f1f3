package comment

import (
	"slices"

	"vidilog/domain/kernel"
)

// perStream bounds the comments of one stream. Each is written, perhaps approved and perhaps deleted, so a stream ends with less
// than a thousand events.
const perStream = 300

// Thread is what commands need to know of the comments in one stream: of a thread, or of a part of a long one.
type Thread struct {
	VideoID kernel.VideoID
	// ThreadID is the comment that begins the thread, which for a part of a long thread is in another stream.
	ThreadID int64
	// Comments are in the order in which they were written.
	Comments []Comment
}

// Comment is what commands need to know of one. What it says is not among it.
type Comment struct {
	ID     int64
	Author Author
	// InReplyTo is the comment that it answers, 0 for one that begins a thread.
	InReplyTo int64
	// HeldForReview says that only its author and those who may approve it see it.
	HeldForReview bool
	Deleted       bool
}

// Author is who wrote a comment: the account that is shown, and the user with whose key the text is sealed.
type Author struct {
	AccountID kernel.AccountID `json:"accountId"`
	UserID    kernel.UserID    `json:"userId"`
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event {
	return []kernel.Event{ThreadStarted{}, Replied{}, Approved{}, Deleted{}}
}

// Apply folds one event. Comments are copied before they change, since a folded state may be shared by readers.
func (t Thread) Apply(e kernel.Event) Thread {
	switch e := e.(type) {
	case ThreadStarted:
		t = t.with(e.VideoID, e.CommentID, Comment{ID: e.CommentID, Author: e.Author, HeldForReview: e.HeldForReview})
	case Replied:
		t = t.with(e.VideoID, e.ThreadID, Comment{
			ID: e.CommentID, Author: e.Author, InReplyTo: e.InReplyTo, HeldForReview: e.HeldForReview,
		})
	case Approved:
		t.Comments = t.changed(e.CommentID, func(c *Comment) { c.HeldForReview = false })
	case Deleted:
		t.Comments = t.changed(e.CommentID, func(c *Comment) { c.Deleted = true })
	}
	return t
}

func (t Thread) with(video kernel.VideoID, thread int64, c Comment) Thread {
	t.VideoID, t.ThreadID = video, thread
	t.Comments = append(slices.Clone(t.Comments), c)
	return t
}

func (t Thread) changed(id int64, change func(*Comment)) []Comment {
	comments := slices.Clone(t.Comments)
	for i := range comments {
		if comments[i].ID == id {
			change(&comments[i])
		}
	}
	return comments
}

// Find answers a comment of this stream, or CodeNotFound in PeerTube's words.
func (t Thread) Find(id int64) (Comment, error) {
	i := slices.IndexFunc(t.Comments, func(c Comment) bool { return c.ID == id })
	if i < 0 {
		return Comment{}, NotFound()
	}
	return t.Comments[i], nil
}

// IsFull says that the stream takes no further comment; a reply then begins another.
func (t Thread) IsFull() bool { return len(t.Comments) >= perStream }

// NotFound is the refusal for a comment that is not there, in PeerTube's words.
func NotFound() error { return kernel.NotFound("Video comment thread not found") }
