// Package account decides about accounts: the public face of a user, an ActivityPub actor of type Person, and which channels it
// has.
//
// It may import domain/kernel and domain/actor. Read this file first.
package account

import (
	"slices"

	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// Account is what commands need to know of one.
type Account struct {
	Exists      bool
	Deleted     bool
	AccountID   kernel.AccountID
	UserID      kernel.UserID
	Name        string
	DisplayName string
	Description *string
	Avatars     []actor.Image
	// Channels that stand, in the order in which they were opened.
	Channels []kernel.ChannelID
}

// Stands says that the account exists and has not been deleted.
func (a Account) Stands() bool { return a.Exists && !a.Deleted }

// Events are all event types of this package, for the codec.
func Events() []kernel.Event {
	return []kernel.Event{Created{}, Updated{}, AvatarChanged{}, ChannelOpened{}, ChannelClosed{}, Deleted{}, CommentsRemoved{}}
}

// Apply folds one event. Lists are copied, since a folded state may be shared by readers.
func (a Account) Apply(e kernel.Event) Account {
	switch e := e.(type) {
	case Created:
		a = Account{
			Exists: true, AccountID: e.AccountID, UserID: e.UserID, Name: e.Name, DisplayName: e.DisplayName,
			Channels: []kernel.ChannelID{e.ChannelID},
		}
	case Updated:
		a.DisplayName, a.Description = e.DisplayName, e.Description
	case AvatarChanged:
		a.Avatars = e.Avatars
	case ChannelOpened:
		a.Channels = append(slices.Clone(a.Channels), e.ChannelID)
	case ChannelClosed:
		a.Channels = slices.DeleteFunc(slices.Clone(a.Channels), func(id kernel.ChannelID) bool { return id == e.ChannelID })
	case Deleted:
		a.Deleted, a.Channels, a.Avatars = true, nil, nil
	case CommentsRemoved:
		// how far the deletion of comments has come is nothing a decision about the account needs
	}
	return a
}

// Create opens the account of a user with the first channel. The name is the user's name; the key pair was drawn by the caller
// and its private half is in the vault.
type Create struct {
	AccountID     kernel.AccountID
	IntegerID     int64
	ActorID       int64
	UserID        kernel.UserID
	ChannelID     kernel.ChannelID
	Name          string
	DisplayName   string
	PublicKey     string
	PrivateKeyRef string
}

// Created records a new account and its actor keys.
type Created struct {
	AccountID kernel.AccountID `json:"accountId"`
	IntegerID int64            `json:"integerId"`
	// ActorID is the integer PeerTube gives the actor, a number range of its own.
	ActorID int64         `json:"actorId"`
	UserID  kernel.UserID `json:"userId"`
	// ChannelID is the channel that every account begins with.
	ChannelID   kernel.ChannelID `json:"channelId"`
	Name        string           `json:"name"`
	DisplayName string           `json:"displayName"`
	// PublicKey is PEM (PKIX); PrivateKeyRef names the private key in the vault.
	PublicKey     string `json:"publicKey"`
	PrivateKeyRef string `json:"privateKeyRef"`
}

// EventType is the literal id in the log.
func (Created) EventType() string { return "account.created" }

// Decide answers Created, or CodeConflict when the account exists.
func (c Create) Decide(a Account) ([]kernel.Event, error) {
	if a.Exists {
		return nil, kernel.Conflict("the account %s exists already", a.Name)
	}
	name, err := actor.DisplayName("displayName", c.DisplayName)
	if err != nil {
		return nil, err
	}
	c.DisplayName = name
	return []kernel.Event{Created(c)}, nil
}
