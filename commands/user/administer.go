package user

import (
	"context"
	"strings"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// Administer changes what moderators may say of a person; nil leaves a field.
type Administer struct {
	UserID        kernel.UserID    `json:"userId"`
	PasswordHash  []byte           `json:"-"`
	Email         *string          `json:"-"`
	EmailVerified *bool            `json:"emailVerified"`
	Quota         *int64           `json:"quota"`
	QuotaDaily    *int64           `json:"quotaDaily"`
	Role          *user.Role       `json:"role"`
	Flags         *user.AdminFlags `json:"flags"`
	AuthPlugin    *string          `json:"authPlugin"`
}

// Administered says whether the person has to log in again.
type Administered struct {
	EndsSessions bool `json:"endsSessions"`
}

var administer = commands.Spec[Administer, Administered]{
	Type:   "user.administer",
	Needs:  commands.ByRight(user.RightManageUsers),
	Handle: handleAdminister,
}

// Administer runs the command. Errors: CodeInvalid naming the field, CodeForbidden, CodeNotFound, CodeConflict for an address
// that is taken.
func (h *Handlers) Administer(ctx context.Context, caller commands.Caller, c Administer) (commands.Outcome[Administered], error) {
	return commands.Run(ctx, h.bus, caller, administer, c)
}

func handleAdminister(ctx context.Context, w *commands.Work, c Administer) (Administered, error) {
	state, err := managed(ctx, w, c.UserID)
	if err != nil {
		return Administered{}, err
	}
	if c.Role != nil {
		if err := mayGive(w.Caller, *c.Role); err != nil {
			return Administered{}, err
		}
	}
	if c.Email != nil {
		takeEmail(w, state, *c.Email)
	}
	_, err = commands.Decide[user.User](ctx, w, c.UserID.Stream(), user.Administer{
		Email: c.Email, EmailVerified: c.EmailVerified, Quota: c.Quota, QuotaDaily: c.QuotaDaily, Role: c.Role, Flags: c.Flags,
		AuthPlugin: c.AuthPlugin,
	})
	if err == nil && len(c.PasswordHash) > 0 {
		err = keepPassword(ctx, w, c.UserID, c.PasswordHash)
	}
	changed := Administered{EndsSessions: len(c.PasswordHash) > 0 || c.Role != nil && *c.Role != state.Role}
	return changed, err
}

// takeEmail claims another address and lets go of the former.
func takeEmail(w *commands.Work, state user.User, email string) {
	former, wanted := w.BlindEmail(strings.ToLower(string(state.Email))), w.BlindEmail(strings.ToLower(email))
	if former == wanted {
		return
	}
	w.Release("email", former, state.ID.String())
	w.Take("email", wanted, state.ID.String(), kernel.Conflict("User with this username or email already exists."))
}

// managed loads a person whom the caller may manage. Errors: CodeNotFound, CodeForbidden.
func managed(ctx context.Context, w *commands.Work, id kernel.UserID) (user.User, error) {
	state, err := commands.Load[user.User](ctx, w, id.Stream())
	if err == nil && !state.Exists {
		err = kernel.NotFound("User not found")
	}
	if err == nil {
		err = mayManage(w.Caller, state)
	}
	return state, err
}

// mayManage admits the person, administrators and the server; moderators for ordinary users only, as PeerTube does.
func mayManage(caller commands.Caller, of user.User) error {
	isOther := caller.Actor.Kind == kernel.ActorUser && caller.UserID != of.ID
	if isOther && caller.Role != user.Administrator && (!caller.Role.Has(user.RightManageUsers) || of.Role != user.Ordinary) {
		return kernel.Forbidden("Users can only be managed by moderators or admins.")
	}
	return nil
}

// keepPassword puts a new hash into the vault in the place of the former and says where it is.
func keepPassword(ctx context.Context, w *commands.Work, id kernel.UserID, hash []byte) error {
	state, err := commands.Load[user.User](ctx, w, id.Stream())
	if err != nil {
		return err
	}
	w.Forget(state.PasswordRef)
	ref := "user/" + id.String() + "/password/" + w.NewID().String()
	w.Keep(ref, hash)
	_, err = commands.Decide[user.User](ctx, w, id.Stream(), user.ChangePassword{PasswordRef: ref})
	return err
}
