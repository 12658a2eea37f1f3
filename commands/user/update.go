package user

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/account"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// Update is what a person changes about themselves; nil leaves a field. The edge has checked the present password where one is
// needed.
type Update struct {
	UserID kernel.UserID `json:"userId"`
	// Change edits the settings in force; its effect is a function of Fields, which is what a repeat is told by.
	Change func(*user.Settings) `json:"-"`
	// Fields are the request's fields as sent, without secrets.
	Fields       any     `json:"fields"`
	DisplayName  *string `json:"displayName"`
	Description  *string `json:"description"`
	PasswordHash []byte  `json:"-"`
	Email        *string `json:"-"`
}

var update = commands.Spec[Update, struct{}]{Type: "user.update", Needs: commands.ByUser(), Handle: handleUpdate}

// Update runs the command. Errors: CodeInvalid naming the field, CodeConflict for an address that is taken, CodeNotFound.
func (h *Handlers) Update(ctx context.Context, caller commands.Caller, c Update) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, update, c)
}

func handleUpdate(ctx context.Context, w *commands.Work, c Update) (struct{}, error) {
	state, err := managed(ctx, w, c.UserID)
	if err != nil {
		return struct{}{}, err
	}
	settings := state.Settings
	if c.Change != nil {
		c.Change(&settings)
	}
	_, err = commands.Decide[user.User](ctx, w, c.UserID.Stream(), user.ChangeSettings{Settings: settings})
	if err != nil {
		return struct{}{}, err
	}
	if c.Email != nil {
		takeEmail(w, state, *c.Email)
		verb := user.ChangeEmail{Email: *c.Email, Verified: state.EmailVerified}
		if _, err := commands.Decide[user.User](ctx, w, c.UserID.Stream(), verb); err != nil {
			return struct{}{}, err
		}
	}
	if len(c.PasswordHash) > 0 {
		if err := keepPassword(ctx, w, c.UserID, c.PasswordHash); err != nil {
			return struct{}{}, err
		}
	}
	if c.DisplayName == nil && c.Description == nil {
		return struct{}{}, nil
	}
	_, err = commands.Decide[account.Account](ctx, w, state.AccountID.Stream(), account.Update{
		DisplayName: c.DisplayName, Description: c.Description,
	})
	return struct{}{}, err
}
