package video

import (
	"slices"

	"vidilog/domain/kernel"
)

// RemoveStreams removes all HLS files of a video that has web videos.
type RemoveStreams struct{}

// RemoveStream removes one HLS file.
type RemoveStream struct{ FileID int64 }

// PlaylistRemoved records that a video no longer streams by HLS; its playlists go afterwards.
type PlaylistRemoved struct {
	VideoID    kernel.VideoID `json:"videoId"`
	MasterName string         `json:"masterName"`
	HashesName string         `json:"hashesName"`
}

// EventType is the literal id in the log.
func (PlaylistRemoved) EventType() string { return "video.playlist-removed" }

// Decide answers RenditionRemoved per file and PlaylistRemoved; or a refusal in PeerTube's words: CodeInvalid where there is
// nothing to remove, or nothing to watch would be left.
func (RemoveStreams) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if v.Playlist == nil {
		return nil, kernel.Refuse(kernel.CodeInvalid, "This video does not have HLS files")
	}
	if len(v.webVideos()) == 0 {
		return nil, kernel.Refuse(kernel.CodeInvalid, "Cannot delete HLS playlist since this video does not have Web Video files")
	}
	return v.withoutStreams(), nil
}

// Decide answers RenditionRemoved, and PlaylistRemoved after the last; CodeNotFound for a file that the video does not have;
// CodeInvalid where nothing to watch would be left, or pictures without sound.
func (s RemoveStream) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	streams := v.StreamRenditions()
	if v.Playlist == nil || len(streams) == 0 {
		return nil, kernel.Refuse(kernel.CodeInvalid, "This video does not have HLS files")
	}
	i := slices.IndexFunc(streams, func(r Rendition) bool { return r.FileID == s.FileID })
	switch {
	case i < 0:
		return nil, kernel.NotFound("This HLS playlist does not have this file id")
	case len(streams) == 1 && len(v.webVideos()) == 0:
		return nil, kernel.Refuse(kernel.CodeInvalid, "Cannot delete last HLS playlist file since this video does not have Web Video files")
	case len(streams) == 1:
		return v.withoutStreams(), nil
	case !streams[i].HasVideo && slices.ContainsFunc(streams, func(r Rendition) bool { return r.HasVideo && !r.HasAudio }):
		return nil, kernel.Refuse(kernel.CodeInvalid,
			"Cannot delete audio file of HLS playlist with splitted audio/video. Delete all the videos first")
	}
	return []kernel.Event{v.removal(streams[i])}, nil
}

func (v Video) withoutStreams() []kernel.Event {
	var events []kernel.Event
	for _, r := range v.StreamRenditions() {
		events = append(events, v.removal(r))
	}
	return append(events, PlaylistRemoved{VideoID: v.ID, MasterName: v.Playlist.MasterName, HashesName: v.Playlist.HashesName})
}
