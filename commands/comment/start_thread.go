package comment

import (
	"context"
	"time"

	"vidilog/commands"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
)

// StartThread comments a video.
type StartThread struct {
	VideoID kernel.VideoID `json:"videoId"`
	Text    string         `json:"text"`
}

// Written is a new comment.
type Written struct {
	CommentID int64 `json:"commentId"`
	// ThreadID is the comment that begins the thread: itself, for one that does.
	ThreadID      int64     `json:"threadId"`
	HeldForReview bool      `json:"heldForReview"`
	At            time.Time `json:"at"`
}

var startThread = commands.Spec[StartThread, Written]{
	Type:     "comment.start-thread",
	Needs:    commands.ByUser(),
	Validate: func(c StartThread) error { return comment.CheckText(c.Text) },
	Handle: func(ctx context.Context, w *commands.Work, c StartThread) (Written, error) {
		p, err := plan(ctx, w, c.VideoID)
		if err != nil {
			return Written{}, err
		}
		stream := kernel.CommentThreadID{UUID: w.NewID()}.Stream()
		made, err := p.number(ctx, w, stream)
		if err != nil {
			return made, err
		}
		_, err = commands.Decide[comment.Thread](ctx, w, stream, comment.StartThread{
			CommentID: made.CommentID, VideoID: c.VideoID, Author: p.author, Text: c.Text, HeldForReview: p.held,
		})
		return made, err
	},
}

// StartThread runs the command. Errors: CodeInvalid for the text, CodeUnauthenticated, CodeNotFound for the video, CodeConflict where
// its author wants no comments.
func (h *Handlers) StartThread(ctx context.Context, caller commands.Caller, c StartThread) (commands.Outcome[Written], error) {
	return commands.Run(ctx, h.bus, caller, startThread, c)
}

// writing is what becomes of a new comment of the caller.
type writing struct {
	author comment.Author
	// held says that it waits for review, manages that the author may see and approve what others write there.
	held, manages bool
}

// plan decides about a new comment before its place is known. Video and person must be so still when it is appended: a comment that
// came after the deletion of either would be lost, and one that came after the video's author closed the comments unwanted.
func plan(ctx context.Context, w *commands.Work, id kernel.VideoID) (writing, error) {
	film, err := standing(commands.Guard[video.Video](ctx, w, id.Stream()))
	if err != nil {
		return writing{}, err
	}
	person, err := commands.Guard[user.User](ctx, w, w.Caller.UserID.Stream())
	if err != nil {
		return writing{}, err
	}
	if !person.Exists {
		return writing{}, kernel.Forbidden("Only people can comment videos.")
	}
	p := writing{author: comment.Author{AccountID: person.AccountID, UserID: person.ID}, manages: manages(w, film)}
	switch film.Attributes.CommentsPolicy {
	case video.CommentsDisabled:
		return writing{}, kernel.Conflict("Video comments are disabled for this video.")
	case video.CommentsRequiresApproval:
		p.held = !p.manages
	case video.CommentsEnabled:
	}
	return p, nil
}

// number draws the number of a new comment, by which it and everything of its author can be found.
func (p writing) number(ctx context.Context, w *commands.Work, stream kernel.StreamID) (Written, error) {
	number, err := w.Number(ctx, numbers, stream)
	if err != nil {
		return Written{}, err
	}
	w.Take(writtenBy(p.author.AccountID), eventstore.IntegerClaim(numbers, number).Key, stream.ID, nil)
	return Written{CommentID: number, ThreadID: number, HeldForReview: p.held, At: w.Now}, nil
}
