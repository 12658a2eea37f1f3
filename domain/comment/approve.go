package comment

import "vidilog/domain/kernel"

// Approve shows a comment that is held for review to everybody.
type Approve struct{ CommentID int64 }

// Approved records that a comment is held for review no more.
type Approved struct {
	CommentID int64          `json:"commentId"`
	VideoID   kernel.VideoID `json:"videoId"`
}

// EventType is the literal id in the log.
func (Approved) EventType() string { return "comment.approved" }

// Check answers what stands against an approval whoever asks for it, in the order and words of PeerTube: CodeNotFound, CodeConflict
// for a deleted comment, CodeInvalid for one that is not held.
func (a Approve) Check(t Thread) error {
	c, err := t.Find(a.CommentID)
	switch {
	case err != nil:
		return err
	case c.Deleted:
		return kernel.Conflict("This comment is deleted")
	case !c.HeldForReview:
		return kernel.Refuse(kernel.CodeInvalid, "This comment is not held for review")
	}
	return nil
}

// Decide answers Approved, or what Check does.
func (a Approve) Decide(t Thread) ([]kernel.Event, error) {
	if err := a.Check(t); err != nil {
		return nil, err
	}
	return []kernel.Event{Approved{CommentID: a.CommentID, VideoID: t.VideoID}}, nil
}
