package users

import (
	"net/http"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	commandsuser "vidilog/commands/user"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/passwords"
)

// administer answers PUT /api/v1/users/{id}.
func (a *API) administer(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	if _, err := numberOf(r); err != nil {
		return err
	}
	c := commandsuser.Administer{Quota: wholeNumber(fields, "videoQuota"), QuotaDaily: wholeNumber(fields, "videoQuotaDaily")}
	c.Email, _ = fields.Text("email")
	c.EmailVerified, _ = fields.Bool("emailVerified")
	if number, _ := fields.Int("role"); number != nil {
		role := user.Role(*number)
		c.Role = &role
	}
	if number, _ := fields.Int("adminFlags"); number != nil {
		flags := user.AdminFlags(*number)
		c.Flags = &flags
	}
	if plugin, given := fields.Text("pluginAuth"); given {
		none := ""
		if c.AuthPlugin = plugin; plugin == nil {
			c.AuthPlugin = &none
		}
	}
	password, _ := newPassword(fields)
	if err := fields.Err(); err != nil {
		return err
	}
	if c.UserID, err = a.idOf(r); err != nil {
		return err
	}
	if password != nil {
		if c.PasswordHash, err = passwords.Hash(*password); err != nil {
			return err
		}
	}
	outcome, err := a.Commands.Administer(r.Context(), authn.Caller(r), c)
	if err != nil {
		return err
	}
	if outcome.Result.EndsSessions {
		if err := a.Sessions.RevokeAll(r.Context(), c.UserID.UUID, ""); err != nil {
			return err
		}
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

func wholeNumber(fields *decode.Fields, name string) *int64 {
	n, _ := fields.Int(name)
	if n == nil {
		return nil
	}
	wide := int64(*n)
	return &wide
}

// The length of passwords is PeerTube's (USERS.PASSWORD).
const (
	shortestPassword = 6
	longestPassword  = 255
)

// newPassword reads a password that somebody is to have from now on.
func newPassword(fields *decode.Fields) (password *string, given bool) {
	password, given = fields.Text("password")
	if password != nil && (len(*password) < shortestPassword || len(*password) > longestPassword) {
		// the password itself is no part of the answer
		fields.RefuseSecret("password", "Should have a password between %d and %d characters long", shortestPassword, longestPassword)
	}
	return password, given
}

// remove answers DELETE /api/v1/users/{id}.
func (a *API) remove(w http.ResponseWriter, r *http.Request) error {
	id, err := a.idOf(r)
	if err != nil {
		return err
	}
	return a.delete(w, r, id)
}

// removeMe answers DELETE /api/v1/users/me.
func (a *API) removeMe(w http.ResponseWriter, r *http.Request) error {
	return a.delete(w, r, authn.Caller(r).UserID)
}

func (a *API) delete(w http.ResponseWriter, r *http.Request, id kernel.UserID) error {
	outcome, err := a.Commands.Delete(r.Context(), authn.Caller(r), commandsuser.Delete{UserID: id})
	if err != nil {
		return err
	}
	if err := a.Sessions.Forget(r.Context(), id.UUID); err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// block answers POST /api/v1/users/{id}/block.
func (a *API) block(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	reason, _ := fields.Text("reason")
	if err := fields.Err(); err != nil {
		return err
	}
	id, err := a.idOf(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.Block(r.Context(), authn.Caller(r), commandsuser.Block{UserID: id, Reason: reason})
	if err != nil {
		return err
	}
	if err := a.Sessions.RevokeAll(r.Context(), id.UUID, ""); err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// unblock answers POST /api/v1/users/{id}/unblock.
func (a *API) unblock(w http.ResponseWriter, r *http.Request) error {
	id, err := a.idOf(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.Unblock(r.Context(), authn.Caller(r), commandsuser.Unblock{UserID: id})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}
