package video

import "vidilog/domain/kernel"

// MoveFiles says that all files of a video are in reach under the paths of its privacy. They lie in both places until this
// is in the log; the old names go afterwards.
type MoveFiles struct{ Private bool }

// FilesMoved records under which paths the files lie from here on.
type FilesMoved struct {
	VideoID kernel.VideoID `json:"videoId"`
	Private bool           `json:"private"`
}

// EventType is the literal id in the log.
func (FilesMoved) EventType() string { return "video.files-moved" }

// Decide answers FilesMoved; nothing when the files lie there already; CodeConflict when the privacy has changed back.
func (m MoveFiles) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if v.Attributes.Privacy.KeepsFilesPrivate() != m.Private {
		return nil, kernel.Conflict("the video's privacy asks for the other place by now")
	}
	if v.PrivateFiles == m.Private {
		return nil, nil
	}
	return []kernel.Event{FilesMoved{VideoID: v.ID, Private: m.Private}}, nil
}
