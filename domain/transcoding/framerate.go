package transcoding

import (
	"cmp"
	"slices"

	"vidilog/domain/kernel"
)

// keepSourceFPSFrom is the resolution from which a file keeps a high frame rate (PeerTube: KEEP_ORIGIN_FPS_RESOLUTION_MIN).
const keepSourceFPSFrom Resolution = 720

// usualFPS is what a small file of a fast source is reduced to at most.
const usualFPS = 30

// OutputFPS is the frame rate of a file of resolution r made of a source of inputFPS (rounded, Probe.FPS).
//
// Small files of a fast source drop to a usual rate, so that they stay small; isSource exempts the file that has the
// source's own resolution. Above the policy's maximum every file drops, the source's resolution included (PeerTube 6.3).
// A rate that divides the source's exactly is preferred, because others stutter. A source whose rate rounds to 0 frames
// per second is refused.
func (p Policy) OutputFPS(inputFPS int, r Resolution, isSource bool) (int, error) {
	if inputFPS < 1 {
		return 0, kernel.Refuse(kernel.CodeUnprocessable,
			"the video has %d frames per second; at least 1 is needed", inputFPS)
	}
	limit := p.maxFPS()
	fps := inputFPS
	if !isSource && r < keepSourceFPSFrom && fps > min(usualFPS, limit) {
		fps = closestFPS(fps, limit, 30, 25, 24)
	}
	if fps > limit {
		fps = closestFPS(fps, limit, 60, 50)
	}
	return fps, nil
}

// closestFPS is the largest candidate not above limit that divides fps exactly, else the one with the smallest
// remainder. The limit is a candidate itself: always for high rates, for usual ones only when it is below all of them.
func closestFPS(fps, limit int, candidates ...int) int {
	usable := slices.DeleteFunc(slices.Clone(candidates), func(c int) bool { return c > limit })
	if len(usable) == 0 || candidates[0] > usualFPS {
		usable = append(usable, limit)
	}
	slices.SortFunc(usable, func(a, b int) int { return cmp.Compare(b, a) })
	return slices.MinFunc(usable, func(a, b int) int { return cmp.Compare(fps%a, fps%b) })
}
