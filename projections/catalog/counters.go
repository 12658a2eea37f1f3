package catalog

import (
	"math"
	"time"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

type countersRow struct {
	Number      int64         `db:"number"`
	Privacy     video.Privacy `db:"privacy"`
	State       video.State   `db:"state"`
	PublishedAt time.Time     `db:"published_at"`
	Views       int64         `db:"views"`
	Likes       int64         `db:"likes"`
	Dislikes    int64         `db:"dislikes"`
	Comments    int64         `db:"comments"`
	Hot         float64       `db:"hot"`
}

type viewsKey struct {
	VideoID kernel.VideoID
	Day     int
}

type viewsRow struct {
	VideoID kernel.VideoID `db:"video_id"` // filled from the key, for the index
	Views   int64          `db:"views"`
}

// viewsCounted adds up. The stream is not the video's, so the video may have been deleted meanwhile: its counters are then
// gone, and the day's row comes back as a leftover that no list joins.
func (r *rows) viewsCounted(e video.ViewsCounted) {
	r.counters.UpdateIfPresent(e.VideoID, func(c *countersRow) {
		c.Views += e.Views
		c.heat()
	})
	r.views.UpdateOrInsert(viewsKey{e.VideoID, Day(e.From)}, func(v *viewsRow) { v.Views += e.Views })
}

// Day counts the days from 1970-01-01 UTC to a moment, for the tables that add up by day.
func Day(at time.Time) int { return int(math.Floor(float64(at.Unix()) / (24 * 60 * 60))) }

// Weights of PeerTube's "hot" order, in half-days per power of ten (VideosIdListQueryBuilder, from Reddit's).
const (
	hotLike    = 150
	hotDislike = -150
	hotView    = 16
	hotComment = 100
	// hotEpoch and hotHalfDay turn the publication into half-days, in seconds.
	hotEpoch   = 1446156582
	hotHalfDay = 47000
)

// heat computes the score. It depends on counters and publication only, not on today, so it can be stored and indexed. It
// is rounded because the last bits of logarithms differ between processors and a digest must not.
func (c *countersRow) heat() {
	score := hotLike*tens(c.Likes-1) + hotDislike*tens(c.Dislikes-1) + hotView*math.Log10(float64(c.Views+1)) +
		hotComment*tens(c.Comments) + (float64(c.PublishedAt.UnixMicro())/1e6-hotEpoch)/hotHalfDay
	c.Hot = math.Round(score*1e6) / 1e6
}

func tens(n int64) float64 { return math.Log10(float64(max(n, 1))) }
