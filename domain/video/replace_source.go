package video

import (
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
)

// ReplaceSource gives a video another file, which is on disk and has been probed. Addresses, views and comments stay.
type ReplaceSource struct {
	// Source is the number that the file is to have, one more than that of the file it replaces: two authors who replace the same
	// file are told of each other.
	Source int
	// SourceName is the file's name on the author's machine.
	SourceName string
	Original   Rendition
	// Kept is the name under which the file stays as it came, empty when it does not.
	Kept string
	// Seconds is the duration, rounded as PeerTube does.
	Seconds int
	// Probe is what ffprobe found in the file, Settings the transcoding configuration in force.
	Probe    transcoding.Probe
	Settings transcoding.Settings
}

// SourceReplaced records that a video shows another file. The files of the one before were removed by events of their own.
type SourceReplaced struct {
	VideoID kernel.VideoID `json:"videoId"`
	OwnerID kernel.UserID  `json:"ownerId"`
	// Source counts the files that the video has had before this one: what was made of an earlier one comes too late.
	Source     int    `json:"source"`
	SourceName string `json:"sourceName"`
	// Original is the uploaded file, the first web video.
	Original Rendition `json:"original"`
	// Kept is a second name of the same file, under which it stays as it came; empty when it goes once it was optimised.
	Kept string `json:"kept,omitempty"`
	// Seconds is the duration.
	Seconds int `json:"seconds"`
	// AspectRatio is width by height, 0 for audio.
	AspectRatio float64 `json:"aspectRatio"`
	State       State   `json:"state"`
	// Probe and Settings decide which renditions follow.
	Probe    transcoding.Probe    `json:"probe"`
	Settings transcoding.Settings `json:"settings"`
}

// EventType is the literal id in the log.
func (SourceReplaced) EventType() string { return "video.source-replaced" }

// Decide answers SourceReplaced after the removal of everything made of the file before; CodeConflict while a video waits for
// the renditions of that one, as in PeerTube; or CodeNotFound. The video waits for its new renditions as it did at its upload:
// when the author asked for that and transcoding is on.
func (r ReplaceSource) Decide(v Video) ([]kernel.Event, error) {
	if err := v.MayReplaceSource(); err != nil {
		return nil, err
	}
	if r.Source != v.Source+1 {
		return nil, kernel.Conflict("the file of the video has been replaced by another meanwhile")
	}
	var events []kernel.Event
	for _, old := range v.Renditions {
		events = append(events, v.removal(old))
	}
	if v.Playlist != nil {
		events = append(events, PlaylistRemoved{VideoID: v.ID, MasterName: v.Playlist.MasterName, HashesName: v.Playlist.HashesName})
	}
	if v.Kept != "" {
		events = append(events, KeptFileRemoved{VideoID: v.ID, FileName: v.Kept})
	}
	state := StatePublished
	if v.Attributes.WaitTranscoding && r.Settings.Produces() {
		state = StateToTranscode
	}
	return append(events, SourceReplaced{
		VideoID: v.ID, OwnerID: v.OwnerID, Source: r.Source, SourceName: kernel.CleanText(r.SourceName), Original: r.Original,
		Kept: r.Kept, Seconds: r.Seconds, AspectRatio: transcoding.AspectRatio(r.Original.Width, r.Original.Height), State: state,
		Probe: r.Probe, Settings: r.Settings,
	}), nil
}

// MayReplaceSource answers CodeConflict while a video waits for transcoding, and CodeNotFound.
func (v Video) MayReplaceSource() error {
	if err := v.mustStand(); err != nil {
		return err
	}
	if v.State == StateToTranscode {
		return kernel.Conflict("Cannot edit video that is already waiting for transcoding/edition")
	}
	return nil
}

// withSource is the video with its new file and nothing made of it yet.
func (v Video) withSource(e SourceReplaced) Video {
	v.State, v.Failure, v.Seconds, v.Source = e.State, "", e.Seconds, e.Source
	v.WasPublished = v.WasPublished || e.State == StatePublished
	v.Original, v.Kept, v.Renditions = e.Original.FileName, e.Kept, []Rendition{e.Original}
	return v
}
