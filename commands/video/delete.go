package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/storage"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// Delete removes a video and gives its bytes back to its owner's quota. Files go afterwards.
type Delete struct {
	VideoID kernel.VideoID `json:"videoId"`
}

var remove = commands.Spec[Delete, struct{}]{
	Type:  "video.delete",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c Delete) (struct{}, error) {
		state, err := owned(ctx, w, c.VideoID, user.RightRemoveAnyVideo)
		if err != nil {
			return struct{}{}, err
		}
		if err := decidePasswords(ctx, w, state, video.Delete{}); err != nil {
			return struct{}{}, err
		}
		_, err = commands.Decide[storage.Storage](ctx, w, kernel.StorageID{UUID: state.OwnerID.UUID}.Stream(),
			storage.Release{For: c.VideoID.String()})
		return struct{}{}, err
	},
}

// Delete runs the command. Errors: CodeForbidden, CodeNotFound.
func (h *Handlers) Delete(ctx context.Context, caller commands.Caller, c Delete) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, remove, c)
}
