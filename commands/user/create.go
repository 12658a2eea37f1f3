// Package user holds the commands on people: creating them with account and first channel, changing passwords.
//
// It may import commands, domain/… and the eventstore ports.
package user

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"vidilog/commands"
	"vidilog/domain/account"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
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

var create = commands.Spec[Create, Created]{
	Type:   "user.create",
	Needs:  commands.ByRight(user.RightManageUsers),
	Handle: handleCreate,
}

// Create runs the command. Errors: CodeInvalid naming the field, CodeConflict for a name or address that is taken.
func (h *Handlers) Create(ctx context.Context, caller commands.Caller, c Create) (commands.Outcome[Created], error) {
	return commands.Run(ctx, h.bus, caller, create, c)
}

func handleCreate(ctx context.Context, w *commands.Work, c Create) (Created, error) {
	if c.ChannelHandle == "" {
		c.ChannelHandle, c.ChannelName = c.Username+"_channel", "Main "+c.Username+" channel"
	}
	made := Created{
		UserID: kernel.UserID{UUID: w.NewID()}, AccountID: kernel.AccountID{UUID: w.NewID()},
		ChannelID: kernel.ChannelID{UUID: w.NewID()},
	}
	var err error
	if made.UserInteger, err = numbered(ctx, w, "user", made.UserID.UUID); err != nil {
		return made, err
	}
	if made.AccountInteger, err = numbered(ctx, w, "account", made.AccountID.UUID); err != nil {
		return made, err
	}
	if made.ChannelIntegerID, err = numbered(ctx, w, "channel", made.ChannelID.UUID); err != nil {
		return made, err
	}
	claimNames(w, c, made)
	if err := createUser(ctx, w, c, made); err != nil {
		return made, err
	}
	if err := createAccount(ctx, w, c, made); err != nil {
		return made, err
	}
	return made, createChannel(ctx, w, c, made)
}

// numbered draws an integer id and claims it, so that the number leads to the aggregate.
func numbered(ctx context.Context, w *commands.Work, kind string, id uuid.UUID) (int64, error) {
	n, err := w.NextInteger(ctx, kind)
	if err == nil {
		w.Take(kind+"-number", strconv.FormatInt(n, 10), id.String(), nil)
	}
	return n, err
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
	})
	return err
}

func createAccount(ctx context.Context, w *commands.Work, c Create, made Created) error {
	ref := "account/" + made.AccountID.String() + "/key"
	w.Keep(ref, c.AccountKeys.PrivatePEM)
	actor, err := w.NextInteger(ctx, "actor")
	if err != nil {
		return err
	}
	_, err = commands.Decide[account.Account](ctx, w, made.AccountID.Stream(), account.Create{
		AccountID: made.AccountID, IntegerID: made.AccountInteger, ActorID: actor, UserID: made.UserID,
		Name: c.Username, DisplayName: c.Username, PublicKey: c.AccountKeys.PublicPEM, PrivateKeyRef: ref,
	})
	return err
}

func createChannel(ctx context.Context, w *commands.Work, c Create, made Created) error {
	ref := "channel/" + made.ChannelID.String() + "/key"
	w.Keep(ref, c.ChannelKeys.PrivatePEM)
	actor, err := w.NextInteger(ctx, "actor")
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
