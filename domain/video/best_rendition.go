package video

import (
	"cmp"
	"slices"
)

// Preference says which of several files is the better material for another.
type Preference int

const (
	// LargestFirst prefers size, and of two files of a size the web video: it is one whole file.
	LargestFirst Preference = iota
	// StreamsFirst prefers any HLS file to any web video, and size among them: the web videos are about to go.
	StreamsFirst
)

// BestPicture answers the best file that has a picture; found is false without one.
func (v Video) BestPicture(p Preference) (best Rendition, found bool) {
	return v.best(p, func(r Rendition) bool { return r.HasVideo })
}

// BestSound answers the best file that has sound; found is false without one.
func (v Video) BestSound(p Preference) (best Rendition, found bool) {
	return v.best(p, func(r Rendition) bool { return r.HasAudio })
}

func (v Video) best(p Preference, suits func(Rendition) bool) (best Rendition, found bool) {
	suitable := slices.DeleteFunc(slices.Clone(v.Renditions), func(r Rendition) bool { return !suits(r) })
	if len(suitable) == 0 {
		return Rendition{}, false
	}
	return slices.MaxFunc(suitable, p.compare), true
}

// compare answers more than 0 when a is better than b.
func (p Preference) compare(a, b Rendition) int {
	bySize := cmp.Compare(a.Resolution, b.Resolution)
	if p == StreamsFirst {
		return cmp.Or(ofKind(HLS, a, b), bySize)
	}
	return cmp.Or(bySize, ofKind(WebVideo, a, b))
}

// ofKind answers 1 when only a is of the kind and -1 when only b is.
func ofKind(kind RenditionKind, a, b Rendition) int {
	if a.Kind == b.Kind {
		return 0
	}
	if a.Kind == kind {
		return 1
	}
	return -1
}
