package transcoding

import (
	"slices"
	"strconv"
)

// Resolution is the short side of a picture in pixels: 720 for 1280x720. AudioOnly stands for a file without picture.
type Resolution int

// AudioOnly is the resolution of a file with sound only; PeerTube calls it H_NOVIDEO, its configuration "0p".
const AudioOnly Resolution = 0

// AudioMergeResolution is what an audio upload becomes when it is merged with a still picture; PeerTube's
// DEFAULT_AUDIO_RESOLUTION.
const AudioMergeResolution Resolution = 480

// AudioMergeFPS is the frame rate of that video; PeerTube's DEFAULT_AUDIO_MERGE_RESOLUTION, which is a rate by content.
const AudioMergeFPS = 25

// jobOrder is the order in which PeerTube works: the sizes most people can watch first, the dear ones last.
var jobOrder = []Resolution{AudioOnly, 480, 360, 720, 240, 144, 1080, 1440, 2160}

// StandardResolutions are those that a configuration can enable, in the order in which they are worked on.
func StandardResolutions() []Resolution { return slices.Clone(jobOrder) }

// IsStandard says that r is one a configuration can enable.
func (r Resolution) IsStandard() bool { return slices.Contains(jobOrder, r) }

// Even is r, or r+1 when r is odd: H.264 in 4:2:0 has no odd sizes.
func (r Resolution) Even() Resolution { return r + r%2 }

// labelByLongSide gives cinema formats their usual name: 1920x816 is shown as 1080p. PeerTube's list; 2560 is not in it.
var labelByLongSide = map[int]Resolution{3840: 2160, 1920: 1080, 1280: 720, 854: 480, 640: 360, 426: 240, 256: 144}

// Label is the text that the API shows for a file of this resolution; width and height are 0 when unknown.
func (r Resolution) Label(width, height int) string {
	if r == AudioOnly {
		return "Audio only"
	}
	if !r.IsStandard() && width > 0 && height > 0 {
		if usual, known := labelByLongSide[max(width, height)]; known {
			r = usual
		}
	}
	return strconv.Itoa(int(r)) + "p"
}

// Fit scales a picture so that its short side is r, keeping its shape; both sides come out even, as ffmpeg's -2 rounds.
// 1280x720 at 240 gives 426x240. Without a picture the answer is 0, 0.
func (r Resolution) Fit(width, height int) (int, int) {
	if r <= 0 || width <= 0 || height <= 0 {
		return 0, 0
	}
	short := int(r.Even())
	if height > width {
		return short, evenShare(short, height, width)
	}
	return evenShare(short, width, height), short
}

// evenShare is short × long ÷ other, rounded to the nearest even number, at least 2.
func evenShare(short, long, other int) int {
	return max(2, (short*long+other)/(2*other)*2)
}
