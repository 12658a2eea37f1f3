package video

import "vidilog/domain/kernel"

// GiveUpTranscoding says that the renditions a video waits for will not come.
type GiveUpTranscoding struct {
	// Reason is ffmpeg's message, for the author and the administrator.
	Reason string
}

// TranscodingFailed records that a waiting video cannot be shown.
type TranscodingFailed struct {
	VideoID kernel.VideoID `json:"videoId"`
	Reason  string         `json:"reason"`
}

// EventType is the literal id in the log.
func (TranscodingFailed) EventType() string { return "video.transcoding-failed" }

// Decide answers TranscodingFailed for a video that waits; a published one stays as it is.
func (g GiveUpTranscoding) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if v.State != StateToTranscode {
		return nil, nil
	}
	return []kernel.Event{TranscodingFailed{VideoID: v.ID, Reason: kernel.CleanText(g.Reason)}}, nil
}
