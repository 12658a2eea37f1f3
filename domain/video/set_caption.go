package video

import (
	"slices"

	"vidilog/domain/kernel"
)

// Caption is the text of a video in one language, a WebVTT file on disk.
type Caption struct {
	// Language is PeerTube's id of it ("en", "zh-Hans").
	Language string `json:"language"`
	FileName string `json:"fileName"`
	// Generated says that a program has listened, not the author written.
	Generated bool `json:"generated,omitempty"`
}

// SetCaption gives a video a caption, in place of the one of the same language.
type SetCaption struct{ Caption Caption }

// CaptionSet records a caption and the file it replaced, which may go.
type CaptionSet struct {
	VideoID  kernel.VideoID `json:"videoId"`
	Caption  Caption        `json:"caption"`
	Replaced string         `json:"replaced,omitempty"`
}

// EventType is the literal id in the log.
func (CaptionSet) EventType() string { return "video.caption-set" }

// Decide answers CaptionSet, CodeInvalid for a language that cannot be one, or CodeNotFound.
func (s SetCaption) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if s.Caption.Language == "" || !lengthOf(&s.Caption.Language, 1, 10) {
		return nil, kernel.Invalid("captionLanguage", "Should have a valid caption language")
	}
	set := CaptionSet{VideoID: v.ID, Caption: s.Caption}
	if i := v.caption(s.Caption.Language); i >= 0 {
		set.Replaced = v.Captions[i].FileName
	}
	return []kernel.Event{set}, nil
}

// RemoveCaption takes the caption of a language away.
type RemoveCaption struct{ Language string }

// CaptionRemoved records that a caption is gone; its file goes afterwards.
type CaptionRemoved struct {
	VideoID  kernel.VideoID `json:"videoId"`
	Language string         `json:"language"`
	FileName string         `json:"fileName"`
}

// EventType is the literal id in the log.
func (CaptionRemoved) EventType() string { return "video.caption-removed" }

// Decide answers CaptionRemoved, or CodeNotFound.
func (r RemoveCaption) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	i := v.caption(r.Language)
	if i < 0 {
		return nil, kernel.NotFound("Video caption not found")
	}
	return []kernel.Event{CaptionRemoved{VideoID: v.ID, Language: r.Language, FileName: v.Captions[i].FileName}}, nil
}

// caption is the place of a language among the captions, -1 for none.
func (v Video) caption(language string) int {
	return slices.IndexFunc(v.Captions, func(c Caption) bool { return c.Language == language })
}

// withoutCaption answers the captions in other languages, a list of its own.
func (v Video) withoutCaption(language string) []Caption {
	return slices.DeleteFunc(slices.Clone(v.Captions), func(c Caption) bool { return c.Language == language })
}
