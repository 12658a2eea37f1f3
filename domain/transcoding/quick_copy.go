package transcoding

// CanQuickCopy says that an upload plays in browsers as it is, so that its streams are put into an MP4 without encoding:
// H.264 in yuv420p, 2 frames per second up to the policy's maximum, a known bitrate that is not wasteful, and sound that
// may be copied or none at all.
//
// PeerTube never makes HLS out of such a copy without encoding ("we had some issues"): its key frames are where the
// author's camera put them. See Plan.HLSByCopy.
func (p Policy) CanQuickCopy(probe Probe) bool {
	fps := probe.FPS()
	return probe.Video.Codec == "h264" &&
		probe.Video.PixelFormat == "yuv420p" &&
		fps >= 2 && fps <= p.maxFPS() &&
		probe.InputBitrate() > 0 &&
		probe.InputBitrate() <= MaximumBitrate(probe.Resolution(), probe.Ratio(), fps) &&
		(!probe.HasAudio() || probe.Audio.Treatment().Copy)
}
