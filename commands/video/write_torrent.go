package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// WriteTorrent gives a rendition a torrent that is on disk under its final name.
type WriteTorrent struct {
	VideoID kernel.VideoID `json:"videoId"`
	// Media is the file name of the rendition.
	Media   string        `json:"media"`
	Torrent video.Torrent `json:"torrent"`
}

var writeTorrent = commands.Spec[WriteTorrent, struct{}]{
	Type:  "video.write-torrent",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c WriteTorrent) (struct{}, error) {
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightAll, video.WriteTorrent{Media: c.Media, Torrent: c.Torrent})
	},
}

// WriteTorrent runs the command. Error: CodeNotFound when the rendition or the video has gone.
func (h *Handlers) WriteTorrent(ctx context.Context, caller commands.Caller, c WriteTorrent) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, writeTorrent, c)
}
