package transcoding

import "slices"

// Policy is what the administrator has decided about transcoding.
type Policy struct {
	// Resolutions are the enabled ones, in any order; transcoding.resolutions of the configuration.
	Resolutions []Resolution `json:"resolutions"`
	// AlwaysOriginalResolution keeps the size of the upload even where it is not enabled;
	// transcoding.always_transcode_original_resolution.
	AlwaysOriginalResolution bool `json:"alwaysOriginalResolution"`
	// MaxFPS is the highest frame rate of any file; transcoding.fps.max, 60 by default.
	MaxFPS int `json:"maxFps"`
}

// DefaultMaxFPS is PeerTube's highest frame rate where the configuration names none.
const DefaultMaxFPS = 60

// maxFPS stands in for a policy that was built without a limit.
func (p Policy) maxFPS() int {
	if p.MaxFPS <= 0 {
		return DefaultMaxFPS
	}
	return p.MaxFPS
}

// OriginalResolution is the largest resolution that is made of an upload of resolution input: the input itself when the
// policy keeps it or when nothing enabled is as small, else the largest enabled one that does not enlarge. Always even.
func (p Policy) OriginalResolution(input Resolution) Resolution {
	if p.AlwaysOriginalResolution {
		return input.Even()
	}
	largest := Resolution(-1)
	for _, r := range p.enabled(true) {
		if r <= input {
			largest = max(largest, r)
		}
	}
	if largest <= AudioOnly {
		// PeerTube 6.3 would make an audio file of a 100p video when only "0p" is enabled; a picture is kept instead.
		return input.Even()
	}
	return largest
}

// LowerResolutions are the enabled ones below the largest file, in the order in which they are worked on. The audio-only
// one is among them when the source has sound.
func (p Policy) LowerResolutions(largest Resolution, hasAudio bool) []Resolution {
	var lower []Resolution
	for _, r := range p.enabled(hasAudio) {
		if r < largest {
			lower = append(lower, r)
		}
	}
	return lower
}

// UpTo are the enabled resolutions that do not enlarge the input, and the input itself (made even) when includeInput is
// set, in the order in which they are worked on. Live and the manual creation of files choose from these.
func (p Policy) UpTo(input Resolution, includeInput, hasAudio bool) []Resolution {
	var list []Resolution
	for _, r := range p.enabled(hasAudio) {
		if r <= input {
			list = append(list, r)
		}
	}
	if includeInput && !slices.Contains(list, input.Even()) {
		list = append(list, input.Even())
	}
	return list
}

// enabled lists the enabled resolutions in the order of work.
func (p Policy) enabled(hasAudio bool) []Resolution {
	var list []Resolution
	for _, r := range jobOrder {
		if slices.Contains(p.Resolutions, r) && (r != AudioOnly || hasAudio) {
			list = append(list, r)
		}
	}
	return list
}
