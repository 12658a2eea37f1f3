// Package comment holds the commands on comments of videos. Everybody who is logged in may comment a video; whether they may see it
// has been decided before, because that depends on passwords and blocks that are not the video's.
//
// It may import commands, domain/… and the eventstore ports. Read start_thread.go first.
package comment

import (
	"context"

	"github.com/google/uuid"

	"vidilog/commands"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
)

// Handlers runs the commands of this package on a bus.
type Handlers struct{ bus *commands.Bus }

// New makes the handlers.
func New(bus *commands.Bus) *Handlers { return &Handlers{bus: bus} }

// numbers is the kind of the integers by which comments are known. The claim of one leads to the stream that holds the comment.
const numbers = "comment"

// writtenBy is the kind of claims under which everything that an account has written can be found, keyed by the comment's number.
// They are released with the deletion.
func writtenBy(account kernel.AccountID) string { return "comment-by-" + account.String() }

// Find answers the stream that holds a comment and its state, or CodeNotFound. Other commands may guard the stream, so that what they
// decide about a comment holds when it is appended.
func Find(ctx context.Context, w *commands.Work, id int64) (kernel.StreamID, comment.Thread, error) {
	holder, found, err := w.Holder(ctx, eventstore.IntegerClaim(numbers, id).Kind, eventstore.IntegerClaim(numbers, id).Key)
	if err != nil {
		return kernel.StreamID{}, comment.Thread{}, err
	}
	parsed, err := uuid.Parse(holder)
	if !found || err != nil {
		return kernel.StreamID{}, comment.Thread{}, comment.NotFound()
	}
	stream := kernel.CommentThreadID{UUID: parsed}.Stream()
	state, err := commands.Load[comment.Thread](ctx, w, stream)
	return stream, state, err
}

// findOn is Find for a comment that must be one of a video. Errors: CodeNotFound, CodeInvalid with PeerTube's code.
func findOn(ctx context.Context, w *commands.Work, film kernel.VideoID, id int64) (kernel.StreamID, comment.Thread, error) {
	stream, state, err := Find(ctx, w, id)
	if err == nil && state.VideoID != film {
		err = kernel.Refuse(kernel.CodeInvalid, "Video comment is not associated to this video.").
			WithAPICode("comment_not_associated_to_video")
	}
	return stream, state, err
}

// standing answers a video that is there.
func standing(film video.Video, err error) (video.Video, error) {
	if err == nil && (!film.Exists || film.Deleted) {
		err = kernel.NotFound("Video not found")
	}
	return film, err
}

// manages says that the caller may approve and delete what others write below a video.
func manages(w *commands.Work, film video.Video) bool {
	return w.Caller.MustOwn(film.OwnerID, user.RightManageAnyComment) == nil
}
