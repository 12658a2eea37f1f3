package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// MoveFiles says that the files of a video can be reached under the paths of its privacy.
type MoveFiles struct {
	VideoID kernel.VideoID `json:"videoId"`
	Private bool           `json:"private"`
}

var moveFiles = commands.Spec[MoveFiles, struct{}]{
	Type:  "video.move-files",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c MoveFiles) (struct{}, error) {
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightAll, video.MoveFiles{Private: c.Private})
	},
}

// MoveFiles runs the command. Errors: CodeNotFound; CodeConflict when the privacy has changed back meanwhile.
func (h *Handlers) MoveFiles(ctx context.Context, caller commands.Caller, c MoveFiles) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, moveFiles, c)
}
