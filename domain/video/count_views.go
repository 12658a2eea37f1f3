package video

import (
	"time"

	"vidilog/domain/kernel"
)

// CountViews summarises views that were counted outside the log, in a stream per video and month.
type CountViews struct {
	VideoID kernel.VideoID
	Views   int64
	// From and To bound the time of the views.
	From, To time.Time
}

// ViewsCounted records how often a video was watched in a span of time.
type ViewsCounted struct {
	VideoID kernel.VideoID `json:"videoId"`
	Views   int64          `json:"views"`
	From    time.Time      `json:"from"`
	To      time.Time      `json:"to"`
}

// EventType is the literal id in the log.
func (ViewsCounted) EventType() string { return "video.views-counted" }

// Decide answers ViewsCounted, or nothing for no views. It needs the video to stand: views of a deleted one are lost on purpose.
func (c CountViews) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if c.Views <= 0 {
		return nil, nil
	}
	return []kernel.Event{ViewsCounted(c)}, nil
}
