package vocab

// VideoHead is a video up to its views, which change without any other member.
type VideoHead struct {
	To       []string  `json:"to"`
	CC       []string  `json:"cc"`
	Type     string    `json:"type"`
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Duration string    `json:"duration"`
	UUID     string    `json:"uuid"`
	Category *Constant `json:"category,omitempty"`
	Licence  *Constant `json:"licence,omitempty"`
	Language *Constant `json:"language,omitempty"`
}

// VideoTail is what follows the views.
type VideoTail struct {
	Sensitive             bool          `json:"sensitive"`
	WaitTranscoding       bool          `json:"waitTranscoding"`
	State                 int           `json:"state"`
	CommentsEnabled       bool          `json:"commentsEnabled"`
	CanReply              *string       `json:"canReply"`
	CommentsPolicy        int           `json:"commentsPolicy"`
	DownloadEnabled       bool          `json:"downloadEnabled"`
	Published             Time          `json:"published"`
	OriginallyPublishedAt *Time         `json:"originallyPublishedAt"`
	Updated               Time          `json:"updated"`
	UploadDate            *Time         `json:"uploadDate,omitempty"`
	Tag                   []Tag         `json:"tag"`
	MediaType             string        `json:"mediaType"`
	Content               *string       `json:"content"`
	Support               *string       `json:"support"`
	SubtitleLanguage      []Subtitle    `json:"subtitleLanguage"`
	Icon                  []Image       `json:"icon"`
	Preview               []Preview     `json:"preview,omitempty"`
	AspectRatio           float64       `json:"aspectRatio"`
	URL                   []Link        `json:"url"`
	Likes                 string        `json:"likes"`
	Dislikes              string        `json:"dislikes"`
	Shares                string        `json:"shares"`
	Comments              string        `json:"comments"`
	HasParts              string        `json:"hasParts"`
	AttributedTo          []Attribution `json:"attributedTo"`
	IsLiveBroadcast       bool          `json:"isLiveBroadcast"`
	LiveSaveReplay        *bool         `json:"liveSaveReplay"`
	PermanentLive         *bool         `json:"permanentLive"`
	LatencyMode           *int          `json:"latencyMode"`
}

// Constant is one of PeerTube's categories, licences or languages.
type Constant struct {
	Identifier string `json:"identifier"`
	Name       string `json:"name"`
}

// Tag is a hashtag, or the hash of a file in a playlist.
type Tag struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

// Subtitle is a caption.
type Subtitle struct {
	Identifier             string `json:"identifier"`
	Name                   string `json:"name"`
	AutomaticallyGenerated bool   `json:"automaticallyGenerated"`
	URL                    string `json:"url"`
}

// Preview is a storyboard.
type Preview struct {
	Type string   `json:"type"`
	Rel  []string `json:"rel"`
	URL  []Tiles  `json:"url"`
}

// Tiles are the small pictures of a storyboard.
type Tiles struct {
	MediaType    string `json:"mediaType"`
	Href         string `json:"href"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
	TileWidth    int    `json:"tileWidth"`
	TileHeight   int    `json:"tileHeight"`
	TileDuration string `json:"tileDuration"`
}

// Link is one address of a video: a page, a file, what describes a file, a playlist, a tracker.
type Link struct {
	Type       string     `json:"type"`
	Name       string     `json:"name,omitempty"`
	Rel        []string   `json:"rel,omitempty"`
	MediaType  string     `json:"mediaType,omitempty"`
	Href       string     `json:"href,omitempty"`
	Height     *int       `json:"height,omitempty"`
	Width      *int       `json:"width,omitempty"`
	Size       int64      `json:"size,omitempty"`
	FPS        *int       `json:"fps,omitempty"`
	Attachment []Property `json:"attachment,omitempty"`
	// Tag are hashes and files of a playlist: Tag and Link.
	Tag []any `json:"tag,omitempty"`
}

// Property is a value under a name.
type Property struct {
	Type  string `json:"type"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Chapters are those of a video.
type Chapters struct {
	ID      string    `json:"id"`
	HasPart []Chapter `json:"hasPart"`
}

// Chapter is one of them; offsets in seconds.
type Chapter struct {
	Name        string `json:"name"`
	StartOffset int    `json:"startOffset"`
	EndOffset   int    `json:"endOffset"`
}
