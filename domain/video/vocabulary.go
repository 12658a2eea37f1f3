package video

// Privacy says who may see a video; the numbers are PeerTube's (VideoPrivacy).
type Privacy int

// The privacies of PeerTube.
const (
	Public            Privacy = 1
	Unlisted          Privacy = 2
	Private           Privacy = 3
	Internal          Privacy = 4
	PasswordProtected Privacy = 5
)

// KeepsFilesPrivate says that the files of such a video lie under private paths, which are not served without a check.
func (p Privacy) KeepsFilesPrivate() bool {
	return p == Private || p == Internal || p == PasswordProtected
}

// State says how far a video is; the numbers are PeerTube's (VideoState).
type State int

// The states that local uploads pass through.
const (
	StatePublished         State = 1
	StateToTranscode       State = 2
	StateTranscodingFailed State = 7
)

// CommentsPolicy says who may comment; the numbers are PeerTube's (VideoCommentPolicy).
type CommentsPolicy int

// The comment policies of PeerTube.
const (
	CommentsEnabled          CommentsPolicy = 1
	CommentsDisabled         CommentsPolicy = 2
	CommentsRequiresApproval CommentsPolicy = 3
)

// NSFWFlags say what is sensitive about a video; the bits are PeerTube's (NSFWFlag, since 7.2).
type NSFWFlags int

// The flags of PeerTube.
const (
	Violent     NSFWFlags = 1
	ExplicitSex NSFWFlags = 2
)

// RenditionKind says how a rendition is delivered.
type RenditionKind string

// The kinds of renditions.
const (
	WebVideo RenditionKind = "web" // one progressive mp4
	HLS      RenditionKind = "hls" // one fragmented mp4 with a media playlist
)

// Rendition is one encoded form of a video, complete on disk.
type Rendition struct {
	// FileID is the integer PeerTube's API gives the file.
	FileID int64         `json:"fileId"`
	Kind   RenditionKind `json:"kind"`
	// Resolution is the short side in pixels, PeerTube's resolution id; 0 for audio only.
	Resolution int `json:"resolution"`
	Width      int `json:"width"`
	Height     int `json:"height"`
	// FPS is rounded, as PeerTube shows it; 0 for audio only.
	FPS   int   `json:"fps"`
	Bytes int64 `json:"bytes"`
	// Seconds is the length of the file, 0 where nobody has measured it.
	Seconds int `json:"seconds,omitempty"`
	// FileName is the media file, PlaylistName the media playlist of an HLS rendition.
	FileName     string `json:"fileName"`
	PlaylistName string `json:"playlistName,omitempty"`
	HasVideo     bool   `json:"hasVideo"`
	HasAudio     bool   `json:"hasAudio"`
	// VideoCodec and AudioCodec are in the form of RFC 6381 ("avc1.640015", "mp4a.40.2"), empty where the stream is missing.
	VideoCodec string `json:"videoCodec,omitempty"`
	AudioCodec string `json:"audioCodec,omitempty"`
}

// Key tells renditions of one video apart: there is one per kind and resolution.
func (r Rendition) Key() RenditionKey { return RenditionKey{r.Kind, r.Resolution} }

// RenditionKey is the kind and resolution of a rendition.
type RenditionKey struct {
	Kind       RenditionKind
	Resolution int
}

// Playlist is the HLS entry of a video: one master playlist over all HLS renditions and the hashes of their segments.
type Playlist struct {
	// IntegerID is the number PeerTube's API gives the streaming playlist.
	IntegerID  int64  `json:"integerId"`
	MasterName string `json:"masterName"`
	HashesName string `json:"hashesName"`
	// Media are the files that the master lists, lowest resolution first.
	Media []string `json:"media"`
}
