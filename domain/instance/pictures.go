package instance

import (
	"slices"

	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// Kind says which of its pictures an instance shows where.
type Kind string

// The kinds: those of an actor, and the logos of 8.x by its names.
const (
	Avatar       Kind = "avatar"
	Banner       Kind = "banner"
	Favicon      Kind = "favicon"
	HeaderWide   Kind = "header-wide"
	HeaderSquare Kind = "header-square"
	OpenGraph    Kind = "opengraph"
)

// Kinds are all of them.
func Kinds() []Kind { return []Kind{Avatar, Banner, Favicon, HeaderWide, HeaderSquare, OpenGraph} }

// ChangePicture gives the instance a picture in its sizes; none takes it away.
type ChangePicture struct {
	Kind   Kind
	Images []actor.Image
}

// PictureChanged records a picture's sizes, and the files that are needed no more.
type PictureChanged struct {
	Kind     Kind          `json:"kind"`
	Images   []actor.Image `json:"images"`
	Replaced []string      `json:"replaced"`
}

// EventType is the literal id in the log.
func (PictureChanged) EventType() string { return "instance.picture-changed" }

// Decide answers PictureChanged, nothing when there is none to take away, or CodeInvalid.
func (c ChangePicture) Decide(i Instance) ([]kernel.Event, error) {
	if !slices.Contains(Kinds(), c.Kind) {
		return nil, kernel.Invalid("kind", "must be one of %v", Kinds())
	}
	before := i.Pictures[c.Kind]
	if len(c.Images) == 0 && len(before) == 0 {
		return nil, nil
	}
	return []kernel.Event{PictureChanged{Kind: c.Kind, Images: c.Images, Replaced: before}}, nil
}
