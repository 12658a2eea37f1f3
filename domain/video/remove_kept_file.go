package video

import "vidilog/domain/kernel"

// RemoveKeptFile gives up the uploaded file that was kept as it came.
type RemoveKeptFile struct{}

// KeptFileRemoved records that the uploaded file does not stay any longer; it goes afterwards.
type KeptFileRemoved struct {
	VideoID  kernel.VideoID `json:"videoId"`
	FileName string         `json:"fileName"`
}

// EventType is the literal id in the log.
func (KeptFileRemoved) EventType() string { return "video.kept-file-removed" }

// Decide answers KeptFileRemoved, nothing when no file is kept, or CodeNotFound.
func (RemoveKeptFile) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if v.Kept == "" {
		return nil, nil
	}
	return []kernel.Event{KeptFileRemoved{VideoID: v.ID, FileName: v.Kept}}, nil
}
