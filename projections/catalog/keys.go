package catalog

import (
	"context"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
)

var (
	accountKeySQL = query("key_of_account")
	channelKeySQL = query("key_of_channel")
)

// AccountKey answers the public key of an account, PEM. Error: CodeNotFound.
func (c *Catalog) AccountKey(ctx context.Context, id kernel.AccountID) (string, error) {
	return one(ctx, c.db, "Account not found", accountKeySQL, pgx.RowTo[string], id.UUID)
}

// ChannelKey answers the public key of a channel, PEM. Error: CodeNotFound.
func (c *Catalog) ChannelKey(ctx context.Context, id kernel.ChannelID) (string, error) {
	return one(ctx, c.db, noChannel, channelKeySQL, pgx.RowTo[string], id.UUID)
}
