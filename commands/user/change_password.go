package user

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
)

// ChangePassword replaces a password by a new bcrypt hash.
type ChangePassword struct {
	UserID       kernel.UserID `json:"userId"`
	PasswordHash []byte        `json:"-"`
}

var changePassword = commands.Spec[ChangePassword, struct{}]{
	Type:  "user.change-password",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c ChangePassword) (struct{}, error) {
		if _, err := managed(ctx, w, c.UserID); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, keepPassword(ctx, w, c.UserID, c.PasswordHash)
	},
}

// ChangePassword runs the command. Errors: CodeForbidden for another's password, CodeNotFound.
func (h *Handlers) ChangePassword(ctx context.Context, caller commands.Caller, c ChangePassword) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, changePassword, c)
}
