package catalog

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/actor"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// Channel is what is shown of a channel.
type Channel struct {
	ID                   kernel.ChannelID
	Number               int64
	ActorNumber          int64
	OwnerID              kernel.UserID
	Handle               string
	DisplayName          string
	Description          *string
	Support              *string
	Avatars, Banners     []actor.Image
	CreatedAt, UpdatedAt time.Time
	Revision             eventstore.Position
	Account              Account
}

// Account is what is shown of an account.
type Account struct {
	ID          kernel.AccountID
	Number      int64
	ActorNumber int64
	// UserID and UserNumber are zero for the instance's own account.
	UserID               kernel.UserID
	UserNumber           int64
	Name                 string
	DisplayName          string
	Description          *string
	Avatars              []actor.Image
	CreatedAt, UpdatedAt time.Time
	Revision             eventstore.Position
}

// The columns that the destinations below scan, in their order.
const (
	channelColumns = `ch.id, ch.number, ch.actor_number, ch.owner_id, ch.handle, ch.display_name, ch.description, ch.support,
       ch.avatars, ch.banners, ch.created_at, ch.updated_at, ch.revision`
	accountColumns = `a.id, a.number, a.actor_number, a.user_id, coalesce(u.number, 0), a.name, a.display_name, a.description,
       a.avatars, a.created_at, a.updated_at, a.revision`
)

var (
	channelSQL           = query("channel")
	channelByHandleSQL   = strings.ReplaceAll(channelSQL, "{where}", "ch.handle = $1")
	channelByNumberSQL   = strings.ReplaceAll(channelSQL, "{where}", "ch.number = $1")
	channelsOfAccountSQL = strings.ReplaceAll(channelSQL, "{where}", "ch.account_id = $1 order by ch.created_at, ch.number")
	accountSQL           = query("account")
	accountByNameSQL     = strings.ReplaceAll(accountSQL, "{where}", "a.name = $1")
	accountByNumberSQL   = strings.ReplaceAll(accountSQL, "{where}", "a.number = $1")
)

const noChannel = "Video channel not found"

// Channel answers the channel of a local handle. Error: CodeNotFound.
func (c *Catalog) Channel(ctx context.Context, handle string) (Channel, error) {
	return one(ctx, c.db, noChannel, channelByHandleSQL, scanChannel, handle)
}

// ChannelByNumber answers a channel by its integer. Error: CodeNotFound.
func (c *Catalog) ChannelByNumber(ctx context.Context, number int64) (Channel, error) {
	return one(ctx, c.db, noChannel, channelByNumberSQL, scanChannel, number)
}

// ChannelsOfAccount answers all channels of an account, the oldest first. People have few: PeerTube allows 20.
func (c *Catalog) ChannelsOfAccount(ctx context.Context, account kernel.AccountID) ([]Channel, error) {
	return many(ctx, c.db, channelsOfAccountSQL, scanChannel, account.UUID)
}

// Account answers the account of a local name. Error: CodeNotFound.
func (c *Catalog) Account(ctx context.Context, name string) (Account, error) {
	return one(ctx, c.db, "Account not found", accountByNameSQL, scanAccount, name)
}

// AccountByNumber answers an account by its integer. Error: CodeNotFound.
func (c *Catalog) AccountByNumber(ctx context.Context, number int64) (Account, error) {
	return one(ctx, c.db, "Account not found", accountByNumberSQL, scanAccount, number)
}

func scanChannel(row pgx.CollectableRow) (ch Channel, err error) {
	return ch, row.Scan(ch.destinations()...)
}

func scanAccount(row pgx.CollectableRow) (a Account, err error) {
	return a, row.Scan(a.destinations()...)
}

func (ch *Channel) destinations() []any {
	return append([]any{
		&ch.ID.UUID, &ch.Number, &ch.ActorNumber, &ch.OwnerID.UUID, &ch.Handle, &ch.DisplayName, &ch.Description,
		&ch.Support, &ch.Avatars, &ch.Banners, &ch.CreatedAt, &ch.UpdatedAt, &ch.Revision,
	}, ch.Account.destinations()...)
}

func (a *Account) destinations() []any {
	return []any{
		&a.ID.UUID, &a.Number, &a.ActorNumber,
		nullable{&a.UserID},
		&a.UserNumber, &a.Name, &a.DisplayName, &a.Description, &a.Avatars, &a.CreatedAt, &a.UpdatedAt, &a.Revision,
	}
}
