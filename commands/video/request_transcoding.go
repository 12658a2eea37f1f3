package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
	"vidilog/domain/transcoding"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// RequestTranscoding wants all resolutions of a kind of files made anew.
type RequestTranscoding struct {
	VideoID kernel.VideoID      `json:"videoId"`
	Kind    video.RenditionKind `json:"kind"`
	// Force ends a transcoding that runs.
	Force bool `json:"force"`
	// Settings is the transcoding configuration in force.
	Settings transcoding.Settings `json:"settings"`
}

var requestTranscoding = commands.Spec[RequestTranscoding, struct{}]{
	Type:  "video.request-transcoding",
	Needs: commands.ByRight(user.RightRunTranscoding),
	Handle: func(ctx context.Context, w *commands.Work, c RequestTranscoding) (struct{}, error) {
		running, err := commands.Load[process.Transcoding](ctx, w, kernel.TranscodingID{UUID: c.VideoID.UUID}.Stream())
		if err != nil {
			return struct{}{}, err
		}
		state, err := commands.Load[video.Video](ctx, w, c.VideoID.Stream())
		if err != nil {
			return struct{}{}, err
		}
		// A wish that the process has not seen yet counts as well: it has put the video into this state.
		isRunning := running.IsRunning() || state.State == video.StateToTranscode
		_, err = commands.Decide[video.Video](ctx, w, c.VideoID.Stream(), video.RequestTranscoding{
			Kind: c.Kind, Force: c.Force, IsRunning: isRunning, Settings: c.Settings,
		})
		return struct{}{}, err
	},
}

// RequestTranscoding runs the command. Errors: CodeForbidden, CodeNotFound, CodeInvalid where the instance does not transcode,
// CodeConflict while a transcoding runs.
func (h *Handlers) RequestTranscoding(ctx context.Context, caller commands.Caller, c RequestTranscoding) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, requestTranscoding, c)
}
