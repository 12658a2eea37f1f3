package transcoding

import "math"

// bitsPerPixel of the average and of the highest acceptable bitrate; the bucket of a file is the largest standard
// resolution that it reaches. The figures are PeerTube's, after Bitmovin's recommendations for streaming.
var bitsPerPixel = []struct {
	from             Resolution
	average, maximum float64
}{
	{2160, 0.08, 0.14},
	{1440, 0.09, 0.16},
	{1080, 0.10, 0.17},
	{720, 0.11, 0.19},
	{480, 0.12, 0.22},
	{360, 0.15, 0.26},
	{240, 0.17, 0.29},
	{144, 0.19, 0.32},
}

// minimumBitsPerPixel keeps a file watchable when the source claims an absurdly low bitrate.
const minimumBitsPerPixel = 0.02

// Bitrates below the smallest bucket, where the table has no figure, in bits per second.
const (
	tinyAverage = 192_000
	tinyMaximum = 256_000
	tinyMinimum = 10_000
)

// AverageBitrate is what a file of this size and speed should have, in bits per second. ratio is width ÷ height.
func AverageBitrate(r Resolution, ratio float64, fps int) int64 {
	for _, bucket := range bitsPerPixel {
		if r >= bucket.from {
			return orTiny(bits(r, ratio, fps, bucket.average), tinyAverage)
		}
	}
	return tinyAverage
}

// MaximumBitrate is the highest bitrate at which an upload is copied instead of encoded, in bits per second.
func MaximumBitrate(r Resolution, ratio float64, fps int) int64 {
	for _, bucket := range bitsPerPixel {
		if r >= bucket.from {
			return orTiny(bits(r, ratio, fps, bucket.maximum), tinyMaximum)
		}
	}
	return tinyMaximum
}

// MinimumBitrate is the floor of TargetBitrate, in bits per second.
func MinimumBitrate(r Resolution, ratio float64, fps int) int64 {
	if r < 144 {
		return tinyMinimum
	}
	return orTiny(bits(r, ratio, fps, minimumBitsPerPixel), tinyMinimum)
}

// TargetBitrate is the ceiling given to the encoder, in bits per second: the average for the size, but not much more
// than the source has (30 % above, for it was encoded by a better or slower encoder perhaps). input 0 means unknown.
func TargetBitrate(input int64, r Resolution, ratio float64, fps int) int64 {
	target := AverageBitrate(r, ratio, fps)
	if input > 0 {
		target = min(target, input+input*3/10)
	}
	return max(MinimumBitrate(r, ratio, fps), target)
}

// bits multiplies in the order PeerTube does, so that rounding falls alike.
func bits(r Resolution, ratio float64, fps int, perPixel float64) int64 {
	short := float64(r)
	long := short * ratio
	if ratio > 0 && ratio < 1 {
		long = short / ratio
	}
	return int64(math.Floor(short * long * float64(fps) * perPixel))
}

func orTiny(value, tiny int64) int64 {
	if value <= 0 {
		return tiny
	}
	return value
}
