package comment

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
)

// Delete takes away what a comment says.
type Delete struct {
	VideoID   kernel.VideoID `json:"videoId"`
	CommentID int64          `json:"commentId"`
}

var remove = commands.Spec[Delete, struct{}]{
	Type:  "comment.delete",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c Delete) (struct{}, error) {
		film, err := standing(commands.Load[video.Video](ctx, w, c.VideoID.Stream()))
		if err != nil {
			return struct{}{}, err
		}
		stream, thread, err := findOn(ctx, w, c.VideoID, c.CommentID)
		if err != nil {
			return struct{}{}, err
		}
		if err := (comment.Delete{CommentID: c.CommentID}).Check(thread); err != nil {
			return struct{}{}, err
		}
		found, err := thread.Find(c.CommentID)
		if err != nil {
			return struct{}{}, err
		}
		by := removerOf(w, film, found)
		if by == "" {
			return struct{}{}, kernel.Forbidden("Cannot remove video comment of another user")
		}
		return struct{}{}, removeFrom(ctx, w, stream, found, by)
	},
}

// Delete runs the command, for the comment's author, the video's owner and those who manage any comment. Errors, in the order of
// PeerTube: CodeNotFound, CodeInvalid with PeerTube's code for a comment of another video, CodeConflict for a deleted one,
// CodeForbidden.
func (h *Handlers) Delete(ctx context.Context, caller commands.Caller, c Delete) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, remove, c)
}

// removerOf answers in which capacity the caller may delete a comment, "" for none.
func removerOf(w *commands.Work, film video.Video, c comment.Comment) comment.Remover {
	switch caller := w.Caller; {
	case caller.UserID == c.Author.UserID:
		return comment.ByAuthor
	case caller.UserID == film.OwnerID:
		return comment.ByVideoOwner
	case caller.Role.Has(user.RightManageAnyComment):
		return comment.ByModerator
	}
	return ""
}

// removeFrom deletes a comment of a stream and takes it from the list of what its author has written.
func removeFrom(ctx context.Context, w *commands.Work, stream kernel.StreamID, c comment.Comment, by comment.Remover) error {
	w.Release(writtenBy(c.Author.AccountID), eventstore.IntegerClaim(numbers, c.ID).Key, stream.ID)
	_, err := commands.Decide[comment.Thread](ctx, w, stream, comment.Delete{CommentID: c.ID, By: by})
	return err
}
