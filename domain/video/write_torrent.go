package video

import (
	"slices"

	"vidilog/domain/kernel"
)

// Torrent is the .torrent file of a rendition.
type Torrent struct {
	FileName string `json:"fileName"`
	// InfoHash is what the swarm is known by, in lower-case hexadecimal.
	InfoHash string `json:"infoHash"`
}

// WriteTorrent gives a rendition a torrent that is on disk.
type WriteTorrent struct {
	// Media is the file name of the rendition.
	Media   string
	Torrent Torrent
}

// TorrentWritten records the torrent of a rendition and the file it replaced, which may go.
type TorrentWritten struct {
	VideoID  kernel.VideoID `json:"videoId"`
	Media    string         `json:"media"`
	Torrent  Torrent        `json:"torrent"`
	Replaced string         `json:"replaced,omitempty"`
}

// EventType is the literal id in the log.
func (TorrentWritten) EventType() string { return "video.torrent-written" }

// Decide answers TorrentWritten, nothing when the rendition has this one; or CodeNotFound when the rendition or the video is gone,
// whereupon the caller removes the file it made.
func (w WriteTorrent) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(v.Renditions, func(r Rendition) bool { return r.FileName == w.Media }) {
		return nil, kernel.NotFound("The video does not have this file")
	}
	before := v.Torrents[w.Media]
	if before == w.Torrent.FileName {
		return nil, nil
	}
	return []kernel.Event{TorrentWritten{VideoID: v.ID, Media: w.Media, Torrent: w.Torrent, Replaced: before}}, nil
}

// withTorrent answers a copy of the torrents by media file; an empty name takes one out.
func (v Video) withTorrent(media, torrent string) map[string]string {
	next := make(map[string]string, len(v.Torrents)+1)
	for file, name := range v.Torrents {
		next[file] = name
	}
	if next[media] = torrent; torrent == "" {
		delete(next, media)
	}
	return next
}
