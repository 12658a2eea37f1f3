package catalog

import (
	"context"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/eventstore"
)

type storyboardRow struct {
	FileName      string `db:"file_name"`
	TotalWidth    int    `db:"total_width"`
	TotalHeight   int    `db:"total_height"`
	SpriteWidth   int    `db:"sprite_width"`
	SpriteHeight  int    `db:"sprite_height"`
	SpriteSeconds int    `db:"sprite_seconds"`
}

// storyboardAttached leaves the updatedAt of the video alone: what its author said has not changed.
func (r *rows) storyboardAttached(at eventstore.Position, e video.StoryboardAttached) {
	s := e.Storyboard
	r.storyboards.Upsert(e.VideoID, storyboardRow{
		FileName: s.FileName, TotalWidth: s.TotalWidth, TotalHeight: s.TotalHeight,
		SpriteWidth: s.SpriteWidth, SpriteHeight: s.SpriteHeight, SpriteSeconds: s.SpriteSeconds,
	})
	r.videos.Update(e.VideoID, func(v *videoRow) { v.Revision = at })
}

// Storyboard is one picture that shows a video in small ones.
type Storyboard struct {
	FileName string
	// TotalWidth and TotalHeight of the picture, SpriteWidth and SpriteHeight of a small one, in pixels.
	TotalWidth, TotalHeight, SpriteWidth, SpriteHeight int
	// SpriteSeconds is the time between two small ones.
	SpriteSeconds int
}

var storyboardSQL = query("storyboard_of_video")

// Storyboards answers the storyboards of a video: one, or none.
func (c *Catalog) Storyboards(ctx context.Context, id kernel.VideoID) ([]Storyboard, error) {
	return many(ctx, c.db, storyboardSQL, func(row pgx.CollectableRow) (s Storyboard, err error) {
		return s, row.Scan(&s.FileName, &s.TotalWidth, &s.TotalHeight, &s.SpriteWidth, &s.SpriteHeight, &s.SpriteSeconds)
	}, id.UUID)
}
