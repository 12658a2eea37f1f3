package catalog

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

type captionKey struct {
	VideoID  kernel.VideoID
	Language string
}

type captionRow struct {
	VideoID   kernel.VideoID `db:"video_id"` // filled from the key, for the index
	FileName  string         `db:"file_name"`
	Generated bool           `db:"generated"`
	UpdatedAt time.Time      `db:"updated_at"`
}

type chaptersRow struct {
	Timecodes []int    `db:"timecodes"`
	Titles    []string `db:"titles"`
}

func (r *rows) captionSet(recordedAt time.Time, e video.CaptionSet) {
	r.captions.Upsert(captionKey{e.VideoID, e.Caption.Language}, captionRow{
		FileName: e.Caption.FileName, Generated: e.Caption.Generated, UpdatedAt: recordedAt,
	})
}

func (r *rows) chaptersSet(e video.ChaptersSet) {
	if len(e.Chapters) == 0 {
		r.chapters.Delete(e.VideoID)
		return
	}
	var row chaptersRow
	for _, c := range e.Chapters {
		row.Timecodes, row.Titles = append(row.Timecodes, c.Timecode), append(row.Titles, c.Title)
	}
	r.chapters.Upsert(e.VideoID, row)
}

// Caption is the text of a video in one language.
type Caption struct {
	Language, FileName string
	IsGenerated        bool
	UpdatedAt          time.Time
}

// Chapter is a part of a video with a title of its own; Timecode is where it begins, in seconds.
type Chapter struct {
	Timecode int
	Title    string
}

var (
	captionsSQL = query("captions_of_video")
	chaptersSQL = query("chapters_of_video")
	dueSQL      = query("videos_due")
)

// Captions answers the captions of a video by language.
func (c *Catalog) Captions(ctx context.Context, id kernel.VideoID) ([]Caption, error) {
	return many(ctx, c.db, captionsSQL, func(row pgx.CollectableRow) (f Caption, err error) {
		return f, row.Scan(&f.Language, &f.FileName, &f.IsGenerated, &f.UpdatedAt)
	}, id.UUID)
}

// Chapters answers the chapters of a video in the order of time.
func (c *Catalog) Chapters(ctx context.Context, id kernel.VideoID) ([]Chapter, error) {
	return many(ctx, c.db, chaptersSQL, func(row pgx.CollectableRow) (f Chapter, err error) {
		return f, row.Scan(&f.Timecode, &f.Title)
	}, id.UUID)
}

// DueVideos answers the videos whose schedule is due at a moment. It may lag: the command that follows decides again.
func (c *Catalog) DueVideos(ctx context.Context, now time.Time) ([]kernel.VideoID, error) {
	return many(ctx, c.db, dueSQL, func(row pgx.CollectableRow) (id kernel.VideoID, err error) {
		return id, row.Scan(&id.UUID)
	}, now)
}
