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
		if err := mayManage(ctx, w, c.UserID); err != nil {
			return struct{}{}, err
		}
		ref := "user/" + c.UserID.String() + "/password/" + w.NewID().String()
		w.Keep(ref, c.PasswordHash)
		_, err := commands.Decide[user.User](ctx, w, c.UserID.Stream(), user.ChangePassword{PasswordRef: ref})
		return struct{}{}, err
	},
}

// mayManage admits the user, administrators and the server; moderators for ordinary users only, as PeerTube does.
func mayManage(ctx context.Context, w *commands.Work, id kernel.UserID) error {
	state, err := commands.Load[user.User](ctx, w, id.Stream())
	if err != nil {
		return err
	}
	isOther := w.Caller.Actor.Kind == kernel.ActorUser && w.Caller.UserID != id
	if isOther && w.Caller.Role != user.Administrator && (!w.Caller.Role.Has(user.RightManageUsers) || state.Role != user.Ordinary) {
		return kernel.Forbidden("Users can only be managed by moderators or admins.")
	}
	return nil
}

// ChangePassword runs the command. Errors: CodeForbidden for another's password, CodeNotFound.
func (h *Handlers) ChangePassword(ctx context.Context, caller commands.Caller, c ChangePassword) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, changePassword, c)
}
