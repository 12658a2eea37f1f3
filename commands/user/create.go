// Package user holds the commands on people: creating them with account and first channel, changing what they have chosen and
// what moderators say of them, deleting them.
//
// It may import commands, domain/… and the eventstore ports.
package user

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"vidilog/commands"
	"vidilog/domain/account"
	"vidilog/domain/actor"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/playlist"
	"vidilog/domain/user"
)

// Handlers runs the commands of this package on a bus.
type Handlers struct{ bus *commands.Bus }

// New makes the handlers.
func New(bus *commands.Bus) *Handlers { return &Handlers{bus: bus} }

// KeyPair is an actor's signing key, drawn by the caller: RSA, PKIX and PKCS#8 in PEM.
type KeyPair struct {
	PublicPEM  string `json:"publicPem"`
	PrivatePEM []byte `json:"-"`
}

// Create makes a person with an account and a first channel, as PeerTube does.
type Create struct {
	Username string    `json:"username"`
	Email    string    `json:"-"`
	Role     user.Role `json:"role"`
	// PasswordHash is bcrypt's.
	PasswordHash []byte `json:"-"`
	Quota        int64  `json:"quota"`
	QuotaDaily   int64  `json:"quotaDaily"`
	// EmailVerified is nil where nobody has asked.
	EmailVerified *bool           `json:"emailVerified"`
	Flags         user.AdminFlags `json:"flags"`
	Settings      user.Settings   `json:"settings"`
	// DisplayName of the account; empty for the username.
	DisplayName string `json:"displayName"`
	// ChannelHandle and ChannelName of the first channel; empty for PeerTube's <username>_channel and
	// "Main <username> channel".
	ChannelHandle string  `json:"channelHandle"`
	ChannelName   string  `json:"channelName"`
	AccountKeys   KeyPair `json:"accountKeys"`
	ChannelKeys   KeyPair `json:"channelKeys"`
}

// Created names what was made.
type Created struct {
	UserID           kernel.UserID    `json:"userId"`
	UserInteger      int64            `json:"userInteger"`
	AccountID        kernel.AccountID `json:"accountId"`
	AccountInteger   int64            `json:"accountInteger"`
	ChannelID        kernel.ChannelID `json:"channelId"`
	ChannelIntegerID int64            `json:"channelInteger"`
}

// Check answers everything that is wrong whatever there is already, joined: CodeInvalid naming the field.
func (c Create) Check() error { return c.check("channelName", "channelName") }

// check names the handle and the display name of the channel as whoever sent them did.
func (c Create) check(handle, display string) error {
	wrong := []error{user.Create{
		Username: c.Username, Email: c.Email, Role: c.Role, Quota: c.Quota, QuotaDaily: c.QuotaDaily, Flags: c.Flags,
	}.Check()}
	if c.DisplayName != "" {
		_, err := actor.DisplayName("displayName", c.DisplayName)
		wrong = append(wrong, err)
	}
	if c.ChannelHandle != "" {
		wrong = append(wrong, actor.CheckName(handle, c.ChannelHandle))
	}
	if c.ChannelName != "" {
		_, err := actor.DisplayName(display, c.ChannelName)
		wrong = append(wrong, err)
	}
	return errors.Join(wrong...)
}

var create = commands.Spec[Create, Created]{
	Type:     "user.create",
	Needs:    commands.ByRight(user.RightManageUsers),
	Validate: Create.Check,
	Handle:   handleCreate,
}

// Create runs the command. Errors: CodeInvalid naming the field, CodeConflict for a name or address that is taken.
func (h *Handlers) Create(ctx context.Context, caller commands.Caller, c Create) (commands.Outcome[Created], error) {
	return commands.Run(ctx, h.bus, caller, create, c)
}

func handleCreate(ctx context.Context, w *commands.Work, c Create) (Created, error) {
	if err := mayGive(w.Caller, c.Role); err != nil {
		return Created{}, err
	}
	return newcomer(ctx, w, c)
}

func newcomer(ctx context.Context, w *commands.Work, c Create) (Created, error) {
	if c.ChannelHandle != "" && c.ChannelHandle == c.Username {
		return Created{}, kernel.Invalid("channelName", "Channel name cannot be the same as user username.")
	}
	if c.ChannelHandle == "" {
		handle, err := freeHandle(ctx, w, c.Username)
		if err != nil {
			return Created{}, err
		}
		c.ChannelHandle = handle
	}
	if c.ChannelName == "" {
		c.ChannelName = "Main " + c.Username + " channel"
	}
	if c.DisplayName == "" {
		c.DisplayName = c.Username
	}
	made := Created{
		UserID: kernel.UserID{UUID: w.NewID()}, AccountID: kernel.AccountID{UUID: w.NewID()},
		ChannelID: kernel.ChannelID{UUID: w.NewID()},
	}
	var err error
	if made.UserInteger, err = w.Number(ctx, "user", made.UserID.Stream()); err != nil {
		return made, err
	}
	if made.AccountInteger, err = w.Number(ctx, "account", made.AccountID.Stream()); err != nil {
		return made, err
	}
	if made.ChannelIntegerID, err = w.Number(ctx, "channel", made.ChannelID.Stream()); err != nil {
		return made, err
	}
	claimNames(w, c, made)
	if err := createUser(ctx, w, c, made); err != nil {
		return made, err
	}
	if err := createAccount(ctx, w, c, made); err != nil {
		return made, err
	}
	if err := createWatchLater(ctx, w, made); err != nil {
		return made, err
	}
	return made, createChannel(ctx, w, c, made)
}

