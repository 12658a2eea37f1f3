package uploads

import (
	"context"
	"time"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/projections/catalog"
)

// picturesWithin bounds how long an answer waits for pictures: usually a quarter of a second, more on a machine that is busy.
// PeerTube takes them before it answers, however long that takes.
const picturesWithin = 10 * time.Second

// Pictures waits for thumbnail and preview of a file that has just been recorded, so that the next request of a client shows them,
// as PeerTube's does. They are made beside the request, since an effect survives a crash and a request does not.
type Pictures struct {
	// Videos answers what is shown of videos.
	Videos func(ctx context.Context, ids []kernel.VideoID) ([]catalog.Video, error)
	// Position answers how far in the log that is, Past waits until it is further; false means that it will not be before ctx ends.
	Position func() eventstore.Position
	Past     func(ctx context.Context, position eventstore.Position) bool
	// Within is 10 s when 0.
	Within time.Duration
}

// Await returns once a video shows a preview and another thumbnail than the one it had; when the time is up, the client has gone or
// nothing more is to be seen: a video without pictures stands as well.
func (p Pictures) Await(ctx context.Context, id kernel.VideoID, had string) {
	within := p.Within
	if within == 0 {
		within = picturesWithin
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	for {
		seen := p.Position() // before the look, so that nothing comes between
		found, err := p.Videos(ctx, []kernel.VideoID{id})
		if err != nil || len(found) == 1 && found[0].Preview != "" && found[0].Thumbnail != "" && found[0].Thumbnail != had {
			return
		}
		if !p.Past(ctx, seen) {
			return
		}
	}
}
