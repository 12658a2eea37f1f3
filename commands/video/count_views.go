package video

import (
	"context"
	"time"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

// CountViews appends a summary of views that were counted in Redis.
type CountViews struct {
	VideoID kernel.VideoID `json:"videoId"`
	Views   int64          `json:"views"`
	// From and To are not part of what tells a repeat from a reuse: a repeat comes later.
	From time.Time `json:"-"`
	To   time.Time `json:"-"`
}

var countViews = commands.Spec[CountViews, struct{}]{
	Type:  "video.count-views",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c CountViews) (struct{}, error) {
		state, err := commands.Load[video.Video](ctx, w, c.VideoID.Stream())
		if err != nil {
			return struct{}{}, err
		}
		events, err := video.CountViews{VideoID: c.VideoID, Views: c.Views, From: c.From, To: c.To}.Decide(state)
		if err != nil {
			return struct{}{}, err
		}
		month := kernel.ViewsStream(c.VideoID, c.To.UTC().Format("2006-01"))
		return struct{}{}, commands.Record[views](ctx, w, month, events...)
	},
}

// views is the state of a stream of view summaries: nothing is decided on it.
type views struct{}

func (v views) Apply(kernel.Event) views { return v }

// CountViews runs the command. Errors: CodeNotFound when the video has gone.
func (h *Handlers) CountViews(ctx context.Context, caller commands.Caller, c CountViews) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, countViews, c)
}
