package video

import "vidilog/domain/kernel"

// AddRendition gives a video a rendition that is complete on disk.
type AddRendition struct {
	Rendition Rendition
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

// RenditionRemoved records that a rendition is no longer part of the video; its files go afterwards.
type RenditionRemoved struct {
	VideoID      kernel.VideoID `json:"videoId"`
	Kind         RenditionKind  `json:"kind"`
	Resolution   int            `json:"resolution"`
	FileName     string         `json:"fileName"`
	PlaylistName string         `json:"playlistName,omitempty"`
}

// EventType is the literal id in the log.
func (RenditionRemoved) EventType() string { return "video.rendition-removed" }

// Decide answers RenditionAdded, after RenditionRemoved for what it takes the place of; or CodeNotFound, whereupon the caller
// removes the files it made.
func (a AddRendition) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	var events []kernel.Event
	for _, r := range v.Renditions {
		if r.FileName == a.Rendition.FileName {
			return nil, nil // the same job reported twice
		}
		if r.Key() == a.Rendition.Key() || r.FileName == a.Supersedes {
			events = append(events, removal(v.ID, r))
		}
	}
	return append(events, RenditionAdded{VideoID: v.ID, Rendition: a.Rendition}), nil
}

func removal(id kernel.VideoID, r Rendition) RenditionRemoved {
	return RenditionRemoved{VideoID: id, Kind: r.Kind, Resolution: r.Resolution, FileName: r.FileName, PlaylistName: r.PlaylistName}
}
