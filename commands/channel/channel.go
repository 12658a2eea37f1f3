// Package channel holds the commands on channels. Owners may change their own; others need the right to manage any channel.
//
// It may import commands, domain/… and the eventstore ports. Read create.go first.
package channel

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/actor"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// Handlers runs the commands of this package on a bus.
type Handlers struct{ bus *commands.Bus }

// New makes the handlers.
func New(bus *commands.Bus) *Handlers { return &Handlers{bus: bus} }

// Channel answers a channel as of now, straight from the log. Its zero value means there is none.
func (h *Handlers) Channel(ctx context.Context, id kernel.ChannelID) (channel.Channel, error) {
	return commands.View[channel.Channel](ctx, h.bus, id.Stream())
}

// owned loads a channel that stands, for somebody who must own it or manage any. Errors: CodeNotFound, CodeForbidden.
func owned(ctx context.Context, w *commands.Work, id kernel.ChannelID) (channel.Channel, error) {
	state, err := commands.Load[channel.Channel](ctx, w, id.Stream())
	if err == nil && !state.Stands() {
		err = kernel.NotFound("Video channel not found")
	}
	if err == nil && w.Caller.MustOwn(state.OwnerID, user.RightManageAnyChannel) != nil {
		err = kernel.Forbidden("Only a user with sufficient right can manage this channel")
	}
	return state, err
}

// decideAs lets a verb decide on a channel that the caller may manage.
func decideAs(ctx context.Context, w *commands.Work, id kernel.ChannelID, verb interface {
	Decide(channel.Channel) ([]kernel.Event, error)
},
) (struct{}, error) {
	if _, err := owned(ctx, w, id); err != nil {
		return struct{}{}, err
	}
	_, err := commands.Decide[channel.Channel](ctx, w, id.Stream(), verb)
	return struct{}{}, err
}

// Update changes what a channel says of itself; nil leaves a field.
type Update struct {
	ChannelID   kernel.ChannelID `json:"channelId"`
	DisplayName *string          `json:"displayName"`
	Description *string          `json:"description"`
	Support     *string          `json:"support"`
	// SpreadSupport gives a new support text to all videos of the channel as well.
	SpreadSupport bool `json:"spreadSupport"`
}

var update = commands.Spec[Update, struct{}]{
	Type:  "channel.update",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c Update) (struct{}, error) {
		return decideAs(ctx, w, c.ChannelID, channel.Update{
			DisplayName: c.DisplayName, Description: c.Description, Support: c.Support, SpreadSupport: c.SpreadSupport,
		})
	},
}

// Update runs the command. Errors: CodeInvalid naming the field, CodeForbidden, CodeNotFound.
func (h *Handlers) Update(ctx context.Context, caller commands.Caller, c Update) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, update, c)
}

// ChangeAvatar gives a channel an avatar, whose files lie in their place; none takes it away.
type ChangeAvatar struct {
	ChannelID kernel.ChannelID `json:"channelId"`
	Avatars   []actor.Image    `json:"avatars"`
}

var changeAvatar = commands.Spec[ChangeAvatar, struct{}]{
	Type:  "channel.change-avatar",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c ChangeAvatar) (struct{}, error) {
		return decideAs(ctx, w, c.ChannelID, channel.ChangeAvatar{Avatars: c.Avatars})
	},
}

// ChangeAvatar runs the command. Errors: CodeForbidden, CodeNotFound.
func (h *Handlers) ChangeAvatar(ctx context.Context, caller commands.Caller, c ChangeAvatar) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, changeAvatar, c)
}

// ChangeBanner gives a channel a banner, whose files lie in their place; none takes it away.
type ChangeBanner struct {
	ChannelID kernel.ChannelID `json:"channelId"`
	Banners   []actor.Image    `json:"banners"`
}

var changeBanner = commands.Spec[ChangeBanner, struct{}]{
	Type:  "channel.change-banner",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c ChangeBanner) (struct{}, error) {
		return decideAs(ctx, w, c.ChannelID, channel.ChangeBanner{Banners: c.Banners})
	},
}

// ChangeBanner runs the command. Errors: CodeForbidden, CodeNotFound.
func (h *Handlers) ChangeBanner(ctx context.Context, caller commands.Caller, c ChangeBanner) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, changeBanner, c)
}
