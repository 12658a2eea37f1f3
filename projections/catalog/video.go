package catalog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
)

// Video is everything that is shown of a video.
type Video struct {
	Key
	Name             string
	Category         *int
	Licence          *int
	Language         *string
	Description      *string
	Support          *string
	NSFW             bool
	NSFWFlags        int // PeerTube's bits
	NSFWSummary      *string
	Tags             []string
	CommentsPolicy   int
	DownloadEnabled  bool
	WaitsTranscoding bool
	// Failure is why transcoding gave up, for the owner and administrators; else empty.
	Failure string
	// HasPrivateFiles says that the files lie under private paths.
	HasPrivateFiles bool
	Seconds         int
	AspectRatio     float64 // width by height, 0 for audio
	// Thumbnail and Preview are file names, empty where there is none yet.
	Thumbnail, Preview                string
	CreatedAt, UpdatedAt, PublishedAt time.Time
	OriginallyPublishedAt             *time.Time
	// SourceReplacedAt is when the author gave the video another file, nil for never.
	SourceReplacedAt *time.Time
	// ScheduledAt is when the author wants the video changed, nil for never; ScheduledPrivacy what it has from then on, or 0.
	ScheduledAt      *time.Time
	ScheduledPrivacy int
	Channel          Channel
	// Files are web videos and HLS renditions, the best first.
	Files    []File
	Playlist *Playlist
}

// The kinds of files.
const (
	WebVideo = "web" // one progressive mp4
	HLS      = "hls" // one fragmented mp4 with a media playlist
)

// File is one rendition.
type File struct {
	Number                         int64
	Kind                           string
	Resolution, Width, Height, FPS int
	Bytes                          int64
	Name, PlaylistName             string
	HasVideo, HasAudio             bool
	VideoCodec, AudioCodec         string // RFC 6381
	TorrentName, InfoHash          string // empty until there is a torrent
}

// FilesOf answers the files of one kind.
func (v Video) FilesOf(kind string) []File {
	var files []File
	for _, f := range v.Files {
		if f.Kind == kind {
			files = append(files, f)
		}
	}
	return files
}

// Playlist is the HLS entry of a video.
type Playlist struct {
	Number                 int64
	MasterName, HashesName string
	Media                  []string // file names that the master lists, lowest resolution first
}

// Source is the uploaded file as it came.
type Source struct {
	FileName                       string
	Bytes                          int64
	Resolution, Width, Height, FPS int
	// KeptName is the file's name in the folder of originals, empty when it has not been kept.
	KeptName  string
	Probe     transcoding.Probe
	CreatedAt time.Time
}

// Ref names a video in one of the forms of PeerTube's API; short UUIDs are decoded by the edge.
type Ref struct {
	id     uuid.UUID
	number int64
}

// ByID names a video by its UUID.
func ByID(id kernel.VideoID) Ref { return Ref{id: id.UUID} }

// ByNumber names a video by its integer.
func ByNumber(number int64) Ref { return Ref{number: number} }

const noVideo = "Video not found"

var (
	videoKeySQL         = query("video_key")
	videoKeyByIDSQL     = strings.ReplaceAll(videoKeySQL, "{ref}", "v.id = $1")
	videoKeyByNumberSQL = strings.ReplaceAll(videoKeySQL, "{ref}", "v.number = $1")
	videoOfFileSQL      = query("video_of_file")
	videosByIDSQL       = query("videos_by_id")
	filesOfVideosSQL    = query("files_of_videos")
	playlistsSQL        = query("playlists_of_videos")
	sourceSQL           = query("source_of_video")
	videoOfKeptFileSQL  = query("video_of_kept_file")
)

// VideoKey answers the key of one video, whatever its privacy and state. Error: CodeNotFound.
func (c *Catalog) VideoKey(ctx context.Context, r Ref) (Key, error) {
	if r.id != uuid.Nil {
		return one(ctx, c.db, noVideo, videoKeyByIDSQL, scanKey, r.id)
	}
	return one(ctx, c.db, noVideo, videoKeyByNumberSQL, scanKey, r.number)
}

// VideoOfFile answers whose a web video or HLS media file is. Error: CodeNotFound.
func (c *Catalog) VideoOfFile(ctx context.Context, fileName string) (Key, error) {
	return one(ctx, c.db, noVideo, videoOfFileSQL, scanKey, fileName)
}

// VideoOfKeptFile answers whose original a file is that was kept as it came. Error: CodeNotFound.
func (c *Catalog) VideoOfKeptFile(ctx context.Context, name string) (Key, error) {
	return one(ctx, c.db, "Original video file not found", videoOfKeptFileSQL, scanKey, name)
}

