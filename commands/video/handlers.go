// Package video holds the commands on local videos. Owners may change their own; others need the right named in the file of
// the command.
//
// It may import commands, domain/… and the eventstore ports. Read upload.go first.
package video

import (
	"context"
	"crypto/sha256"

	lru "github.com/hashicorp/golang-lru/v2"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// Handlers runs the commands of this package on a bus.
type Handlers struct {
	bus *commands.Bus
	// passwords are hashes of video passwords by their reference in the vault.
	passwords *lru.Cache[string, [sha256.Size]byte]
}

// passwordsKept bounds the hashes in memory.
const passwordsKept = 10_000

// New makes the handlers.
func New(bus *commands.Bus) *Handlers {
	passwords, _ := lru.New[string, [sha256.Size]byte](passwordsKept) // fails for sizes below 1 only
	return &Handlers{bus: bus, passwords: passwords}
}

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
