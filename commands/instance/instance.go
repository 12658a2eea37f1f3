// Package instance holds the commands on the instance itself: its first start and its configuration.
//
// It may import commands, domain/… and the eventstore ports.
package instance

import (
	"context"
	"encoding/json"

	"vidilog/commands"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// Handlers runs the commands of this package on a bus.
type Handlers struct{ bus *commands.Bus }

// New makes the handlers.
func New(bus *commands.Bus) *Handlers { return &Handlers{bus: bus} }

// Vault references of the instance's secrets.
const (
	clientSecretRef = "instance/client-secret"
	privateKeyRef   = "instance/actor-key"
)

// Initialise draws what an instance has once: the OAuth client of browsers and the key pair of its own actor.
type Initialise struct {
	ClientID      string `json:"clientId"`
	ClientSecret  string `json:"-"`
	PublicKey     string `json:"publicKey"`
	PrivateKeyPEM []byte `json:"-"`
}

var initialise = commands.Spec[Initialise, struct{}]{
	Type:  "instance.initialise",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c Initialise) (struct{}, error) {
		state, err := commands.Load[instance.Instance](ctx, w, kernel.TheInstance.Stream())
		if err != nil || state.Initialised {
			return struct{}{}, err
		}
		verb := instance.Initialise{
			ClientID: c.ClientID, ClientSecretRef: clientSecretRef, PublicKey: c.PublicKey, PrivateKeyRef: privateKeyRef,
		}
		if verb.ActorID, err = w.Number(ctx, "actor", kernel.TheInstance.Stream()); err != nil {
			return struct{}{}, err
		}
		if verb.AccountID, err = w.Number(ctx, "account", kernel.TheInstance.Stream()); err != nil {
			return struct{}{}, err
		}
		w.Keep(clientSecretRef, []byte(c.ClientSecret))
		w.Keep(privateKeyRef, c.PrivateKeyPEM)
		w.Take("actor-name", "peertube", kernel.TheInstance.Stream().String(), nil)
		_, err = commands.Decide[instance.Instance](ctx, w, kernel.TheInstance.Stream(), verb)
		return struct{}{}, err
	},
}

// Initialise runs the command; on an instance that has been initialised it does nothing.
func (h *Handlers) Initialise(ctx context.Context, caller commands.Caller, c Initialise) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, initialise, c)
}

// Configure states the configuration in force, without its secrets, as canonical JSON.
type Configure struct {
	Configuration json.RawMessage `json:"configuration"`
}

var configure = commands.Spec[Configure, struct{}]{
	Type:  "instance.configure",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c Configure) (struct{}, error) {
		_, err := commands.Decide[instance.Instance](ctx, w, kernel.TheInstance.Stream(), instance.Configure(c))
		return struct{}{}, err
	},
}

// Configure runs the command; a configuration that is in force already is not recorded again.
func (h *Handlers) Configure(ctx context.Context, caller commands.Caller, c Configure) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, configure, c)
}

// Customise states what an administrator changes of the configuration files, and what is in force with it.
type Customise struct {
	Changes       json.RawMessage `json:"changes"`
	Configuration json.RawMessage `json:"configuration"`
}

var customise = commands.Spec[Customise, struct{}]{
	Type:  "instance.customise",
	Needs: commands.ByRight(user.RightManageConfiguration),
	Handle: func(ctx context.Context, w *commands.Work, c Customise) (struct{}, error) {
		_, err := commands.Decide[instance.Instance](ctx, w, kernel.TheInstance.Stream(), instance.Customise(c))
		return struct{}{}, err
	},
}

// Customise runs the command; changes that are in force already are not recorded again.
func (h *Handlers) Customise(ctx context.Context, caller commands.Caller, c Customise) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, customise, c)
}

// Changes answers what administrators have changed of the configuration files, nil while they have not.
func (h *Handlers) Changes(ctx context.Context) (json.RawMessage, error) {
	state, err := commands.View[instance.Instance](ctx, h.bus, kernel.TheInstance.Stream())
	return state.Changes, err
}

// Client answers the OAuth client of browsers. found is false before the first start.
func (h *Handlers) Client(ctx context.Context) (id, secret string, found bool, err error) {
	state, err := commands.View[instance.Instance](ctx, h.bus, kernel.TheInstance.Stream())
	if err != nil || !state.Initialised {
		return "", "", false, err
	}
	plain, found, err := h.bus.Secret(ctx, state.ClientSecretRef)
	return state.ClientID, string(plain), found, err
}
