// Package account decides about accounts: the public face of a user, an ActivityPub actor of type Person.
//
// It may import domain/kernel only.
package account

import "vidilog/domain/kernel"

// Account is what commands need to know of one.
type Account struct {
	Exists bool
	UserID kernel.UserID
	Name   string
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event { return []kernel.Event{Created{}} }

// Apply folds one event.
func (a Account) Apply(e kernel.Event) Account {
	if e, ok := e.(Created); ok {
		a = Account{Exists: true, UserID: e.UserID, Name: e.Name}
	}
	return a
}

// Create opens the account of a user. The name is the user's name; the key pair was drawn by the caller and its private
// half is in the vault.
type Create struct {
	AccountID     kernel.AccountID
	IntegerID     int64
	ActorID       int64
	UserID        kernel.UserID
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
	ActorID     int64         `json:"actorId"`
	UserID      kernel.UserID `json:"userId"`
	Name        string        `json:"name"`
	DisplayName string        `json:"displayName"`
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
	return []kernel.Event{Created(c)}, nil
}
