package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// WritePlaylist points a video at a master playlist and hash file that are on disk.
type WritePlaylist struct {
	VideoID kernel.VideoID `json:"videoId"`
	// Playlist without its number, which is drawn here for the first one.
	Playlist video.Playlist `json:"playlist"`
}

var writePlaylist = commands.Spec[WritePlaylist, struct{}]{
	Type:  "video.write-playlist",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c WritePlaylist) (struct{}, error) {
		state, err := commands.Load[video.Video](ctx, w, c.VideoID.Stream())
		if err != nil {
			return struct{}{}, err
		}
		if state.Playlist == nil {
			if c.Playlist.IntegerID, err = w.Number(ctx, "playlist", c.VideoID.Stream()); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightAll, video.WritePlaylist{Playlist: c.Playlist})
	},
}

// WritePlaylist runs the command. Errors: CodeNotFound; CodeConflict when the renditions have changed since.
func (h *Handlers) WritePlaylist(ctx context.Context, caller commands.Caller, c WritePlaylist) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, writePlaylist, c)
}
