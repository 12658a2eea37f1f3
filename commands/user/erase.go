package user

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// Erase states that the key of a deleted person has been destroyed.
type Erase struct {
	UserID kernel.UserID `json:"userId"`
}

var erase = commands.Spec[Erase, struct{}]{
	Type: "user.erase",
	Handle: func(ctx context.Context, w *commands.Work, c Erase) (struct{}, error) {
		_, err := commands.Decide[user.User](ctx, w, c.UserID.Stream(), user.Erase{})
		return struct{}{}, err
	},
}

// Erase runs the command, which is the server's own. Error: CodeConflict for a person who is still here.
func (h *Handlers) Erase(ctx context.Context, caller commands.Caller, c Erase) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, erase, c)
}