// createWatchLater makes the list that everybody has.
func createWatchLater(ctx context.Context, w *commands.Work, made Created) error {
	stream := playlist.WatchLaterOf(made.AccountID).Stream()
	number, err := w.Number(ctx, "list", stream) // "playlist" counts the streaming playlists of videos
	if err != nil {
		return err
	}
	_, err = commands.Decide[playlist.Playlist](ctx, w, stream, playlist.CreateWatchLater{
		IntegerID: number, AccountID: made.AccountID, OwnerID: made.UserID,
	})
	return err
}

// mayGive answers CodeForbidden when a moderator would make somebody more than an ordinary user, as PeerTube does.
func mayGive(caller commands.Caller, role user.Role) error {
	if caller.Actor.Kind == kernel.ActorUser && caller.Role != user.Administrator && role != user.Ordinary {
		return kernel.Forbidden("You can only create users (and not administrators or moderators)")
	}
	return nil
}

const (
	// handleEnding makes a first channel's handle of a username.
	handleEnding = "_channel"
	// handlesTried is how many numbered handles PeerTube tries where the first is taken.
	handlesTried = 30
	// longestBase leaves room for the ending and a number within the 50 characters of a handle.
	longestBase = 50 - len(handleEnding+"-29")
)

// freeHandle answers the handle of a first channel: <username>_channel, with -1 and so on where that is taken.
func freeHandle(ctx context.Context, w *commands.Work, username string) (string, error) {
	base := username[:min(len(username), longestBase)] + handleEnding
	handle := base
	for n := 1; n < handlesTried; n++ {
		if _, taken, err := w.Holder(ctx, "actor-name", handle); err != nil || !taken {
			return handle, err
		}
		handle = fmt.Sprintf("%s-%d", base, n)
	}
	return handle, nil
}

// claimNames takes the user's name, which is the account's, the channel's handle in the same namespace of actors, and the
// address.
func claimNames(w *commands.Work, c Create, made Created) {
	w.Take("actor-name", c.Username, made.AccountID.Stream().String(),
		kernel.Conflict("User with this username or email already exists."))
	w.Take("actor-name", c.ChannelHandle, made.ChannelID.Stream().String(),
		kernel.Conflict("Channel with name %s already exists.", c.ChannelHandle))
	w.Take("username", c.Username, made.UserID.String(), kernel.Conflict("User with this username or email already exists."))
	w.Take("email", w.BlindEmail(strings.ToLower(c.Email)), made.UserID.String(),
		kernel.Conflict("User with this username or email already exists."))
}

func createUser(ctx context.Context, w *commands.Work, c Create, made Created) error {
	ref := "user/" + made.UserID.String() + "/password/" + w.NewID().String()
	w.Keep(ref, c.PasswordHash)
	_, err := commands.Decide[user.User](ctx, w, made.UserID.Stream(), user.Create{
		UserID: made.UserID, IntegerID: made.UserInteger, AccountID: made.AccountID, ChannelID: made.ChannelID,
		Username: c.Username, Email: c.Email, Role: c.Role, PasswordRef: ref, Quota: c.Quota, QuotaDaily: c.QuotaDaily,
		EmailVerified: c.EmailVerified, Flags: c.Flags, Settings: c.Settings,
	})
	return err
}

func createAccount(ctx context.Context, w *commands.Work, c Create, made Created) error {
	ref := "account/" + made.AccountID.String() + "/key"
	w.Keep(ref, c.AccountKeys.PrivatePEM)
	actor, err := w.Number(ctx, "actor", made.AccountID.Stream())
	if err != nil {
		return err
	}
	_, err = commands.Decide[account.Account](ctx, w, made.AccountID.Stream(), account.Create{
		AccountID: made.AccountID, IntegerID: made.AccountInteger, ActorID: actor, UserID: made.UserID, ChannelID: made.ChannelID,
		Name: c.Username, DisplayName: c.DisplayName, PublicKey: c.AccountKeys.PublicPEM, PrivateKeyRef: ref,
	})
	return err
}

func createChannel(ctx context.Context, w *commands.Work, c Create, made Created) error {
	ref := "channel/" + made.ChannelID.String() + "/key"
	w.Keep(ref, c.ChannelKeys.PrivatePEM)
	actor, err := w.Number(ctx, "actor", made.ChannelID.Stream())
	if err != nil {
		return err
	}
	_, err = commands.Decide[channel.Channel](ctx, w, made.ChannelID.Stream(), channel.Create{
		ChannelID: made.ChannelID, IntegerID: made.ChannelIntegerID, ActorID: actor, AccountID: made.AccountID,
		OwnerID: made.UserID, Handle: c.ChannelHandle, DisplayName: c.ChannelName,
		PublicKey: c.ChannelKeys.PublicPEM, PrivateKeyRef: ref,
	})
	return err
}
