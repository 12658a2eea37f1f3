package catalog

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
)

var (
	categoriesSampleSQL = query("samples_of_categories")
	channelsSampleSQL   = query("samples_of_channels")
	tagsSampleSQL       = query("samples_of_tags")
)

// Samples are some categories, channels and tags, in no order, that have enough public videos to show.
type Samples struct {
	Categories []int
	Channels   []kernel.ChannelID
	Tags       []string
}

// Samples answers at most count of each with at least enough videos. It reads all public videos.
func (c *Catalog) Samples(ctx context.Context, enough, count int) (s Samples, err error) {
	if s.Categories, err = many(ctx, c.db, categoriesSampleSQL, pgx.RowTo[int], enough, count); err != nil {
		return s, err
	}
	if s.Tags, err = many(ctx, c.db, tagsSampleSQL, pgx.RowTo[string], enough, count); err != nil {
		return s, err
	}
	s.Channels, err = many(ctx, c.db, channelsSampleSQL, func(row pgx.CollectableRow) (kernel.ChannelID, error) {
		id, err := pgx.RowTo[uuid.UUID](row)
		return kernel.ChannelID{UUID: id}, err
	}, enough, count)
	return s, err
}
