package video

import "vidilog/domain/kernel"

// Pictures are the still images of a video by file name, empty where there is none yet.
type Pictures struct {
	// Thumbnail is 280×157, Preview 850×480, both jpg (PeerTube 6.3).
	Thumbnail string `json:"thumbnail,omitempty"`
	Preview   string `json:"preview,omitempty"`
	// Generated says that they were taken from the video, so a later upload by the author may replace them.
	Generated bool `json:"generated"`
}

// AttachPictures gives a video the pictures that are on disk.
type AttachPictures struct{ Pictures Pictures }

// PicturesAttached records the pictures in force and the ones they replaced, whose files may go.
type PicturesAttached struct {
	VideoID  kernel.VideoID `json:"videoId"`
	Pictures Pictures       `json:"pictures"`
	Replaced Pictures       `json:"replaced"`
}

// EventType is the literal id in the log.
func (PicturesAttached) EventType() string { return "video.pictures-attached" }

// Decide answers PicturesAttached; CodeConflict when the author has set both pictures and these are taken from the video; or
// CodeNotFound. Pictures taken from the video stand in for those that the author has not set and never replace them.
func (a AttachPictures) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if a.Pictures.Generated && v.Pictures != (Pictures{}) && !v.Pictures.Generated {
		return a.standIn(v)
	}
	next, replaced := v.Pictures, Pictures{}
	next.Generated = a.Pictures.Generated
	if a.Pictures.Thumbnail != "" && a.Pictures.Thumbnail != v.Pictures.Thumbnail {
		next.Thumbnail, replaced.Thumbnail = a.Pictures.Thumbnail, v.Pictures.Thumbnail
	}
	if a.Pictures.Preview != "" && a.Pictures.Preview != v.Pictures.Preview {
		next.Preview, replaced.Preview = a.Pictures.Preview, v.Pictures.Preview
	}
	if next == v.Pictures {
		return nil, nil
	}
	return []kernel.Event{PicturesAttached{VideoID: v.ID, Pictures: next, Replaced: replaced}}, nil
}

// standIn fills in what the author has not set. The pictures count as the author's from then on.
func (a AttachPictures) standIn(v Video) ([]kernel.Event, error) {
	if v.Pictures.Thumbnail != "" && v.Pictures.Preview != "" {
		return nil, kernel.Conflict("the video has pictures of its author")
	}
	next := v.Pictures
	if next.Thumbnail == "" {
		next.Thumbnail = a.Pictures.Thumbnail
	}
	if next.Preview == "" {
		next.Preview = a.Pictures.Preview
	}
	if next == v.Pictures {
		return nil, nil
	}
	return []kernel.Event{PicturesAttached{VideoID: v.ID, Pictures: next}}, nil
}
