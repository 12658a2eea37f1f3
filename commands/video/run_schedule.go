package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// RunSchedule does what was scheduled for a video, when it is time.
type RunSchedule struct {
	VideoID kernel.VideoID `json:"videoId"`
}

var runSchedule = commands.Spec[RunSchedule, struct{}]{
	Type:  "video.run-schedule",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c RunSchedule) (struct{}, error) {
		state, err := owned(ctx, w, c.VideoID, user.RightAll)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, decidePasswords(ctx, w, state, video.RunSchedule{Now: w.Now})
	},
}

// RunSchedule runs the command. Error: CodeNotFound.
func (h *Handlers) RunSchedule(ctx context.Context, caller commands.Caller, c RunSchedule) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, runSchedule, c)
}
