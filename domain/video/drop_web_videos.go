package video

import "vidilog/domain/kernel"

// DropWebVideos removes all progressive files of a video that streams by HLS.
type DropWebVideos struct{}

// Decide answers a RenditionRemoved per web video; CodeConflict when the video could not be watched without them.
func (DropWebVideos) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if len(v.StreamRenditions()) == 0 {
		return nil, kernel.Conflict("the video has no HLS rendition; its web videos stay")
	}
	var events []kernel.Event
	for _, r := range v.Renditions {
		if r.Kind == WebVideo {
			events = append(events, v.removal(r))
		}
	}
	return events, nil
}
