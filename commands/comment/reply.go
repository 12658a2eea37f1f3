package comment

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
)

// Reply answers a comment of a video.
type Reply struct {
	VideoID   kernel.VideoID `json:"videoId"`
	InReplyTo int64          `json:"inReplyTo"`
	Text      string         `json:"text"`
}

var reply = commands.Spec[Reply, Written]{
	Type:     "comment.reply",
	Needs:    commands.ByUser(),
	Validate: func(c Reply) error { return comment.CheckText(c.Text) },
	Handle:   handleReply,
}

// Reply runs the command. Errors: those of StartThread, CodeNotFound for the comment, CodeInvalid with PeerTube's code for one of
// another video, CodeConflict for a deleted one.
func (h *Handlers) Reply(ctx context.Context, caller commands.Caller, c Reply) (commands.Outcome[Written], error) {
	return commands.Run(ctx, h.bus, caller, reply, c)
}

func handleReply(ctx context.Context, w *commands.Work, c Reply) (Written, error) {
	p, err := plan(ctx, w, c.VideoID)
	if err != nil {
		return Written{}, err
	}
	stream, parent, err := findOn(ctx, w, c.VideoID, c.InReplyTo)
	if err != nil {
		return Written{}, err
	}
	if parent.IsFull() {
		// What is answered must stand when the answer is appended, though it is appended elsewhere.
		if _, err := commands.Guard[comment.Thread](ctx, w, stream); err != nil {
			return Written{}, err
		}
		stream = kernel.CommentThreadID{UUID: w.NewID()}.Stream()
	}
	made, err := p.number(ctx, w, stream)
	if err != nil {
		return made, err
	}
	made.ThreadID = parent.ThreadID
	_, err = commands.Decide[comment.Thread](ctx, w, stream, comment.Reply{
		CommentID: made.CommentID, InReplyTo: c.InReplyTo, Parent: parent, Author: p.author, Text: c.Text, HeldForReview: p.held,
		SeesHeld: p.manages,
	})
	return made, err
}
