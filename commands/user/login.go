package user

import (
	"context"
	"strings"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// Credentials are what a login is checked against.
type Credentials struct {
	User         user.User
	PasswordHash []byte
}

// Credentials finds a person by name or e-mail address, straight from the log, so that a password changed a moment ago
// counts. found is false for nobody.
func (h *Handlers) Credentials(ctx context.Context, nameOrEmail string) (c Credentials, found bool, err error) {
	name := strings.ToLower(kernel.CleanText(nameOrEmail)) // usernames are in small letters; people's phones begin with a capital
	owner, found, err := h.bus.ClaimOwner(ctx, "username", name)
	if err == nil && !found && strings.Contains(name, "@") {
		owner, found, err = h.bus.ClaimOwner(ctx, "email", h.bus.BlindEmail(name))
	}
	if err != nil || !found {
		return Credentials{}, false, err
	}
	id, err := kernel.ParseID[kernel.UserKind](owner)
	if err != nil {
		return Credentials{}, false, err
	}
	if c.User, err = commands.View[user.User](ctx, h.bus, id.Stream()); err != nil || !c.User.Exists {
		return Credentials{}, false, err
	}
	c.PasswordHash, found, err = h.bus.Secret(ctx, c.User.PasswordRef)
	return c, found, err
}

// CredentialsOf answers what a person's login is checked against. Error: CodeNotFound.
func (h *Handlers) CredentialsOf(ctx context.Context, id kernel.UserID) (c Credentials, err error) {
	if c.User, err = h.User(ctx, id); err != nil {
		return c, err
	}
	if !c.User.Exists {
		return c, kernel.NotFound("User not found")
	}
	c.PasswordHash, _, err = h.bus.Secret(ctx, c.User.PasswordRef)
	return c, err
}

// User answers a person as of now, straight from the log. Its zero value means there is none.
func (h *Handlers) User(ctx context.Context, id kernel.UserID) (user.User, error) {
	return commands.View[user.User](ctx, h.bus, id.Stream())
}
