package uploads

import (
	"context"
	"time"

	"vidilog/domain/kernel"
	"vidilog/projections/catalog"
)

const (
	// picturesWithin bounds how long an answer waits for pictures: usually a third of a second, more on a machine that is busy.
	// PeerTube takes them before it answers, however long that takes.
	picturesWithin = 10 * time.Second
	// lookForPictures is how often they are looked for.
	lookForPictures = 20 * time.Millisecond
)

// Pictures waits for thumbnail and preview of a file that has just been recorded, so that the next request of a client shows them,
// as PeerTube's does. They are made beside the request, since an effect survives a crash and a request does not.
type Pictures struct {
	// Videos answers what is shown of videos.
	Videos func(ctx context.Context, ids []kernel.VideoID) ([]catalog.Video, error)
	// Within is 10 s when 0.
	Within time.Duration
}

// Await returns once a video shows a preview and another thumbnail than the one it had; when the time is up, the client has gone or
// nothing is to be seen: a video without pictures stands as well.
func (p Pictures) Await(ctx context.Context, id kernel.VideoID, had string) {
	within := p.Within
	if within == 0 {
		within = picturesWithin
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	again := time.NewTicker(lookForPictures)
	defer again.Stop()
	for {
		found, err := p.Videos(ctx, []kernel.VideoID{id})
		if err != nil || len(found) == 1 && found[0].Preview != "" && found[0].Thumbnail != "" && found[0].Thumbnail != had {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}