// Video answers one video, whatever its privacy and state: who may see it is for the caller to say. Error: CodeNotFound.
func (c *Catalog) Video(ctx context.Context, r Ref) (Video, error) {
	id := kernel.VideoID{UUID: r.id}
	if id.IsZero() {
		key, err := c.VideoKey(ctx, r)
		if err != nil {
			return Video{}, err
		}
		id = key.ID
	}
	found, err := c.VideosByID(ctx, []kernel.VideoID{id})
	if err != nil {
		return Video{}, err
	}
	if len(found) == 0 {
		return Video{}, kernel.NotFound(noVideo)
	}
	return found[0], nil
}

// VideosByID answers videos in the order of ids, without those that are gone.
//
// The statements run in one round trip but see the model one after the other. Revisions are read first: what comes with
// them can be newer than they say, which a later read puts right, but never older, which a cache would keep.
func (c *Catalog) VideosByID(ctx context.Context, ids []kernel.VideoID) ([]Video, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	wanted := make([]uuid.UUID, len(ids))
	for i, id := range ids {
		wanted[i] = id.UUID
	}
	var videos []Video
	place := make(map[kernel.VideoID]int, len(ids))
	b := &pgx.Batch{}
	b.Queue(videosByIDSQL, wanted).Query(func(rows pgx.Rows) (err error) {
		if videos, err = pgx.CollectRows(rows, scanVideo); err != nil {
			return err
		}
		for i := range videos {
			place[videos[i].ID] = i
		}
		return nil
	})
	b.Queue(filesOfVideosSQL, wanted).Query(func(rows pgx.Rows) error { return addFiles(rows, videos, place) })
	b.Queue(playlistsSQL, wanted).Query(func(rows pgx.Rows) error { return addPlaylists(rows, videos, place) })
	if err := c.db.SendBatch(ctx, b).Close(); err != nil {
		return nil, fmt.Errorf("catalog: videos: %w", err)
	}
	return videos, nil
}

// Source answers what was uploaded. Error: CodeNotFound.
func (c *Catalog) Source(ctx context.Context, id kernel.VideoID) (Source, error) {
	return one(ctx, c.db, "Video source not found", sourceSQL, func(row pgx.CollectableRow) (s Source, err error) {
		return s, row.Scan(&s.FileName, &s.Bytes, &s.Resolution, &s.Width, &s.Height, &s.FPS, &s.KeptName, &s.Probe, &s.CreatedAt)
	}, id.UUID)
}

func scanVideo(row pgx.CollectableRow) (v Video, err error) {
	to := append(v.Key.destinations(),
		&v.Name, &v.Category, &v.Licence, &v.Language, &v.Description, &v.Support, &v.NSFW, &v.NSFWFlags,
		&v.NSFWSummary, &v.Tags, &v.CommentsPolicy, &v.DownloadEnabled, &v.WaitsTranscoding, &v.OriginallyPublishedAt, &v.ScheduledAt, &v.ScheduledPrivacy, &v.Failure, &v.HasPrivateFiles, &v.Seconds,
		&v.AspectRatio, &v.Thumbnail, &v.Preview, &v.CreatedAt, &v.UpdatedAt, &v.PublishedAt, &v.SourceReplacedAt)
	return v, row.Scan(append(to, v.Channel.destinations()...)...)
}

// addFiles gives each video its files. A video that the first statement did not see is left out.
func addFiles(rows pgx.Rows, videos []Video, place map[kernel.VideoID]int) error {
	var id kernel.VideoID
	var f File
	to := []any{
		&id.UUID, &f.Number, &f.Kind, &f.Resolution, &f.Width, &f.Height, &f.FPS, &f.Bytes, &f.Name, &f.PlaylistName,
		&f.HasVideo, &f.HasAudio, &f.VideoCodec, &f.AudioCodec, &f.TorrentName, &f.InfoHash,
	}
	_, err := pgx.ForEachRow(rows, to, func() error {
		if i, known := place[id]; known {
			videos[i].Files = append(videos[i].Files, f)
		}
		return nil
	})
	return err
}

func addPlaylists(rows pgx.Rows, videos []Video, place map[kernel.VideoID]int) error {
	for rows.Next() {
		var id kernel.VideoID
		var p Playlist
		if err := rows.Scan(&id.UUID, &p.Number, &p.MasterName, &p.HashesName, &p.Media); err != nil {
			return err
		}
		if i, known := place[id]; known {
			videos[i].Playlist = &p
		}
	}
	return rows.Err()
}
