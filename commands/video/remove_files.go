package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// RemoveFiles removes files of one kind.
type RemoveFiles struct {
	VideoID kernel.VideoID      `json:"videoId"`
	Kind    video.RenditionKind `json:"kind"`
	// FileID is the file that goes; 0 for all of the kind.
	FileID int64 `json:"fileId"`
}

func (c RemoveFiles) verb() verb {
	switch {
	case c.Kind == video.HLS && c.FileID == 0:
		return video.RemoveStreams{}
	case c.Kind == video.HLS:
		return video.RemoveStream{FileID: c.FileID}
	case c.FileID == 0:
		return video.RemoveWebVideos{}
	}
	return video.RemoveWebVideo{FileID: c.FileID}
}

var removeFiles = commands.Spec[RemoveFiles, struct{}]{
	Type:  "video.remove-files",
	Needs: commands.ByRight(user.RightManageVideoFiles),
	Handle: func(ctx context.Context, w *commands.Work, c RemoveFiles) (struct{}, error) {
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightManageVideoFiles, c.verb())
	},
}

// RemoveFiles runs the command. Errors: CodeForbidden, CodeNotFound, CodeInvalid where nothing to watch would be left.
func (h *Handlers) RemoveFiles(ctx context.Context, caller commands.Caller, c RemoveFiles) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, removeFiles, c)
}
