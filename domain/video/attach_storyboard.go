package video

import "vidilog/domain/kernel"

// Storyboard is one picture of a video in many small ones, for the seek bar of players.
type Storyboard struct {
	FileName string `json:"fileName"`
	// TotalWidth and TotalHeight of the picture, SpriteWidth and SpriteHeight of each small one, in pixels.
	TotalWidth   int `json:"totalWidth"`
	TotalHeight  int `json:"totalHeight"`
	SpriteWidth  int `json:"spriteWidth"`
	SpriteHeight int `json:"spriteHeight"`
	// SpriteSeconds is the time between two small ones.
	SpriteSeconds int `json:"spriteSeconds"`
}

// AttachStoryboard gives a video a storyboard that is on disk.
type AttachStoryboard struct{ Storyboard Storyboard }

// StoryboardAttached records the storyboard in force and the file it replaced, which may go.
type StoryboardAttached struct {
	VideoID    kernel.VideoID `json:"videoId"`
	Storyboard Storyboard     `json:"storyboard"`
	Replaced   string         `json:"replaced,omitempty"`
}

// EventType is the literal id in the log.
func (StoryboardAttached) EventType() string { return "video.storyboard-attached" }

// Decide answers StoryboardAttached, nothing when the video has this one, or CodeNotFound.
func (a AttachStoryboard) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if v.Storyboard == a.Storyboard.FileName {
		return nil, nil
	}
	return []kernel.Event{StoryboardAttached{VideoID: v.ID, Storyboard: a.Storyboard, Replaced: v.Storyboard}}, nil
}
