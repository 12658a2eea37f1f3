package user

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
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
		if err := w.Caller.MustOwn(c.UserID, user.RightManageUsers); err != nil {
			return struct{}{}, err
		}
		ref := "user/" + c.UserID.String() + "/password/" + w.NewID().String()
		w.Keep(ref, c.PasswordHash)
		_, err := commands.Decide[user.User](ctx, w, c.UserID.Stream(), user.ChangePassword{PasswordRef: ref})
		return struct{}{}, err
	},
}

// ChangePassword runs the command. Errors: CodeForbidden for another's password, CodeNotFound.
func (h *Handlers) ChangePassword(ctx context.Context, caller commands.Caller, c ChangePassword) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, changePassword, c)
}
