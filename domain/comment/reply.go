package comment

import "vidilog/domain/kernel"

// Reply answers a comment.
type Reply struct {
	CommentID int64
	// InReplyTo is the comment that is answered, and Parent the stream that holds it: the one that is decided on, unless that is full.
	InReplyTo int64
	Parent    Thread
	Author    Author
	Text      string
	// HeldForReview follows the video's policy, which the caller knows.
	HeldForReview bool
	// SeesHeld says that the author may see comments of others that are held for review.
	SeesHeld bool
}

// Replied records an answer to a comment.
type Replied struct {
	CommentID int64 `json:"commentId"`
	// ThreadID is the comment that begins the thread.
	ThreadID  int64          `json:"threadId"`
	InReplyTo int64          `json:"inReplyTo"`
	VideoID   kernel.VideoID `json:"videoId"`
	Author    Author         `json:"author"`
	// Text is Markdown as it was typed.
	Text          kernel.Personal `json:"text"`
	HeldForReview bool            `json:"heldForReview"`
}

// EventType is the literal id in the log.
func (Replied) EventType() string { return "comment.replied" }

// PersonalSubject names the key that seals the text.
func (e Replied) PersonalSubject() string { return e.Author.UserID.Stream().String() }

// Decide answers Replied, CodeInvalid for a text that is too short or too long, CodeNotFound when the answered comment is not there
// for this author, or CodeConflict when it is deleted or the stream takes no more.
//
// One that is held for review can be answered by those who see it, as in PeerTube: its author, the video's owner, moderators. To
// others it is not there. PeerTube lets people answer deleted comments too; here nobody does, since nobody can see what was said.
func (r Reply) Decide(t Thread) ([]kernel.Event, error) {
	text, err := cleaned(r.Text)
	if err != nil {
		return nil, err
	}
	parent, err := r.Parent.Find(r.InReplyTo)
	if err != nil {
		return nil, err
	}
	switch {
	case parent.Deleted:
		return nil, kernel.Conflict("This comment is deleted")
	case parent.HeldForReview && !r.SeesHeld && parent.Author.AccountID != r.Author.AccountID:
		return nil, NotFound()
	case t.IsFull():
		return nil, kernel.Conflict("the stream of this thread is full")
	}
	return []kernel.Event{Replied{
		CommentID: r.CommentID, ThreadID: r.Parent.ThreadID, InReplyTo: r.InReplyTo, VideoID: r.Parent.VideoID, Author: r.Author,
		Text: text, HeldForReview: r.HeldForReview,
	}}, nil
}
