package shape

import (
	"fmt"
	"path"

	"vidilog/domain/kernel"
	"vidilog/projections/catalog"
)

// VideoFile is a web video or HLS file.
type VideoFile struct {
	ID                 int64    `json:"id"`
	Resolution         Constant `json:"resolution"`
	Width              int      `json:"width"`
	Height             int      `json:"height"`
	MagnetURI          *string  `json:"magnetUri"`
	Size               int64    `json:"size"`
	FPS                int      `json:"fps"`
	TorrentURL         *string  `json:"torrentUrl"`
	TorrentDownloadURL *string  `json:"torrentDownloadUrl"`
	FileURL            string   `json:"fileUrl"`
	PlaylistURL        *string  `json:"playlistUrl,omitempty"`
	FileDownloadURL    string   `json:"fileDownloadUrl"`
	MetadataURL        string   `json:"metadataUrl"`
	HasAudio           bool     `json:"hasAudio"`
	HasVideo           bool     `json:"hasVideo"`
	Storage            int      `json:"storage"`
}

// StreamingPlaylist is the HLS entry of a video.
type StreamingPlaylist struct {
	ID                int64       `json:"id"`
	Type              int         `json:"type"`
	PlaylistURL       string      `json:"playlistUrl"`
	SegmentsSHA256URL string      `json:"segmentsSha256Url"`
	Redundancies      []any       `json:"redundancies"`
	Files             []VideoFile `json:"files"`
}

// videoDetails is what the details of a video have beyond lists.
type videoDetails struct {
	Account            Account             `json:"account"`
	Channel            Channel             `json:"channel"`
	Blacklisted        bool                `json:"blacklisted"`
	BlacklistedReason  *string             `json:"blacklistedReason"`
	StreamingPlaylists []StreamingPlaylist `json:"streamingPlaylists"`
	Files              []VideoFile         `json:"files"`
	Support            *string             `json:"support"`
	DescriptionPath    string              `json:"descriptionPath"`
	Tags               []string            `json:"tags"`
	CommentsEnabled    bool                `json:"commentsEnabled"`
	CommentsPolicy     Constant            `json:"commentsPolicy"`
	DownloadEnabled    bool                `json:"downloadEnabled"`
	WaitTranscoding    bool                `json:"waitTranscoding"`
	InputFileUpdatedAt *Time               `json:"inputFileUpdatedAt"`
	State              Constant            `json:"state"`
	TrackerURLs        []string            `json:"trackerUrls"`
}

// VideoDetails is a video in full. The description is whole here, as 8.x sends it.
func (s Site) VideoDetails(v catalog.Video) (Fragment, error) {
	head := s.videoHead(v)
	head.Description = v.Description
	details := videoDetails{
		Account: s.Account(v.Channel.Account), Channel: s.Channel(v.Channel), StreamingPlaylists: s.playlists(v),
		Files: s.webVideos(v), Support: v.Support, DescriptionPath: "/api/v1/videos/" + v.ID.String() + "/description",
		Tags: tagsOf(v), CommentsEnabled: v.CommentsPolicy != 2, CommentsPolicy: numbered(commentsPolicies, &v.CommentsPolicy),
		DownloadEnabled: v.DownloadEnabled, WaitTranscoding: v.WaitsTranscoding, State: State(v.State), TrackerURLs: s.trackers(),
		InputFileUpdatedAt: TimeOrNull(v.SourceReplacedAt),
	}
	return fragment(head, append([]any{s.videoTail(v), details}, scheduleOf(v)...)...)
}

func (s Site) trackers() []string {
	if !s.TrackerUp {
		return []string{}
	}
	return []string{s.httpTracker(), s.webSocketTracker()}
}

// playlists lists the HLS entry once there is a master playlist to point to.
func (s Site) playlists(v catalog.Video) []StreamingPlaylist {
	if v.Playlist == nil {
		return []StreamingPlaylist{}
	}
	p := StreamingPlaylist{
		ID: v.Playlist.Number, Type: 1, PlaylistURL: s.hlsURL(v, v.Playlist.MasterName),
		SegmentsSHA256URL: s.hlsURL(v, v.Playlist.HashesName), Redundancies: []any{}, Files: []VideoFile{},
	}
	for _, f := range v.FilesOf(catalog.HLS) {
		p.Files = append(p.Files, s.hlsFile(v, f))
	}
	return []StreamingPlaylist{p}
}

func (s Site) file(v catalog.Video, f catalog.File) VideoFile {
	return VideoFile{
		ID: f.Number, Resolution: Resolution(f.Resolution, f.Width, f.Height), Width: f.Width, Height: f.Height, Size: f.Bytes, FPS: f.FPS,
		MetadataURL: fmt.Sprintf("%s/api/v1/videos/%s/metadata/%d", s.URL, v.ID, f.Number), HasAudio: f.HasAudio, HasVideo: f.HasVideo,
	}
}

func (s Site) webVideo(v catalog.Video, f catalog.File) VideoFile {
	shape := s.file(v, f)
	shape.FileURL = s.WebVideoURL(v.HasPrivateFiles, f.Name)
	shape.FileDownloadURL = fmt.Sprintf("%s/download/web-videos/%s-%d%s", s.URL, v.ID, f.Resolution, path.Ext(f.Name))
	s.addTorrent(&shape, v, f)
	return shape
}

func (s Site) hlsFile(v catalog.Video, f catalog.File) VideoFile {
	shape := s.file(v, f)
	shape.FileURL = s.hlsURL(v, f.Name)
	playlist := s.hlsURL(v, f.PlaylistName)
	shape.PlaylistURL = &playlist
	shape.FileDownloadURL = fmt.Sprintf("%s/download/streaming-playlists/hls/videos/%s-%d-fragmented.mp4", s.URL, v.ID, f.Resolution)
	s.addTorrent(&shape, v, f)
	return shape
}

func (s Site) hlsURL(v catalog.Video, name string) string {
	return s.HLSURL(v.HasPrivateFiles, v.ID, name)
}

// WebVideoURL is the address of a progressive file.
func (s Site) WebVideoURL(private bool, name string) string {
	return s.URL + "/static/web-videos/" + privateFolder(private) + name
}

// HLSURL is the address of an HLS file of a video.
func (s Site) HLSURL(private bool, id kernel.VideoID, name string) string {
	return s.URL + "/static/streaming-playlists/hls/" + privateFolder(private) + id.String() + "/" + name
}

func privateFolder(private bool) string {
	if private {
		return "private/"
	}
	return ""
}
