package video

import "vidilog/domain/kernel"

// Delete removes a video for good. Files go after the event is in the log.
type Delete struct{}

// Deleted records that the video is gone, with what the clean-up needs to find its files.
type Deleted struct {
	VideoID kernel.VideoID `json:"videoId"`
	OwnerID kernel.UserID  `json:"ownerId"`
}

// EventType is the literal id in the log.
func (Deleted) EventType() string { return "video.deleted" }

// Decide answers Deleted, or CodeNotFound.
func (Delete) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	return []kernel.Event{Deleted{VideoID: v.ID, OwnerID: v.OwnerID}}, nil
}
