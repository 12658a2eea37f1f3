package channel

import (
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// Create opens a channel of an account. The key pair was drawn by the caller and its private half is in the vault.
type Create struct {
	ChannelID     kernel.ChannelID
	IntegerID     int64
	ActorID       int64
	AccountID     kernel.AccountID
	OwnerID       kernel.UserID
	Handle        string
	DisplayName   string
	Description   *string
	Support       *string
	PublicKey     string
	PrivateKeyRef string
}

// Created records a new channel and its actor keys.
type Created struct {
	ChannelID   kernel.ChannelID `json:"channelId"`
	IntegerID   int64            `json:"integerId"`
	ActorID     int64            `json:"actorId"`
	AccountID   kernel.AccountID `json:"accountId"`
	OwnerID     kernel.UserID    `json:"ownerId"`
	Handle      string           `json:"handle"`
	DisplayName string           `json:"displayName"`
	Description *string          `json:"description,omitempty"`
	Support     *string          `json:"support,omitempty"`
	// PublicKey is PEM (PKIX); PrivateKeyRef names the private key in the vault.
	PublicKey     string `json:"publicKey"`
	PrivateKeyRef string `json:"privateKeyRef"`
}

// EventType is the literal id in the log.
func (Created) EventType() string { return "channel.created" }

// Decide answers Created, or CodeInvalid naming the field. Limits are PeerTube's (VIDEO_CHANNELS.NAME, actor names).
func (c Create) Decide(ch Channel) ([]kernel.Event, error) {
	if ch.Exists {
		return nil, kernel.Conflict("the channel %s exists already", ch.Handle)
	}
	if err := actor.CheckName("name", c.Handle); err != nil {
		return nil, err
	}
	var err error
	if c.DisplayName, err = actor.DisplayName("displayName", c.DisplayName); err != nil {
		return nil, err
	}
	if c.Description, err = actor.Text("description", c.Description); err != nil {
		return nil, err
	}
	if c.Support, err = actor.Text("support", c.Support); err != nil {
		return nil, err
	}
	return []kernel.Event{Created(c)}, nil
}
