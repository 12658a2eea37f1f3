package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// AttachStoryboard gives a video a storyboard that is on disk under its final name.
type AttachStoryboard struct {
	VideoID    kernel.VideoID   `json:"videoId"`
	Storyboard video.Storyboard `json:"storyboard"`
}

var attachStoryboard = commands.Spec[AttachStoryboard, struct{}]{
	Type:  "video.attach-storyboard",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c AttachStoryboard) (struct{}, error) {
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightAll, video.AttachStoryboard{Storyboard: c.Storyboard})
	},
}

// AttachStoryboard runs the command. Error: CodeNotFound.
func (h *Handlers) AttachStoryboard(ctx context.Context, caller commands.Caller, c AttachStoryboard) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, attachStoryboard, c)
}
