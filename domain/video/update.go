package video

import (
	"reflect"

	"vidilog/domain/kernel"
)

// Update replaces what the author says about a video. The edge has merged the request into the attributes in force.
type Update struct {
	Attributes Attributes
	// ChannelID is where the video moves to, a channel of the same owner; nil leaves it.
	ChannelID *kernel.ChannelID
}

// Updated records all attributes as they are from here on, so that a reader needs no merge.
type Updated struct {
	VideoID    kernel.VideoID   `json:"videoId"`
	ChannelID  kernel.ChannelID `json:"channelId"`
	Attributes Attributes       `json:"attributes"`
	// MovesFiles says that the files lie under the paths of another privacy than the video has from here on.
	MovesFiles bool `json:"movesFiles"`
}

// EventType is the literal id in the log.
func (Updated) EventType() string { return "video.updated" }

// Decide answers Updated, nothing when nothing differs, or CodeInvalid naming the field.
func (u Update) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	attributes := u.Attributes.normalised()
	if err := attributes.check(); err != nil {
		return nil, err
	}
	updated := Updated{
		VideoID: v.ID, ChannelID: v.ChannelID, Attributes: attributes,
		MovesFiles: attributes.Privacy.KeepsFilesPrivate() != v.PrivateFiles,
	}
	if u.ChannelID != nil {
		updated.ChannelID = *u.ChannelID
	}
	if updated.ChannelID == v.ChannelID && reflect.DeepEqual(attributes, v.Attributes) {
		return nil, nil
	}
	return []kernel.Event{updated}, nil
}
