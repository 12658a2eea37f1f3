package video

import (
	"slices"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
)

// RequestTranscoding wants all resolutions of a kind of files made anew.
type RequestTranscoding struct {
	Kind RenditionKind
	// Force ends a transcoding that runs; without it the wish is refused.
	Force bool
	// IsRunning says that the video is being transcoded.
	IsRunning bool
	// Settings is the transcoding configuration in force.
	Settings transcoding.Settings
}

// TranscodingRequested records the wish with everything that the plan needs to know.
type TranscodingRequested struct {
	VideoID kernel.VideoID `json:"videoId"`
	OwnerID kernel.UserID  `json:"ownerId"`
	Kind    RenditionKind  `json:"kind"`
	// Source is the number of the file that they are made of.
	Source int `json:"source,omitempty"`
	// Files are those to be made, the largest first.
	Files    []transcoding.Encoding `json:"files"`
	Settings transcoding.Settings   `json:"settings"`
}

// EventType is the literal id in the log.
func (TranscodingRequested) EventType() string { return "video.transcoding-requested" }

// Decide answers TranscodingRequested; CodeInvalid where the instance does not transcode; CodeConflict with PeerTube's code while
// a transcoding runs, unless forced; or CodeNotFound.
func (r RequestTranscoding) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if !r.Settings.Enabled {
		return nil, kernel.Refuse(kernel.CodeInvalid, "Cannot run transcoding job because transcoding is disabled on this instance")
	}
	if r.IsRunning && !r.Force {
		return nil, kernel.Conflict("This video is already being transcoded").WithAPICode("video_already_being_transcoded")
	}
	split := r.Kind == HLS && r.Settings.SplitAudioAndVideo
	files, err := r.Settings.Policy.Manual(v.largest(), v.fastest(), v.hasSound(), split)
	if err != nil {
		return nil, err
	}
	return []kernel.Event{TranscodingRequested{
		VideoID: v.ID, OwnerID: v.OwnerID, Kind: r.Kind, Source: v.Source, Files: files, Settings: r.Settings,
	}}, nil
}

func (v Video) largest() transcoding.Resolution {
	largest := 0
	for _, r := range v.Renditions {
		largest = max(largest, r.Resolution)
	}
	return transcoding.Resolution(largest)
}

func (v Video) fastest() int {
	fastest := 0
	for _, r := range v.Renditions {
		fastest = max(fastest, r.FPS)
	}
	return fastest
}

func (v Video) hasSound() bool {
	return slices.ContainsFunc(v.Renditions, func(r Rendition) bool { return r.HasAudio })
}
