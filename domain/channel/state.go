package channel

import (
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// Channel is what commands need to know of one.
type Channel struct {
	Exists      bool
	Deleted     bool
	ChannelID   kernel.ChannelID
	IntegerID   int64
	Handle      string
	DisplayName string
	Description *string
	Support     *string
	AccountID   kernel.AccountID
	OwnerID     kernel.UserID
	Avatars     []actor.Image
	Banners     []actor.Image
}

// Stands says that the channel exists and has not been deleted.
func (c Channel) Stands() bool { return c.Exists && !c.Deleted }

// Events are all event types of this package, for the codec.
func Events() []kernel.Event {
	return []kernel.Event{Created{}, Updated{}, AvatarChanged{}, BannerChanged{}, Deleted{}, VideosRemoved{}, SupportSpread{}}
}

// Apply folds one event.
func (c Channel) Apply(e kernel.Event) Channel {
	switch e := e.(type) {
	case Created:
		c = Channel{
			Exists: true, ChannelID: e.ChannelID, IntegerID: e.IntegerID, Handle: e.Handle, DisplayName: e.DisplayName, Description: e.Description,
			Support: e.Support, AccountID: e.AccountID, OwnerID: e.OwnerID,
		}
	case Updated:
		c.DisplayName, c.Description, c.Support = e.DisplayName, e.Description, e.Support
	case AvatarChanged:
		c.Avatars = e.Avatars
	case BannerChanged:
		c.Banners = e.Banners
	case Deleted:
		c.Deleted, c.Avatars, c.Banners = true, nil, nil
	case VideosRemoved, SupportSpread: // steps of what follows from other events
	}
	return c
}
