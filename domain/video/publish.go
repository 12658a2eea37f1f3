package video

import "vidilog/domain/kernel"

// Publish shows a video whose renditions are ready.
type Publish struct{}

// Published records that the video may be watched by those its privacy allows.
type Published struct {
	VideoID kernel.VideoID `json:"videoId"`
	// Again says that it could be watched before: the time of its publication stays.
	Again bool `json:"again,omitzero"`
}

// EventType is the literal id in the log.
func (Published) EventType() string { return "video.published" }

// Decide answers Published, nothing when the video is published, or CodeNotFound.
func (Publish) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if v.State == StatePublished {
		return nil, nil
	}
	return []kernel.Event{Published{VideoID: v.ID, Again: v.WasPublished}}, nil
}
