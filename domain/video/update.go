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
	// Passwords of a protected video, all of them: PeerTube wants them with every update.
	Passwords []Password
}

// Updated records all attributes as they are from here on, so that a reader needs no merge.
type Updated struct {
	VideoID    kernel.VideoID   `json:"videoId"`
	ChannelID  kernel.ChannelID `json:"channelId"`
	Attributes Attributes       `json:"attributes"`
	// MovesFiles says that the files lie under the paths of another privacy than the video has from here on.
	MovesFiles bool `json:"movesFiles"`
	// Renames says that the name is another one: torrents carry it.
	Renames bool `json:"renames,omitzero"`
}

// EventType is the literal id in the log.
func (Updated) EventType() string { return "video.updated" }

// Decide answers Updated, ChaptersSet where the description names others, and PasswordsSet where passwords change or go with the
// privacy that needed them; nothing when nothing differs; CodeInvalid naming the field.
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
		MovesFiles: attributes.Privacy.KeepsFilesPrivate() != v.PrivateFiles, Renames: attributes.Name != v.Attributes.Name,
	}
	if u.ChannelID != nil {
		updated.ChannelID = *u.ChannelID
	}
	var events []kernel.Event
	if updated.ChannelID != v.ChannelID || !reflect.DeepEqual(attributes, v.Attributes) {
		events = append([]kernel.Event{updated}, chaptersAfter(v, v.Attributes.Description, attributes.Description)...)
		v = v.Apply(updated)
	}
	passwords, err := u.passwords(v)
	return append(events, passwords...), err
}

// passwords decides about those of a video that has its new attributes.
func (u Update) passwords(v Video) ([]kernel.Event, error) {
	if v.Attributes.Privacy != PasswordProtected {
		if len(v.Passwords) > 0 {
			return []kernel.Event{PasswordsSet{VideoID: v.ID}}, nil
		}
		return nil, nil
	}
	if u.Passwords == nil {
		return nil, kernel.Refuse(kernel.CodeInvalid, "Video passwords are missing.")
	}
	return SetPasswords{Passwords: u.Passwords}.Decide(v)
}
