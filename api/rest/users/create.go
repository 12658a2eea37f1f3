package users

import (
	"crypto/rand"
	"errors"
	"net/http"
	"strings"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	commandsuser "vidilog/commands/user"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/internal/passwords"
)

// create answers POST /api/v1/users.
func (a *API) create(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	settings := a.Config()
	c := commandsuser.Create{Quota: int64(settings.User.VideoQuota), QuotaDaily: int64(settings.User.VideoQuotaDaily)}
	if quota := wholeNumber(fields, "videoQuota"); quota != nil {
		c.Quota = *quota
	}
	if quota := wholeNumber(fields, "videoQuotaDaily"); quota != nil {
		c.QuotaDaily = *quota
	}
	if number, _ := fields.Int("role"); number != nil {
		c.Role = user.Role(*number)
	} else {
		fields.Refuse("role", "Should have a role")
	}
	if number, _ := fields.Int("adminFlags"); number != nil {
		c.Flags = user.AdminFlags(*number)
	}
	if channel, _ := fields.Text("channelName"); channel != nil {
		c.ChannelHandle, c.ChannelName = *channel, *channel
	}
	password := a.firstPassword(fields)
	a.complete(fields, &c)
	if err := fields.Err(); err != nil {
		return errors.Join(err, c.Check())
	}
	if err := a.draw(&c, password); err != nil {
		return err
	}
	outcome, err := a.Commands.Create(r.Context(), authn.Caller(r), c)
	if err != nil {
		return err
	}
	var answer struct {
		User struct {
			ID      int64 `json:"id"`
			Account struct {
				ID int64 `json:"id"`
			} `json:"account"`
		} `json:"user"`
	}
	answer.User.ID, answer.User.Account.ID = outcome.Result.UserInteger, outcome.Result.AccountInteger
	return a.Writes.JSON(w, r, outcome.Position, answer)
}

// firstPassword reads the password of somebody whom an administrator makes. It may be left empty where mail can be sent: then
// one that nobody knows stands until the person chooses one.
func (a *API) firstPassword(fields *decode.Fields) string {
	if text, given := fields.Text("password"); given && text != nil && *text == "" && a.Config().SMTP.IsConfigured() {
		return rand.Text()
	}
	password, given := newPassword(fields)
	if !given || password == nil {
		fields.RefuseSecret("password", "Should have a password")
		return ""
	}
	return *password
}

// complete reads what administrators and newcomers say alike.
func (a *API) complete(fields *decode.Fields, c *commandsuser.Create) {
	if name, _ := fields.Text("username"); name != nil {
		c.Username = *name
	}
	if email, _ := fields.Text("email"); email != nil {
		c.Email = *email
	}
	c.Settings = a.defaults()
	if c.ChannelName == "" {
		c.ChannelName = strings.ReplaceAll(a.Config().User.DefaultChannelName, "$1", c.Username)
	}
}

// draw makes what nobody says. It takes its time, so it comes after what can be refused here.
func (a *API) draw(c *commandsuser.Create, password string) (err error) {
	if c.PasswordHash, err = passwords.Hash(password); err != nil {
		return err
	}
	if c.AccountKeys, err = a.DrawKeys(); err != nil {
		return err
	}
	c.ChannelKeys, err = a.DrawKeys()
	return err
}

// register answers POST /api/v1/users/register.
func (a *API) register(w http.ResponseWriter, r *http.Request) error {
	if err := a.admit(r); err != nil {
		return err
	}
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	settings := a.Config()
	c := commandsuser.Register{Create: commandsuser.Create{
		Quota: int64(settings.User.VideoQuota), QuotaDaily: int64(settings.User.VideoQuotaDaily),
	}}
	if settings.Signup.RequiresEmailVerification {
		c.EmailVerified = new(bool)
	}
	if name, _ := fields.Text("displayName"); name != nil {
		if c.DisplayName = *name; strings.TrimSpace(*name) == "" {
			fields.Refuse("displayName", "Should have a display name of 1 to 120 characters")
		}
	}
	password, given := newPassword(fields)
	if !given || password == nil {
		fields.RefuseSecret("password", "Should have a password")
	}
	firstChannel(fields, &c.Create)
	a.complete(fields, &c.Create)
	if err := errors.Join(fields.Err(), c.Check()); err != nil {
		return err
	}
	if err := a.draw(&c.Create, *password); err != nil {
		return err
	}
	outcome, err := a.Commands.Register(r.Context(), authn.Caller(r), c)
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// firstChannel reads channel.name and channel.displayName, which come together or not at all.
func firstChannel(fields *decode.Fields, c *commandsuser.Create) {
	channel, _ := fields.Object("channel")
	if channel == nil {
		return
	}
	name, _ := channel.Text("name")
	display, _ := channel.Text("displayName")
	if name == nil || *name == "" {
		fields.Refuse("channel.name", "Should have a channel name")
		return
	}
	if display == nil || strings.TrimSpace(*display) == "" {
		fields.Refuse("channel.displayName", "Should have a channel display name")
		return
	}
	c.ChannelHandle, c.ChannelName = *name, *display
}

// admit answers CodeForbidden when nobody, or not this address, may register. How many people there are is read from a model
// that may lag: two who come at the same moment may both be the last.
func (a *API) admit(r *http.Request) error {
	signup := a.Config().Signup
	switch {
	case !signup.Enabled:
		return kernel.Forbidden("User registration is not allowed")
	case signup.RequiresApproval:
		return kernel.Forbidden("User registration requires approval")
	case !allows(httpx.ClientIP(r), signup.Filters.CIDR.Whitelist, signup.Filters.CIDR.Blacklist):
		return kernel.Forbidden("You are not on a network authorized for registration.")
	case signup.Limit < 0:
		return nil
	}
	total, err := a.Catalog.CountUsers(r.Context())
	if err == nil && total >= signup.Limit {
		err = kernel.Forbidden("User limit is reached on this instance")
	}
	return err
}
