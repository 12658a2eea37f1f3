package catalog

import (
	"context"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
)

var (
	accountKeySQL = query("key_of_account")
	channelKeySQL = query("key_of_channel")
	ratersSQL     = query("raters_of_video")
)

// AccountKey answers the public key of an account, PEM. Error: CodeNotFound.
func (c *Catalog) AccountKey(ctx context.Context, id kernel.AccountID) (string, error) {
	return one(ctx, c.db, "Account not found", accountKeySQL, pgx.RowTo[string], id.UUID)
}

// ChannelKey answers the public key of a channel, PEM. Error: CodeNotFound.
func (c *Catalog) ChannelKey(ctx context.Context, id kernel.ChannelID) (string, error) {
	return one(ctx, c.db, noChannel, channelKeySQL, pgx.RowTo[string], id.UUID)
}

// Raters answers the names of accounts that rated a video so, like or dislike, the latest first.
func (c *Catalog) Raters(ctx context.Context, id kernel.VideoID, rating string, start, count int) ([]string, error) {
	return many(ctx, c.db, ratersSQL, pgx.RowTo[string], id.UUID, rating, start, count)
}
