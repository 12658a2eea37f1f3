// Package video holds the commands on local videos. Owners may change their own; others need the right named in the file of
// the command.
//
// It may import commands, domain/… and the eventstore ports. Read upload.go first.
package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// Handlers runs the commands of this package on a bus.
type Handlers struct{ bus *commands.Bus }

// New makes the handlers.
func New(bus *commands.Bus) *Handlers { return &Handlers{bus: bus} }

// Video answers a video as of now, straight from the log: for decisions that must not lag. Its zero value means there is none.
func (h *Handlers) Video(ctx context.Context, id kernel.VideoID) (video.Video, error) {
	return commands.View[video.Video](ctx, h.bus, id.Stream())
}

// verb is a decision on one video.
type verb interface {
	Decide(video.Video) ([]kernel.Event, error)
}

// decideAs loads a video for somebody who must own it or hold the right above ownership, and lets the verb decide.
func decideAs(ctx context.Context, w *commands.Work, id kernel.VideoID, above user.Right, v verb) error {
	if _, err := owned(ctx, w, id, above); err != nil {
		return err
	}
	_, err := commands.Decide[video.Video](ctx, w, id.Stream(), v)
	return err
}

// owned loads a video that stands, for somebody who must own it or hold the right above ownership.
func owned(ctx context.Context, w *commands.Work, id kernel.VideoID, above user.Right) (video.Video, error) {
	state, err := commands.Load[video.Video](ctx, w, id.Stream())
	if err == nil && (!state.Exists || state.Deleted) {
		err = kernel.NotFound("Video not found")
	}
	if err == nil {
		err = w.Caller.MustOwn(state.OwnerID, above)
	}
	return state, err
}
