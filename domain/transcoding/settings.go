package transcoding

// Settings are the switches around the Policy, as they were when a video was uploaded. They travel in the event, so that
// what follows from an upload does not depend on when it is worked on.
type Settings struct {
	// Enabled is transcoding.enabled: without it the original is all there is.
	Enabled bool `json:"enabled"`
	// WebVideos keeps progressive mp4 files of every resolution; transcoding.web_videos.enabled.
	WebVideos bool `json:"webVideos"`
	// HLS makes fragmented files and playlists; transcoding.hls.enabled.
	HLS bool `json:"hls"`
	// SplitAudioAndVideo makes one HLS rendition of the sound that all pictures share; transcoding.hls.split_audio_and_video.
	SplitAudioAndVideo bool   `json:"splitAudioAndVideo,omitzero"`
	Policy             Policy `json:"policy"`
}

// Produces says that an upload under these settings gets any rendition.
func (s Settings) Produces() bool { return s.Enabled && (s.WebVideos || s.HLS) }
