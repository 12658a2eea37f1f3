package user

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// Block keeps a person from logging in; Reason may be nil. The edge ends their sessions.
type Block struct {
	UserID kernel.UserID `json:"userId"`
	Reason *string       `json:"reason"`
}

var block = commands.Spec[Block, struct{}]{
	Type:  "user.block",
	Needs: commands.ByRight(user.RightManageUsers),
	Handle: func(ctx context.Context, w *commands.Work, c Block) (struct{}, error) {
		return manage(ctx, w, c.UserID, user.Block{Reason: c.Reason})
	},
}

// Block runs the command. Errors: CodeInvalid for root or a bad reason, CodeForbidden, CodeNotFound.
func (h *Handlers) Block(ctx context.Context, caller commands.Caller, c Block) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, block, c)
}

// Unblock lets a person log in again.
type Unblock struct {
	UserID kernel.UserID `json:"userId"`
}

var unblock = commands.Spec[Unblock, struct{}]{
	Type:  "user.unblock",
	Needs: commands.ByRight(user.RightManageUsers),
	Handle: func(ctx context.Context, w *commands.Work, c Unblock) (struct{}, error) {
		return manage(ctx, w, c.UserID, user.Unblock{})
	},
}

// Unblock runs the command. Errors: CodeInvalid for root, CodeForbidden, CodeNotFound.
func (h *Handlers) Unblock(ctx context.Context, caller commands.Caller, c Unblock) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, unblock, c)
}

// manage lets a verb decide on a person whom the caller may manage.
func manage(ctx context.Context, w *commands.Work, id kernel.UserID, verb interface {
	Decide(user.User) ([]kernel.Event, error)
},
) (struct{}, error) {
	if _, err := managed(ctx, w, id); err != nil {
		return struct{}{}, err
	}
	_, err := commands.Decide[user.User](ctx, w, id.Stream(), verb)
	return struct{}{}, err
}
