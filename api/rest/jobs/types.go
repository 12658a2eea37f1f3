package jobs

// types are those that a list may be narrowed to: PeerTube's, those of 6.x and 8.x alike, and our own of work that PeerTube
// does within a request.
var types = []string{
	"activitypub-cleaner", "activitypub-follow", "activitypub-http-broadcast", "activitypub-http-broadcast-parallel",
	"activitypub-http-fetcher", "activitypub-http-unicast", "activitypub-refresher", "actor-keys", "after-video-channel-import",
	"build-automatic-tags", "create-user-export", "email", "federate-video", "generate-video-storyboard", "import-user-archive",
	"manage-video-torrent", "move-to-file-system", "move-to-object-storage", "notify", "transcoding-job-builder",
	"video-channel-import", "video-file-import", "video-import", "video-live-ending", "video-redundancy", "video-studio-edition",
	transcodingType, "video-transcription", "videos-stats", "videos-views-stats",
	"remove-files", "video-pictures", "video-place-files", "video-playlist",
}
