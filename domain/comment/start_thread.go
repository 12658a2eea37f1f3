package comment

import "vidilog/domain/kernel"

// StartThread writes the first comment of a thread. Whether it is held for review is the video's policy, which the caller knows.
type StartThread struct {
	CommentID     int64
	VideoID       kernel.VideoID
	Author        Author
	Text          string
	HeldForReview bool
}

// ThreadStarted records a comment that answers none.
type ThreadStarted struct {
	CommentID int64          `json:"commentId"`
	VideoID   kernel.VideoID `json:"videoId"`
	Author    Author         `json:"author"`
	// Text is Markdown as it was typed.
	Text          kernel.Personal `json:"text"`
	HeldForReview bool            `json:"heldForReview"`
}

// EventType is the literal id in the log.
func (ThreadStarted) EventType() string { return "comment.thread-started" }

// PersonalSubject names the key that seals the text.
func (e ThreadStarted) PersonalSubject() string { return e.Author.UserID.Stream().String() }

// Decide answers ThreadStarted, CodeInvalid for a text that is too short or too long, or CodeConflict for a stream that has begun.
func (s StartThread) Decide(t Thread) ([]kernel.Event, error) {
	text, err := cleaned(s.Text)
	if err != nil {
		return nil, err
	}
	if len(t.Comments) > 0 {
		return nil, kernel.Conflict("the thread has begun already")
	}
	return []kernel.Event{ThreadStarted{
		CommentID: s.CommentID, VideoID: s.VideoID, Author: s.Author, Text: text, HeldForReview: s.HeldForReview,
	}}, nil
}
