package video

import (
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
)

// Upload brings a new video with its original file, which is on disk and has been probed.
type Upload struct {
	VideoID    kernel.VideoID
	IntegerID  int64
	ChannelID  kernel.ChannelID
	AccountID  kernel.AccountID
	OwnerID    kernel.UserID
	Attributes Attributes
	// SourceName is the file's name on the author's machine.
	SourceName string
	Original   Rendition
	// Kept is the name under which the uploaded file stays as it came, empty when it does not.
	Kept string
	// Seconds is the duration, rounded as PeerTube does.
	Seconds int
	// Probe is what ffprobe found in the file, Settings the transcoding configuration in force.
	Probe    transcoding.Probe
	Settings transcoding.Settings
	// Passwords of a protected video.
	Passwords []Password
}

// Uploaded records a new video.
type Uploaded struct {
	VideoID    kernel.VideoID   `json:"videoId"`
	IntegerID  int64            `json:"integerId"`
	ChannelID  kernel.ChannelID `json:"channelId"`
	AccountID  kernel.AccountID `json:"accountId"`
	OwnerID    kernel.UserID    `json:"ownerId"`
	Attributes Attributes       `json:"attributes"`
	SourceName string           `json:"sourceName"`
	// Original is the uploaded file, the first web video.
	Original Rendition `json:"original"`
	// Kept is a second name of the same file, under which it stays as it came; empty when it goes once it was optimised.
	Kept string `json:"kept,omitempty"`
	// Seconds is the duration.
	Seconds int `json:"seconds"`
	// AspectRatio is width by height, 0 for audio.
	AspectRatio float64 `json:"aspectRatio"`
	State       State   `json:"state"`
	// PrivateFiles says that the files lie under private paths.
	PrivateFiles bool `json:"privateFiles"`
	// Probe and Settings decide which renditions follow.
	Probe    transcoding.Probe    `json:"probe"`
	Settings transcoding.Settings `json:"settings"`
}

// EventType is the literal id in the log.
func (Uploaded) EventType() string { return "video.uploaded" }

// Decide answers Uploaded, or CodeInvalid naming the field. A video waits for its renditions (state 2) when the author asked
// for that and transcoding is on; otherwise it is public with the original at once, as in PeerTube.
func (u Upload) Decide(v Video) ([]kernel.Event, error) {
	if v.Exists {
		return nil, kernel.Conflict("the video %s exists already", v.ID)
	}
	attributes := u.Attributes.normalised()
	if err := attributes.check(); err != nil {
		return nil, err
	}
	if attributes.Privacy == PasswordProtected && len(u.Passwords) == 0 {
		return nil, kernel.Refuse(kernel.CodeInvalid, "Video passwords are missing.")
	}
	state := StatePublished
	if attributes.WaitTranscoding && u.Settings.Produces() {
		state = StateToTranscode
	}
	events := []kernel.Event{Uploaded{
		VideoID: u.VideoID, IntegerID: u.IntegerID, ChannelID: u.ChannelID, AccountID: u.AccountID, OwnerID: u.OwnerID,
		Attributes: attributes, SourceName: kernel.CleanText(u.SourceName), Original: u.Original, Kept: u.Kept, Seconds: u.Seconds,
		AspectRatio: transcoding.AspectRatio(u.Original.Width, u.Original.Height), State: state,
		PrivateFiles: attributes.Privacy.KeepsFilesPrivate(), Probe: u.Probe, Settings: u.Settings,
	}}
	if attributes.Privacy == PasswordProtected {
		events = append(events, PasswordsSet{VideoID: u.VideoID, Passwords: u.Passwords})
	}
	chapters := chaptersIn(attributes.Description)
	if chapters == nil {
		chapters = chaptersOf(u.Probe)
	}
	if len(chapters) > 0 {
		events = append(events, ChaptersSet{VideoID: u.VideoID, Chapters: chapters})
	}
	return events, nil
}
