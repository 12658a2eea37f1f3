package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// SetCaption gives a video a caption that is on disk under its final name.
type SetCaption struct {
	VideoID kernel.VideoID `json:"videoId"`
	Caption video.Caption  `json:"caption"`
}

var setCaption = commands.Spec[SetCaption, struct{}]{
	Type:  "video.set-caption",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c SetCaption) (struct{}, error) {
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightUpdateAnyVideo, video.SetCaption{Caption: c.Caption})
	},
}

// SetCaption runs the command. Errors: CodeInvalid, CodeForbidden, CodeNotFound.
func (h *Handlers) SetCaption(ctx context.Context, caller commands.Caller, c SetCaption) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, setCaption, c)
}

// RemoveCaption takes the caption of a language away.
type RemoveCaption struct {
	VideoID  kernel.VideoID `json:"videoId"`
	Language string         `json:"language"`
}

var removeCaption = commands.Spec[RemoveCaption, struct{}]{
	Type:  "video.remove-caption",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c RemoveCaption) (struct{}, error) {
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightUpdateAnyVideo, video.RemoveCaption{Language: c.Language})
	},
}

// RemoveCaption runs the command. Errors: CodeForbidden, CodeNotFound.
func (h *Handlers) RemoveCaption(ctx context.Context, caller commands.Caller, c RemoveCaption) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, removeCaption, c)
}
