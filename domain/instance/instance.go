// Package instance decides about the instance itself: its first start and the configuration it runs with.
//
// It may import domain/kernel and domain/actor.
package instance

import (
	"bytes"
	"encoding/json"
	"maps"

	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// Instance is what commands need to know of it.
type Instance struct {
	Initialised bool
	ClientID    string
	// ClientSecretRef names the OAuth client secret in the vault.
	ClientSecretRef string
	Configuration   json.RawMessage
	// Changes lie over the configuration files; nil while no administrator has made any.
	Changes json.RawMessage
	// Homepage is the instance's own page; nil where there was none ever.
	Homepage *string
	// Pictures are the files of its pictures.
	Pictures map[Kind][]string
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event {
	return []kernel.Event{Initialised{}, Configured{}, Customised{}, HomepageWritten{}, PictureChanged{}}
}

// Apply folds one event.
func (i Instance) Apply(e kernel.Event) Instance {
	switch e := e.(type) {
	case Initialised:
		i.Initialised, i.ClientID, i.ClientSecretRef = true, e.ClientID, e.ClientSecretRef
	case Configured:
		i.Configuration = e.Configuration
	case Customised:
		i.Changes = e.Changes
	case HomepageWritten:
		i.Homepage = &e.Content
	case PictureChanged:
		i.Pictures = maps.Clone(i.Pictures)
		if i.Pictures == nil {
			i.Pictures = map[Kind][]string{}
		}
		i.Pictures[e.Kind] = actor.FileNames(e.Images)
	}
	return i
}

// Initialise records what the first start has drawn: the OAuth client that browsers use and the instance's own actor.
type Initialise struct {
	ClientID        string
	ClientSecretRef string
	ActorID         int64
	AccountID       int64
	PublicKey       string
	PrivateKeyRef   string
}

// Initialised records the first start of an instance.
type Initialised struct {
	ClientID        string `json:"clientId"`
	ClientSecretRef string `json:"clientSecretRef"`
	// ActorID and AccountID are the integers of the instance's own actor ("peertube") and its account.
	ActorID       int64  `json:"actorId"`
	AccountID     int64  `json:"accountId"`
	PublicKey     string `json:"publicKey"`
	PrivateKeyRef string `json:"privateKeyRef"`
}

// EventType is the literal id in the log.
func (Initialised) EventType() string { return "instance.initialised" }

// Decide answers Initialised, or nothing when this is not the first start.
func (c Initialise) Decide(i Instance) ([]kernel.Event, error) {
	if i.Initialised {
		return nil, nil
	}
	return []kernel.Event{Initialised(c)}, nil
}

// Configure states the effective configuration without its secrets, as canonical JSON.
type Configure struct{ Configuration json.RawMessage }

// Configured records the configuration that holds from here on.
type Configured struct {
	Configuration json.RawMessage `json:"configuration"`
}

// EventType is the literal id in the log.
func (Configured) EventType() string { return "instance.configured" }

// Decide answers Configured when the configuration differs from the one in force, else nothing.
func (c Configure) Decide(i Instance) ([]kernel.Event, error) {
	if !json.Valid(c.Configuration) {
		return nil, kernel.Invalid("configuration", "is not JSON")
	}
	if bytes.Equal(c.Configuration, i.Configuration) {
		return nil, nil
	}
	return []kernel.Event{Configured(c)}, nil
}
