// Package rating holds the commands on ratings of videos.
//
// It may import commands, domain/… and the eventstore ports.
package rating

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/rating"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// Handlers runs the commands of this package on a bus.
type Handlers struct{ bus *commands.Bus }

// New makes the handlers.
func New(bus *commands.Bus) *Handlers { return &Handlers{bus: bus} }

// Rate says what the caller thinks of a video. Whether the caller may see it has been decided: rights to see depend on passwords
// and blocks that are not the video's.
type Rate struct {
	VideoID kernel.VideoID `json:"videoId"`
	Rating  rating.Rating  `json:"rating"`
}

// rate needs the video to stand when it is decided. One that is deleted at the same moment takes its ratings with it.
var rate = commands.Spec[Rate, struct{}]{
	Type:  "rating.rate",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c Rate) (struct{}, error) {
		film, err := commands.Load[video.Video](ctx, w, c.VideoID.Stream())
		if err != nil {
			return struct{}{}, err
		}
		if !film.Exists || film.Deleted {
			return struct{}{}, kernel.NotFound("Video not found")
		}
		person, err := commands.Load[user.User](ctx, w, w.Caller.UserID.Stream())
		if err != nil {
			return struct{}{}, err
		}
		if !person.Exists {
			return struct{}{}, kernel.Forbidden("Only people can rate videos.")
		}
		_, err = commands.Decide[rating.State](ctx, w, rating.Stream(person.AccountID, c.VideoID),
			rating.Rate{AccountID: person.AccountID, VideoID: c.VideoID, Rating: c.Rating})
		return struct{}{}, err
	},
}

// Rate runs the command. Errors: CodeInvalid, CodeUnauthenticated, CodeNotFound.
func (h *Handlers) Rate(ctx context.Context, caller commands.Caller, c Rate) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, rate, c)
}
