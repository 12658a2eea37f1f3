// Package account holds the commands on accounts, the public faces of people.
//
// It may import commands, domain/… and the eventstore ports.
package account

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/account"
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// Handlers runs the commands of this package on a bus.
type Handlers struct{ bus *commands.Bus }

// New makes the handlers.
func New(bus *commands.Bus) *Handlers { return &Handlers{bus: bus} }

// ChangeAvatar gives an account an avatar, whose files lie in their place; none takes it away.
type ChangeAvatar struct {
	AccountID kernel.AccountID `json:"accountId"`
	Avatars   []actor.Image    `json:"avatars"`
}

var changeAvatar = commands.Spec[ChangeAvatar, struct{}]{
	Type:  "account.change-avatar",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c ChangeAvatar) (struct{}, error) {
		state, err := commands.Load[account.Account](ctx, w, c.AccountID.Stream())
		if err != nil {
			return struct{}{}, err
		}
		if w.Caller.Actor.Kind == kernel.ActorUser && w.Caller.UserID != state.UserID {
			return struct{}{}, kernel.Forbidden("Cannot manage the account of another user.")
		}
		_, err = commands.Decide[account.Account](ctx, w, c.AccountID.Stream(), account.ChangeAvatar{Avatars: c.Avatars})
		return struct{}{}, err
	},
}

// ChangeAvatar runs the command. Errors: CodeForbidden for another's account, CodeNotFound.
func (h *Handlers) ChangeAvatar(ctx context.Context, caller commands.Caller, c ChangeAvatar) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, changeAvatar, c)
}

// Account answers an account as of now, straight from the log. Its zero value means there is none.
func (h *Handlers) Account(ctx context.Context, id kernel.AccountID) (account.Account, error) {
	return commands.View[account.Account](ctx, h.bus, id.Stream())
}
