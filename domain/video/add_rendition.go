package video

import (
	"slices"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
)

// AddRendition gives a video a rendition that is complete on disk.
type AddRendition struct {
	Rendition Rendition
	// Source is the number of the file that it was made of: what was made of one that has been replaced comes too late.
	Source int
	// Supersedes names the file that this one makes superfluous: the original once it has been optimised.
	Supersedes string
}

// RenditionAdded records a rendition.
type RenditionAdded struct {
	VideoID   kernel.VideoID `json:"videoId"`
	Rendition Rendition      `json:"rendition"`
}

// EventType is the literal id in the log.
func (RenditionAdded) EventType() string { return "video.rendition-added" }

// Measured records length and shape of a video whose upload was sound alone, once a picture has been put to it: ffmpeg's copy
// of the sound may be longer or shorter than what the upload's header said.
type Measured struct {
	VideoID kernel.VideoID `json:"videoId"`
	Seconds int            `json:"seconds"`
	// AspectRatio is width by height.
	AspectRatio float64 `json:"aspectRatio"`
}

// EventType is the literal id in the log.
func (Measured) EventType() string { return "video.measured" }

// RenditionRemoved records that a rendition is no longer part of the video; its files go afterwards.
type RenditionRemoved struct {
	VideoID      kernel.VideoID `json:"videoId"`
	Kind         RenditionKind  `json:"kind"`
	Resolution   int            `json:"resolution"`
	FileName     string         `json:"fileName"`
	PlaylistName string         `json:"playlistName,omitempty"`
	TorrentName  string         `json:"torrentName,omitempty"`
}

// EventType is the literal id in the log.
func (RenditionRemoved) EventType() string { return "video.rendition-removed" }

// Decide answers RenditionAdded, after RenditionRemoved for what it takes the place of and before Measured when it is the first
// with a picture; or CodeNotFound, whereupon the caller
// removes the files it made.
func (a AddRendition) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if a.Source != v.Source {
		return nil, kernel.Conflict("the video shows another file by now")
	}
	var events []kernel.Event
	for _, r := range v.Renditions {
		if r.FileName == a.Rendition.FileName {
			return nil, nil // the same job reported twice
		}
		if r.Key() == a.Rendition.Key() || r.FileName == a.Supersedes {
			events = append(events, v.removal(r))
		}
	}
	events = append(events, RenditionAdded{VideoID: v.ID, Rendition: a.Rendition})
	if a.Rendition.HasVideo && a.Rendition.Seconds > 0 && !v.hasPicture() {
		events = append(events, Measured{
			VideoID: v.ID, Seconds: a.Rendition.Seconds, AspectRatio: transcoding.AspectRatio(a.Rendition.Width, a.Rendition.Height),
		})
	}
	return events, nil
}

func (v Video) removal(r Rendition) RenditionRemoved {
	return RenditionRemoved{
		VideoID: v.ID, Kind: r.Kind, Resolution: r.Resolution, FileName: r.FileName, PlaylistName: r.PlaylistName,
		TorrentName: v.Torrents[r.FileName],
	}
}

func (v Video) hasPicture() bool {
	return slices.ContainsFunc(v.Renditions, func(r Rendition) bool { return r.HasVideo })
}
