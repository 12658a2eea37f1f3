package catalog

import (
	"slices"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/eventstore"
)

type fileKey struct {
	VideoID  kernel.VideoID
	FileName string
}

type fileRow struct {
	VideoID      kernel.VideoID      `db:"video_id"` // filled from the key, for the index
	Number       int64               `db:"number"`
	Kind         video.RenditionKind `db:"kind"`
	Resolution   int                 `db:"resolution"`
	Width        int                 `db:"width"`
	Height       int                 `db:"height"`
	FPS          int                 `db:"fps"`
	Bytes        int64               `db:"bytes"`
	PlaylistName string              `db:"playlist_name"`
	HasVideo     bool                `db:"has_video"`
	HasAudio     bool                `db:"has_audio"`
	VideoCodec   string              `db:"video_codec"`
	AudioCodec   string              `db:"audio_codec"`
	TorrentName  string              `db:"torrent_name"`
	InfoHash     string              `db:"info_hash"`
}

type playlistRow struct {
	Number     int64    `db:"number"`
	MasterName string   `db:"master_name"`
	HashesName string   `db:"hashes_name"`
	Media      []string `db:"media"`
}

// fileAdded puts the file under its name: what it replaces was removed by an event of its own.
func (r *rows) fileAdded(at eventstore.Position, id kernel.VideoID, f video.Rendition) {
	r.files.Upsert(fileKey{id, f.FileName}, fileRow{
		Number: f.FileID, Kind: f.Kind, Resolution: f.Resolution, Width: f.Width, Height: f.Height, FPS: f.FPS, Bytes: f.Bytes,
		PlaylistName: f.PlaylistName, HasVideo: f.HasVideo, HasAudio: f.HasAudio,
		VideoCodec: f.VideoCodec, AudioCodec: f.AudioCodec,
	})
	r.videos.Update(id, func(v *videoRow) { v.Revision = at })
	r.mark(markFiles, at)
}

func (r *rows) torrentWritten(at eventstore.Position, e video.TorrentWritten) {
	r.files.Update(fileKey{e.VideoID, e.Media}, func(f *fileRow) { f.TorrentName, f.InfoHash = e.Torrent.FileName, e.Torrent.InfoHash })
	r.videos.Update(e.VideoID, func(v *videoRow) { v.Revision = at })
}

func (r *rows) fileRemoved(at eventstore.Position, e video.RenditionRemoved) {
	r.files.Delete(fileKey{e.VideoID, e.FileName})
	r.videos.Update(e.VideoID, func(v *videoRow) { v.Revision = at })
	r.mark(markFiles, at)
}

func (r *rows) playlistRemoved(at eventstore.Position, id kernel.VideoID) {
	r.playlists.Delete(id)
	r.videos.Update(id, func(v *videoRow) { v.Revision = at })
	r.mark(markFiles, at)
}

func (r *rows) playlistWritten(at eventstore.Position, e video.PlaylistWritten) {
	r.playlists.Upsert(e.VideoID, playlistRow{
		Number: e.Playlist.IntegerID, MasterName: e.Playlist.MasterName, HashesName: e.Playlist.HashesName,
		Media: slices.Clone(e.Playlist.Media),
	})
	r.videos.Update(e.VideoID, func(v *videoRow) { v.Revision = at })
}
