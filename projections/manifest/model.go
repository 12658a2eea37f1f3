package manifest

import (
	"embed"
	"io/fs"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// Name is the model's name, for engine.DB, Wait and Position.
const Name = "manifest"

// version is raised whenever the tables, or what the reducer makes of the same log, change.
const version = 2

//go:embed migrations/*.sql
var migrations embed.FS

// Definition declares the model to the engine.
func Definition() engine.Definition {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is embedded: its name is the only thing that could be wrong
	}
	return engine.Definition{Name: Name, Version: version, Migrations: files, New: newReducer}
}

// Area is a family of files with a folder of its own.
type Area string

// The areas. Those of pictures know no private paths.
const (
	WebVideos   Area = "web-videos"
	HLS         Area = "hls" // media files, media playlists, master playlist, hash file
	Thumbnails  Area = "thumbnails"
	Previews    Area = "previews"
	Storyboards Area = "storyboards"
	// Originals are uploaded files that are kept as they came.
	Originals Area = "originals"
	Captions  Area = "captions"
	Torrents  Area = "torrents"
	// ActorImages are the avatars and banners of accounts and channels.
	ActorImages Area = "actor-images"
)

type fileKey struct {
	VideoID  kernel.VideoID
	Area     Area
	FileName string
}

type fileRow struct {
	VideoID kernel.VideoID      `db:"video_id"` // filled from the key, for the index
	Bytes   *int64              `db:"bytes"`
	Since   eventstore.Position `db:"since"`
}

type videoRow struct {
	IsPrivate bool `db:"is_private"`
}

type imageRow struct {
	Bytes int64               `db:"bytes"`
	Since eventstore.Position `db:"since"`
}

type rows struct {
	files   *engine.Table[fileKey, fileRow]
	ofVideo *engine.Index[kernel.VideoID, fileKey, fileRow]
	videos  *engine.Table[kernel.VideoID, videoRow]
	images  *engine.Table[string, imageRow]
}

func newReducer(b *engine.Builder) engine.Reducer {
	r := &rows{
		files:  engine.NewTable[fileKey, fileRow](b, "files", "video_id", "area", "file_name"),
		videos: engine.NewTable[kernel.VideoID, videoRow](b, "videos", "id"),
		images: engine.NewTable[string, imageRow](b, "actor_images", "file_name"),
	}
	r.ofVideo = engine.NewIndex[kernel.VideoID](r.files, "video_id")
	return r
}

// Reduce follows what events say about files on disk.
func (r *rows) Reduce(at eventstore.Position, e eventstore.Event) {
	switch data := e.Data.(type) {
	case video.Uploaded:
		r.videos.Insert(data.VideoID, videoRow{IsPrivate: data.PrivateFiles})
		r.addRendition(at, data.VideoID, data.Original)
		r.add(at, data.VideoID, Originals, data.Kept, &data.Original.Bytes)
	case video.SourceReplaced:
		r.sourceReplaced(at, data)
	case video.KeptFileRemoved:
		r.remove(data.VideoID, Originals, data.FileName)
	case video.FilesMoved:
		r.videos.Update(data.VideoID, func(v *videoRow) { v.IsPrivate = data.Private })
	case video.RenditionAdded:
		r.addRendition(at, data.VideoID, data.Rendition)
	case video.RenditionRemoved:
		area := areaOf(data.Kind)
		r.remove(data.VideoID, area, data.FileName)
		r.remove(data.VideoID, area, data.PlaylistName)
		r.remove(data.VideoID, Torrents, data.TorrentName)
	case video.PlaylistWritten:
		r.remove(data.VideoID, HLS, data.ReplacedMaster)
		r.remove(data.VideoID, HLS, data.ReplacedHashes)
		r.add(at, data.VideoID, HLS, data.Playlist.MasterName, nil)
		r.add(at, data.VideoID, HLS, data.Playlist.HashesName, nil)
	case video.PlaylistRemoved:
		r.remove(data.VideoID, HLS, data.MasterName)
		r.remove(data.VideoID, HLS, data.HashesName)
	case video.PicturesAttached:
		r.pictures(at, data)
	case video.CaptionSet:
		r.remove(data.VideoID, Captions, data.Replaced)
		r.add(at, data.VideoID, Captions, data.Caption.FileName, nil)
	case video.CaptionRemoved:
		r.remove(data.VideoID, Captions, data.FileName)
	case video.TorrentWritten:
		r.remove(data.VideoID, Torrents, data.Replaced)
		r.add(at, data.VideoID, Torrents, data.Torrent.FileName, nil)
	case video.StoryboardAttached:
		r.remove(data.VideoID, Storyboards, data.Replaced)
		r.add(at, data.VideoID, Storyboards, data.Storyboard.FileName, nil)
	case video.Deleted:
		r.ofVideo.Delete(data.VideoID)
		r.videos.Delete(data.VideoID)
	default:
		r.reduceImages(at, data)
	}
}

// sourceReplaced brings in the new file; renditions of the old one went by events of their own.
func (r *rows) sourceReplaced(at eventstore.Position, e video.SourceReplaced) {
	r.addRendition(at, e.VideoID, e.Original)
	r.add(at, e.VideoID, Originals, e.Kept, &e.Original.Bytes)
}

func areaOf(kind video.RenditionKind) Area {
	if kind == video.HLS {
		return HLS
	}
	return WebVideos
}

func (r *rows) addRendition(at eventstore.Position, id kernel.VideoID, f video.Rendition) {
	r.add(at, id, areaOf(f.Kind), f.FileName, &f.Bytes)
	r.add(at, id, areaOf(f.Kind), f.PlaylistName, nil)
}

// pictures replaces by name: the event repeats the picture that stays.
func (r *rows) pictures(at eventstore.Position, e video.PicturesAttached) {
	r.remove(e.VideoID, Thumbnails, e.Replaced.Thumbnail)
	r.remove(e.VideoID, Previews, e.Replaced.Preview)
	r.add(at, e.VideoID, Thumbnails, e.Pictures.Thumbnail, nil)
	r.add(at, e.VideoID, Previews, e.Pictures.Preview, nil)
}

// add brings a file in; one that is there stays since when it was. Events leave names empty where there is no file.
func (r *rows) add(at eventstore.Position, id kernel.VideoID, area Area, name string, bytes *int64) {
	if name == "" {
		return
	}
	r.files.UpdateOrInsert(fileKey{id, area, name}, func(f *fileRow) {
		if f.Since == 0 {
			f.Since = at
		}
		if bytes != nil {
			size := *bytes
			f.Bytes = &size
		}
	})
}

func (r *rows) remove(id kernel.VideoID, area Area, name string) {
	if name != "" {
		r.files.Delete(fileKey{id, area, name})
	}
}
