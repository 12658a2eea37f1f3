package video

import (
	"slices"

	"vidilog/domain/kernel"
)

// WritePlaylist points a video at a new master playlist and hash file, both on disk and written from the renditions the
// caller saw.
type WritePlaylist struct{ Playlist Playlist }

// PlaylistWritten records the HLS entry in force and the files it replaced, which go later so that players may finish.
type PlaylistWritten struct {
	VideoID  kernel.VideoID `json:"videoId"`
	Playlist Playlist       `json:"playlist"`
	// ReplacedMaster and ReplacedHashes are the file names before, empty the first time.
	ReplacedMaster string `json:"replacedMaster,omitempty"`
	ReplacedHashes string `json:"replacedHashes,omitempty"`
}

// EventType is the literal id in the log.
func (PlaylistWritten) EventType() string { return "video.playlist-written" }

// Decide answers PlaylistWritten; CodeConflict when the renditions are no longer those that were listed, so that the caller
// writes the playlist anew; or CodeNotFound.
func (w WritePlaylist) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if have := v.StreamMedia(); !slices.Equal(have, w.Playlist.Media) {
		return nil, kernel.Conflict("the playlist lists %v, the video has %v", w.Playlist.Media, have)
	}
	written := PlaylistWritten{VideoID: v.ID, Playlist: w.Playlist}
	if v.Playlist != nil {
		if v.Playlist.MasterName == w.Playlist.MasterName {
			return nil, nil
		}
		written.ReplacedMaster, written.ReplacedHashes = v.Playlist.MasterName, v.Playlist.HashesName
		written.Playlist.IntegerID = v.Playlist.IntegerID
	}
	return []kernel.Event{written}, nil
}
