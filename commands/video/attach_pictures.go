package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// AttachPictures gives a video pictures that are on disk under their final names.
type AttachPictures struct {
	VideoID  kernel.VideoID `json:"videoId"`
	Pictures video.Pictures `json:"pictures"`
}

var attachPictures = commands.Spec[AttachPictures, struct{}]{
	Type:  "video.attach-pictures",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c AttachPictures) (struct{}, error) {
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightUpdateAnyVideo, video.AttachPictures{Pictures: c.Pictures})
	},
}

// AttachPictures runs the command. Errors: CodeForbidden, CodeNotFound, CodeConflict for generated pictures where the author
// has set some.
func (h *Handlers) AttachPictures(ctx context.Context, caller commands.Caller, c AttachPictures) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, attachPictures, c)
}
