package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// SetChapters replaces the chapters of a video.
type SetChapters struct {
	VideoID  kernel.VideoID  `json:"videoId"`
	Chapters []video.Chapter `json:"chapters"`
}

var setChapters = commands.Spec[SetChapters, struct{}]{
	Type:  "video.set-chapters",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c SetChapters) (struct{}, error) {
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightUpdateAnyVideo, video.SetChapters{Chapters: c.Chapters})
	},
}

// SetChapters runs the command. Errors: CodeInvalid, CodeForbidden, CodeNotFound.
func (h *Handlers) SetChapters(ctx context.Context, caller commands.Caller, c SetChapters) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, setChapters, c)
}
