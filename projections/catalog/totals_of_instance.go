package catalog

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// InstanceTotals are the numbers of an instance. All that this release has is local.
type InstanceTotals struct {
	Users, Administrators, Moderators int64
	// Videos are those that everybody sees; Views and Comments are of all videos that there are.
	Videos, Views, Comments int64
	FileBytes               int64
	Channels                int64
	// The channels that have published something in the last day, week and month.
	ActiveDay, ActiveWeek, ActiveMonth int64
}

var (
	instanceTotalsSQL = query("instance_totals")
	channelNamesSQL   = query("names_of_channels")
	accountNamesSQL   = query("names_of_accounts")
)

// InstanceTotals adds up what there is at a moment.
func (c *Catalog) InstanceTotals(ctx context.Context, now time.Time) (t InstanceTotals, err error) {
	err = c.db.QueryRow(ctx, instanceTotalsSQL, now.AddDate(0, 0, -1), now.AddDate(0, 0, -7), now.AddDate(0, -1, 0)).Scan(
		&t.Users, &t.Administrators, &t.Moderators, &t.Videos, &t.Views, &t.Comments, &t.FileBytes, &t.Channels,
		&t.ActiveDay, &t.ActiveWeek, &t.ActiveMonth)
	if err != nil {
		return t, fmt.Errorf("catalog: totals of the instance: %w", err)
	}
	return t, nil
}

// ChannelNames answers the handles of all channels.
func (c *Catalog) ChannelNames(ctx context.Context) ([]string, error) {
	return many(ctx, c.db, channelNamesSQL, pgx.RowTo[string])
}

// AccountNames answers the names of the accounts of all people.
func (c *Catalog) AccountNames(ctx context.Context) ([]string, error) {
	return many(ctx, c.db, accountNamesSQL, pgx.RowTo[string])
}
