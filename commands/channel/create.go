package channel

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/account"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// Create opens another channel of the caller. The key pair was drawn at the edge.
type Create struct {
	Handle        string  `json:"handle"`
	DisplayName   string  `json:"displayName"`
	Description   *string `json:"description"`
	Support       *string `json:"support"`
	PublicKeyPEM  string  `json:"publicKey"`
	PrivateKeyPEM []byte  `json:"-"`
	// MaxChannels is how many channels a person may have (video_channels.max_per_user).
	MaxChannels int `json:"maxChannels"`
}

// Created names what was made.
type Created struct {
	ChannelID kernel.ChannelID `json:"channelId"`
	IntegerID int64            `json:"integerId"`
}

var create = commands.Spec[Create, Created]{Type: "channel.create", Needs: commands.ByUser(), Handle: handleCreate}

// Create runs the command. Errors: CodeInvalid naming the field or for too many channels, CodeConflict for a handle that is or
// was in use.
func (h *Handlers) Create(ctx context.Context, caller commands.Caller, c Create) (commands.Outcome[Created], error) {
	return commands.Run(ctx, h.bus, caller, create, c)
}

func handleCreate(ctx context.Context, w *commands.Work, c Create) (Created, error) {
	owner, err := commands.Guard[user.User](ctx, w, w.Caller.UserID.Stream())
	if err == nil && !owner.Exists {
		err = kernel.NotFound("User not found")
	}
	if err != nil {
		return Created{}, err
	}
	made := Created{ChannelID: kernel.ChannelID{UUID: w.NewID()}}
	_, err = commands.Decide[account.Account](ctx, w, owner.AccountID.Stream(), account.OpenChannel{
		ChannelID: made.ChannelID, Max: c.MaxChannels,
	})
	if err != nil {
		return made, err
	}
	if made.IntegerID, err = w.Number(ctx, "channel", made.ChannelID.Stream()); err != nil {
		return made, err
	}
	number, err := w.Number(ctx, "actor", made.ChannelID.Stream())
	if err != nil {
		return made, err
	}
	ref := "channel/" + made.ChannelID.String() + "/key"
	w.Keep(ref, c.PrivateKeyPEM)
	w.Take("actor-name", c.Handle, made.ChannelID.Stream().String(), kernel.Conflict(
		"Another actor (account/channel) with this name on this instance already exists or has already existed."))
	_, err = commands.Decide[channel.Channel](ctx, w, made.ChannelID.Stream(), channel.Create{
		ChannelID: made.ChannelID, IntegerID: made.IntegerID, ActorID: number, AccountID: owner.AccountID, OwnerID: owner.ID,
		Handle: c.Handle, DisplayName: c.DisplayName, Description: c.Description, Support: c.Support,
		PublicKey: c.PublicKeyPEM, PrivateKeyRef: ref,
	})
	return made, err
}
