package channel

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/account"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
	"vidilog/eventstore"
)

// Delete removes a channel of somebody who has another one; its videos follow step by step.
type Delete struct {
	ChannelID kernel.ChannelID `json:"channelId"`
}

var remove = commands.Spec[Delete, struct{}]{
	Type:  "channel.delete",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c Delete) (struct{}, error) {
		state, err := owned(ctx, w, c.ChannelID)
		if err != nil {
			return struct{}{}, err
		}
		verb := account.CloseChannel{ChannelID: c.ChannelID}
		if _, err := commands.Decide[account.Account](ctx, w, state.AccountID.Stream(), verb); err != nil {
			return struct{}{}, err
		}
		_, err = commands.Decide[channel.Channel](ctx, w, c.ChannelID.Stream(), channel.Delete{})
		return struct{}{}, err
	},
}

// Delete runs the command, and the deletion of the videos. Errors: CodeForbidden, CodeNotFound, CodeConflict for the last channel.
func (h *Handlers) Delete(ctx context.Context, caller commands.Caller, c Delete) (commands.Outcome[struct{}], error) {
	outcome, err := commands.Run(ctx, h.bus, caller, remove, c)
	if err == nil {
		outcome.Position = max(outcome.Position, Clear(ctx, h.bus, caller, c.ChannelID))
	}
	return outcome, err
}

// Clear takes the first steps of deleting a deleted channel's videos, so that who asked for it does not see them any more. It
// answers the position of the last one. What it leaves, or fails to do, is the process's, which follows the log.
func Clear(ctx context.Context, bus *commands.Bus, caller commands.Caller, id kernel.ChannelID) eventstore.Position {
	return commands.Ahead(ctx, bus, caller, process.ChannelVideosName, removeVideos, RemoveVideos{ChannelID: id})
}
