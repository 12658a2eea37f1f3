package transcoding

import (
	"slices"

	"vidilog/domain/kernel"
)

// Encoding is one file to be made.
type Encoding struct {
	Resolution Resolution `json:"resolution"`
	// FPS is the frame rate; 0 for an audio-only file.
	FPS int `json:"fps"`
	// QuickCopy passes video and audio through unchanged.
	QuickCopy bool `json:"quickCopy,omitzero"`
}

// Plan is everything that is made of one upload.
type Plan struct {
	// MergesAudio says that the upload has no picture and becomes a video of a still one.
	MergesAudio bool `json:"mergesAudio,omitzero"`
	// WebVideo is the first file: the upload made playable. A quick copy keeps the upload's own resolution.
	WebVideo Encoding `json:"webVideo"`
	// HLS is the largest HLS rendition. It is smaller than WebVideo when a quick copy has a size that is not enabled.
	HLS Encoding `json:"hls"`
	// HLSByCopy says that HLS is made from WebVideo without encoding again.
	HLSByCopy bool `json:"hlsByCopy,omitzero"`
	// Lower are the smaller resolutions in the order of work: a web video each, and HLS made from it by copy.
	Lower []Encoding `json:"lower,omitzero"`
}

// Plan decides what is made of an upload. It refuses a file with neither picture nor sound, and one with less than half a
// frame per second.
func (p Policy) Plan(probe Probe) (Plan, error) {
	plan := Plan{MergesAudio: probe.IsAudioOnly()}
	switch {
	case plan.MergesAudio:
		plan.HLS = Encoding{Resolution: AudioMergeResolution, FPS: min(AudioMergeFPS, p.maxFPS())}
		plan.WebVideo = plan.HLS
	case probe.HasVideo():
		if err := p.planPicture(probe, &plan); err != nil {
			return Plan{}, err
		}
	default:
		return Plan{}, kernel.Refuse(kernel.CodeUnprocessable, "the file has neither video nor audio")
	}
	plan.HLSByCopy = !plan.WebVideo.QuickCopy
	return plan, p.planLower(probe, &plan)
}

func (p Policy) planPicture(probe Probe, plan *Plan) error {
	largest := p.OriginalResolution(probe.Resolution())
	fps, err := p.OutputFPS(probe.FPS(), largest, true)
	if err != nil {
		return err
	}
	plan.HLS = Encoding{Resolution: largest, FPS: fps}
	plan.WebVideo = plan.HLS
	if p.CanQuickCopy(probe) {
		plan.WebVideo = Encoding{Resolution: probe.Resolution(), FPS: probe.FPS(), QuickCopy: true}
	}
	return nil
}

func (p Policy) planLower(probe Probe, plan *Plan) error {
	for _, r := range p.LowerResolutions(plan.HLS.Resolution, probe.HasAudio()) {
		encoding := Encoding{Resolution: r}
		if r != AudioOnly {
			fps, err := p.OutputFPS(plan.HLS.FPS, r, false)
			if err != nil {
				return err
			}
			encoding.FPS = fps
		}
		plan.Lower = append(plan.Lower, encoding)
	}
	return nil
}

// Manual lists the files that an administrator's wish for all resolutions leads to, the largest first, of which the others are
// made: all enabled ones up to the largest that the video has, and that one. fps is the highest frame rate the video has.
// withSound adds the rendition of sound alone that silent pictures need.
func (p Policy) Manual(largest Resolution, fps int, hasAudio, withSound bool) ([]Encoding, error) {
	wanted := p.UpTo(largest, true, hasAudio)
	if withSound && hasAudio && !slices.Contains(wanted, AudioOnly) {
		wanted = append(wanted, AudioOnly)
	}
	top := slices.Max(wanted)
	list := []Encoding{{Resolution: top}}
	for _, r := range wanted {
		if r != top {
			list = append(list, Encoding{Resolution: r})
		}
	}
	for i, e := range list {
		if e.Resolution == AudioOnly {
			continue
		}
		var err error
		if list[i].FPS, err = p.OutputFPS(fps, e.Resolution, e.Resolution == top); err != nil {
			return nil, err
		}
	}
	return list, nil
}
