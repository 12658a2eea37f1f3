package catalog

import (
	"time"

	"vidilog/domain/account"
	"vidilog/domain/actor"
	"vidilog/domain/channel"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

type accountRow struct {
	Number      int64               `db:"number"`
	ActorNumber int64               `db:"actor_number"`
	UserID      *kernel.UserID      `db:"user_id"`
	Name        string              `db:"name"`
	DisplayName string              `db:"display_name"`
	Description *string             `db:"description"`
	Avatars     []actor.Image       `db:"avatars"`
	PublicKey   string              `db:"public_key"`
	CreatedAt   time.Time           `db:"created_at"`
	UpdatedAt   time.Time           `db:"updated_at"`
	Revision    eventstore.Position `db:"revision"`
}

type channelRow struct {
	Number      int64               `db:"number"`
	ActorNumber int64               `db:"actor_number"`
	AccountID   kernel.AccountID    `db:"account_id"`
	OwnerID     kernel.UserID       `db:"owner_id"`
	Handle      string              `db:"handle"`
	DisplayName string              `db:"display_name"`
	Description *string             `db:"description"`
	Support     *string             `db:"support"`
	Avatars     []actor.Image       `db:"avatars"`
	Banners     []actor.Image       `db:"banners"`
	PublicKey   string              `db:"public_key"`
	CreatedAt   time.Time           `db:"created_at"`
	UpdatedAt   time.Time           `db:"updated_at"`
	Revision    eventstore.Position `db:"revision"`
	Touched     eventstore.Position `db:"touched"`
}

// instanceName is the actor of the instance itself, under the name that other PeerTubes look for (SERVER_ACTOR_NAME).
const instanceName = "peertube"

// instanceInitialised gives the instance its account. It has no user, and the instance's stream id stands for its own.
func (r *rows) instanceInitialised(at eventstore.Position, recordedAt time.Time, e instance.Initialised) {
	r.accounts.Insert(kernel.AccountID{UUID: kernel.TheInstance.UUID}, accountRow{
		Number: e.AccountID, ActorNumber: e.ActorID, Name: instanceName, DisplayName: instanceName, PublicKey: e.PublicKey,
		CreatedAt: recordedAt, UpdatedAt: recordedAt, Revision: at,
	})
}

func (r *rows) accountCreated(at eventstore.Position, recordedAt time.Time, e account.Created) {
	r.accounts.Insert(e.AccountID, accountRow{
		Number: e.IntegerID, ActorNumber: e.ActorID, UserID: &e.UserID, Name: e.Name, DisplayName: e.DisplayName,
		PublicKey: e.PublicKey, CreatedAt: recordedAt, UpdatedAt: recordedAt, Revision: at,
	})
}

func (r *rows) channelCreated(at eventstore.Position, recordedAt time.Time, e channel.Created) {
	r.channels.Insert(e.ChannelID, channelRow{
		Number: e.IntegerID, ActorNumber: e.ActorID, AccountID: e.AccountID, OwnerID: e.OwnerID, Handle: e.Handle,
		DisplayName: e.DisplayName, Description: e.Description, Support: e.Support, PublicKey: e.PublicKey,
		CreatedAt: recordedAt, UpdatedAt: recordedAt, Revision: at, Touched: at,
	})
}

// touchChannel moves updated_at, as PeerTube does when a channel gets a new video. Lists do not show it, so the revision
// stays: otherwise each upload would make all fragments of the channel's videos old.
func (r *rows) touchChannel(at eventstore.Position, recordedAt time.Time, id kernel.ChannelID) {
	r.channels.UpdateIfPresent(id, func(c *channelRow) { c.UpdatedAt, c.Touched = recordedAt, at })
}

func (r *rows) reduceAccount(at eventstore.Position, recordedAt time.Time, e kernel.Event) {
	switch e := e.(type) {
	case account.Created:
		r.accountCreated(at, recordedAt, e)
	case account.Updated:
		r.accounts.Update(e.AccountID, func(a *accountRow) {
			a.DisplayName, a.Description, a.UpdatedAt, a.Revision = e.DisplayName, e.Description, recordedAt, at
		})
	case account.AvatarChanged:
		r.accounts.Update(e.AccountID, func(a *accountRow) { a.Avatars, a.UpdatedAt, a.Revision = e.Avatars, recordedAt, at })
	case account.Deleted:
		r.accounts.Delete(e.AccountID)
		r.commentsOrphaned(e.AccountID, recordedAt)
	}
}

func (r *rows) reduceChannel(at eventstore.Position, recordedAt time.Time, e kernel.Event) {
	changed := func(id kernel.ChannelID, change func(*channelRow)) {
		r.channels.Update(id, func(c *channelRow) {
			change(c)
			c.UpdatedAt, c.Revision, c.Touched = recordedAt, at, at
		})
	}
	switch e := e.(type) {
	case channel.Created:
		r.channelCreated(at, recordedAt, e)
	case channel.Updated:
		changed(e.ChannelID, func(c *channelRow) { c.DisplayName, c.Description, c.Support = e.DisplayName, e.Description, e.Support })
	case channel.AvatarChanged:
		changed(e.ChannelID, func(c *channelRow) { c.Avatars = e.Avatars })
	case channel.BannerChanged:
		changed(e.ChannelID, func(c *channelRow) { c.Banners = e.Banners })
	case channel.Deleted:
		r.channels.Delete(e.ChannelID)
	}
}
