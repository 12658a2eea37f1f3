package account

import (
	"slices"

	"vidilog/domain/kernel"
)

// OpenChannel adds a channel to an account, which may have so many in all.
type OpenChannel struct {
	ChannelID kernel.ChannelID
	Max       int
}

// ChannelOpened records that a channel belongs to the account.
type ChannelOpened struct {
	AccountID kernel.AccountID `json:"accountId"`
	ChannelID kernel.ChannelID `json:"channelId"`
}

// EventType is the literal id in the log.
func (ChannelOpened) EventType() string { return "account.channel-opened" }

// Decide answers ChannelOpened, CodeNotFound, or CodeInvalid when the account has as many as it may (VIDEO_CHANNELS.MAX_PER_USER).
func (o OpenChannel) Decide(a Account) ([]kernel.Event, error) {
	if !a.Stands() {
		return nil, kernel.NotFound("Account not found")
	}
	if len(a.Channels) >= o.Max {
		return nil, kernel.Refuse(kernel.CodeInvalid, "You cannot create more than %d channels", o.Max)
	}
	return []kernel.Event{ChannelOpened{AccountID: a.AccountID, ChannelID: o.ChannelID}}, nil
}

// CloseChannel takes a channel from an account, but not the last.
type CloseChannel struct{ ChannelID kernel.ChannelID }

// ChannelClosed records that the account has a channel no more.
type ChannelClosed struct {
	AccountID kernel.AccountID `json:"accountId"`
	ChannelID kernel.ChannelID `json:"channelId"`
}

// EventType is the literal id in the log.
func (ChannelClosed) EventType() string { return "account.channel-closed" }

// Decide answers ChannelClosed, CodeNotFound, or CodeConflict for the last channel: every account has one.
func (c CloseChannel) Decide(a Account) ([]kernel.Event, error) {
	if !a.Stands() || !slices.Contains(a.Channels, c.ChannelID) {
		return nil, kernel.NotFound("Video channel not found")
	}
	if len(a.Channels) == 1 {
		return nil, kernel.Conflict("Cannot remove the last channel of this user")
	}
	return []kernel.Event{ChannelClosed{AccountID: a.AccountID, ChannelID: c.ChannelID}}, nil
}
