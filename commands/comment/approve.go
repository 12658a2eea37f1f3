package comment

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

// Approve shows a comment that is held for review to everybody.
type Approve struct {
	VideoID   kernel.VideoID `json:"videoId"`
	CommentID int64          `json:"commentId"`
}

var approve = commands.Spec[Approve, struct{}]{
	Type:  "comment.approve",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c Approve) (struct{}, error) {
		film, err := standing(commands.Load[video.Video](ctx, w, c.VideoID.Stream()))
		if err != nil {
			return struct{}{}, err
		}
		stream, thread, err := findOn(ctx, w, c.VideoID, c.CommentID)
		if err != nil {
			return struct{}{}, err
		}
		verb := comment.Approve{CommentID: c.CommentID}
		if err := verb.Check(thread); err != nil {
			return struct{}{}, err
		}
		if !manages(w, film) {
			return struct{}{}, kernel.Forbidden("Cannot approve video comment of another user")
		}
		_, err = commands.Decide[comment.Thread](ctx, w, stream, verb)
		return struct{}{}, err
	},
}

// Approve runs the command, for the video's owner and those who manage any comment. Errors, in the order of PeerTube: CodeNotFound,
// CodeInvalid with PeerTube's code for a comment of another video, CodeConflict for a deleted one, CodeInvalid for one that is not
// held, CodeForbidden.
func (h *Handlers) Approve(ctx context.Context, caller commands.Caller, c Approve) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, approve, c)
}
