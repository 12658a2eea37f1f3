package comment

import "vidilog/domain/kernel"

// Remover says in which capacity somebody deletes a comment; who it is stands in the event's envelope.
type Remover string

// The removers.
const (
	ByAuthor     Remover = "author"
	ByVideoOwner Remover = "videoOwner"
	ByModerator  Remover = "moderator"
	// WithAccount is the deletion of everything that a deleted account has written.
	WithAccount Remover = "account"
)

// Delete takes away what a comment says and who said it. Its place in the thread stays, so that answers to it do.
type Delete struct {
	CommentID int64
	By        Remover
}

// Deleted records that a comment is deleted, and what counters need to know of it.
type Deleted struct {
	CommentID int64          `json:"commentId"`
	VideoID   kernel.VideoID `json:"videoId"`
	By        Remover        `json:"by"`
	// WasHeld says that it was held for review until then.
	WasHeld bool `json:"wasHeld"`
}

// EventType is the literal id in the log.
func (Deleted) EventType() string { return "comment.deleted" }

// Check answers what stands against a deletion whoever asks for it: CodeNotFound, or CodeConflict in PeerTube's words for a comment
// that is deleted.
func (d Delete) Check(t Thread) error {
	_, err := d.standing(t)
	return err
}

func (d Delete) standing(t Thread) (Comment, error) {
	c, err := t.Find(d.CommentID)
	if err == nil && c.Deleted {
		err = kernel.Conflict("This comment is already deleted")
	}
	return c, err
}

// Decide answers Deleted, or what Check does.
func (d Delete) Decide(t Thread) ([]kernel.Event, error) {
	c, err := d.standing(t)
	if err != nil {
		return nil, err
	}
	return []kernel.Event{Deleted{CommentID: d.CommentID, VideoID: t.VideoID, By: d.By, WasHeld: c.HeldForReview}}, nil
}
