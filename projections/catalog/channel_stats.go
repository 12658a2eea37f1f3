package catalog

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
)

// statsDays is how many days before the present one the views of a channel are told; PeerTube's (WITH_STATS, daysPrior).
const statsDays = 30

// ChannelStats are what a channel holds and how it is watched.
type ChannelStats struct {
	// Videos counts all of the channel's, whoever may see them; Views are those of all time.
	Videos, Views int64
	// Days are the views of each day, the oldest first, UTC. Since is the first of them.
	Days  []int64
	Since time.Time
}

var statsOfChannelsSQL = query("stats_of_channels")

// StatsOfChannels answers the figures of channels up to a moment.
func (c *Catalog) StatsOfChannels(ctx context.Context, channels []Channel, now time.Time) (map[kernel.ChannelID]ChannelStats, error) {
	ids := make([]uuid.UUID, len(channels))
	for i, ch := range channels {
		ids[i] = ch.ID.UUID
	}
	today := Day(now)
	since := time.Unix(int64(today-statsDays)*24*60*60, 0).UTC()
	found := map[kernel.ChannelID]ChannelStats{}
	_, err := many(ctx, c.db, statsOfChannelsSQL, func(row pgx.CollectableRow) (none struct{}, err error) {
		var id uuid.UUID
		stats := ChannelStats{Since: since}
		err = row.Scan(&id, &stats.Videos, &stats.Views, &stats.Days)
		found[kernel.ChannelID{UUID: id}] = stats
		return none, err
	}, ids, today-statsDays, today)
	return found, err
}
