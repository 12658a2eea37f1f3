package catalog

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/domain/rating"
)

type ratingKey struct {
	AccountID kernel.AccountID
	VideoID   kernel.VideoID
}

type ratingRow struct {
	VideoID kernel.VideoID `db:"video_id"` // filled from the key, for the index
	Rating  rating.Rating  `db:"rating"`
	RatedAt time.Time      `db:"rated_at"`
}

// ratingChanged moves the counters by what the event says was before. The stream is not the video's, so the video may have been
// deleted meanwhile: its counters are then gone, and the row comes back as a leftover that no list joins.
func (r *rows) ratingChanged(recordedAt time.Time, e rating.Changed) {
	r.counters.UpdateIfPresent(e.VideoID, func(c *countersRow) {
		for change, by := range map[rating.Rating]int64{e.Was: -1, e.Rating: 1} {
			switch change {
			case rating.Like:
				c.Likes += by
			case rating.Dislike:
				c.Dislikes += by
			case rating.None:
			}
		}
		c.heat()
	})
	key := ratingKey{e.AccountID, e.VideoID}
	if e.Rating == rating.None {
		r.ratings.Delete(key)
		return
	}
	r.ratings.Upsert(key, ratingRow{Rating: e.Rating, RatedAt: recordedAt})
}

var (
	ratingSQL         = query("rating")
	ratingsOfAccount  = query("ratings_of_account")
	countRatingsOfSQL = query("count_ratings_of_account")
)

// Rating answers what an account thinks of a video: like, dislike or none.
func (c *Catalog) Rating(ctx context.Context, account kernel.AccountID, video kernel.VideoID) (string, error) {
	given, err := many(ctx, c.db, ratingSQL, pgx.RowTo[string], account.UUID, video.UUID)
	if err != nil || len(given) == 0 {
		return string(rating.None), err
	}
	return given[0], nil
}

// Rated is a video that somebody has rated.
type Rated struct {
	Key    Key
	Rating string
}

// RatingsOf answers what an account has rated and how much that is in all; only is like, dislike or empty for both.
func (c *Catalog) RatingsOf(ctx context.Context, account kernel.AccountID, only string, oldestFirst bool, start, count int) ([]Rated, int, error) {
	var total int
	if err := c.db.QueryRow(ctx, countRatingsOfSQL, account.UUID, only).Scan(&total); err != nil {
		return nil, 0, err
	}
	rated, err := many(ctx, c.db, ratingsOfAccount, func(row pgx.CollectableRow) (r Rated, err error) {
		return r, row.Scan(append(r.Key.destinations(), &r.Rating)...)
	}, account.UUID, only, oldestFirst, start, count)
	return rated, total, err
}
