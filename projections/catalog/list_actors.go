package catalog

import (
	"context"
	"fmt"
	"strings"

	"vidilog/domain/kernel"
)

// ActorFilter is a part of a list of accounts or channels.
type ActorFilter struct {
	Start, Count int
	// Sort is one of ChannelSorts; accounts know createdAt only.
	Sort      string
	Ascending bool
	// Search finds part of a channel's names.
	Search  string
	Account *kernel.AccountID
}

// ChannelSorts are the orders of channels by PeerTube's names (SORTABLE_COLUMNS.VIDEO_CHANNELS).
var ChannelSorts = []string{"id", "name", "updatedAt", "createdAt"}

var channelOrders = map[string]string{
	"id": "ch.number", "name": `ch.display_name collate "C"`, "updatedAt": "ch.updated_at", "createdAt": "ch.created_at",
}

var (
	countChannelsSQL = query("count_channels")
	countAccountsSQL = query("count_accounts")
)

// ListChannels answers a page of channels and how many there are in all.
func (c *Catalog) ListChannels(ctx context.Context, f ActorFilter) (page []Channel, total int, err error) {
	w := &plainConditions{}
	if f.Account != nil {
		w.add("ch.account_id = $", f.Account.UUID)
	}
	if f.Search != "" {
		w.add("(ch.display_name ilike $ or ch.handle ilike $)", "%"+likeSpecials.Replace(f.Search)+"%")
	}
	count := strings.ReplaceAll(countChannelsSQL, "{where}", w.String())
	if err := c.db.QueryRow(ctx, count, w.args...).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("catalog: count channels: %w", err)
	}
	sql := strings.ReplaceAll(channelSQL, "{where}", w.String()+f.end(channelOrders[f.Sort], "ch.number"))
	page, err = many(ctx, c.db, sql, scanChannel, w.args...)
	return page, total, err
}

// ListAccounts answers a page of the accounts of people, and how many there are in all.
func (c *Catalog) ListAccounts(ctx context.Context, f ActorFilter) (page []Account, total int, err error) {
	if err := c.db.QueryRow(ctx, countAccountsSQL).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("catalog: count accounts: %w", err)
	}
	sql := strings.ReplaceAll(accountSQL, "{where}", "a.user_id is not null"+f.end("a.created_at", "a.number"))
	page, err = many(ctx, c.db, sql, scanAccount)
	return page, total, err
}

// end is the order and part of a statement.
func (f ActorFilter) end(by, tie string) string {
	direction := "desc"
	if f.Ascending {
		direction = "asc"
	}
	return fmt.Sprintf(" order by %s %s, %s %s limit %d offset %d", by, direction, tie, direction, f.Count, f.Start)
}
