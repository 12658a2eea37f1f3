package user

import (
	"context"
	"strings"

	"vidilog/commands"
	commandschannel "vidilog/commands/channel"
	commandscomment "vidilog/commands/comment"
	"vidilog/domain/account"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/playlist"
	"vidilog/domain/user"
)

// Delete removes a person with account and channels, at once; videos and comments follow step by step. Name and address may be used again,
// the names of account and channels stay taken.
type Delete struct {
	UserID kernel.UserID `json:"userId"`
}

// Deleted names the channels whose videos are to go, and the account whose comments are.
type Deleted struct {
	AccountID kernel.AccountID   `json:"accountId"`
	Channels  []kernel.ChannelID `json:"channels"`
}

var remove = commands.Spec[Delete, Deleted]{Type: "user.delete", Needs: commands.ByUser(), Handle: handleDelete}

// Delete runs the command, and the deletion of videos and comments. Errors: CodeInvalid for root, CodeForbidden, CodeNotFound.
func (h *Handlers) Delete(ctx context.Context, caller commands.Caller, c Delete) (commands.Outcome[Deleted], error) {
	outcome, err := commands.Run(ctx, h.bus, caller, remove, c)
	if err != nil {
		return outcome, err
	}
	for _, id := range outcome.Result.Channels {
		outcome.Position = max(outcome.Position, commandschannel.Clear(ctx, h.bus, caller, id))
	}
	outcome.Position = max(outcome.Position, commandscomment.Clear(ctx, h.bus, caller, outcome.Result.AccountID))
	return outcome, nil
}

func handleDelete(ctx context.Context, w *commands.Work, c Delete) (Deleted, error) {
	state, err := managed(ctx, w, c.UserID)
	if err != nil {
		return Deleted{}, err
	}
	face, err := commands.Load[account.Account](ctx, w, state.AccountID.Stream())
	if err != nil {
		return Deleted{}, err
	}
	if _, err := commands.Decide[user.User](ctx, w, c.UserID.Stream(), user.Delete{}); err != nil {
		return Deleted{}, err
	}
	w.Release("username", state.Username, state.ID.String())
	w.Release("email", w.BlindEmail(strings.ToLower(string(state.Email))), state.ID.String())
	w.Forget(state.PasswordRef)
	if state.FeedTokenRef != "" {
		w.Forget(state.FeedTokenRef)
	}
	for _, id := range face.Channels {
		if _, err := commands.Decide[channel.Channel](ctx, w, id.Stream(), channel.Delete{}); err != nil {
			return Deleted{}, err
		}
	}
	watchLater := playlist.WatchLaterOf(state.AccountID).Stream()
	if _, err := commands.Decide[playlist.Playlist](ctx, w, watchLater, playlist.Delete{}); err != nil {
		return Deleted{}, err
	}
	_, err = commands.Decide[account.Account](ctx, w, state.AccountID.Stream(), account.Delete{})
	return Deleted{AccountID: state.AccountID, Channels: face.Channels}, err
}
