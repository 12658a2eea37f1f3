package commands

import (
	"context"
	"time"

	"github.com/google/uuid"
	lru "github.com/hashicorp/golang-lru/v2"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/codec"
)

// Codec turns domain events into what the log holds and back.
type Codec interface {
	Encode(e kernel.Event, eventID uuid.UUID) (eventstore.Draft, error)
	Decode(r eventstore.Recorded) (eventstore.Event, error)
	SealOrigin(subject, commandID string, o codec.Origin) ([]byte, error)
}

// Secrets seals what must not stand in the log in clear.
type Secrets interface {
	// SealVault seals bytes for the vault, bound to their reference.
	SealVault(ref string, plain []byte) []byte
	// OpenVault opens what SealVault sealed.
	OpenVault(ref string, sealed []byte) ([]byte, error)
	// BlindIndex answers a keyed hash of a text, so that an e-mail can be claimed without being readable.
	BlindIndex(kind, text string) string
}

// statesKept bounds the folded aggregates that are kept in memory, so that a busy stream is not read from its beginning
// each time. A kept state is only a starting point: the stream's tail is always read.
const statesKept = 4096

// Bus runs commands. It is safe for concurrent use.
type Bus struct {
	log     eventstore.Log
	codec   Codec
	secrets Secrets
	now     func() time.Time
	newID   func() uuid.UUID
	states  *lru.Cache[kernel.StreamID, folded]
	tracer  trace.Tracer
}

// folded is an aggregate as of a version.
type folded struct {
	version eventstore.Version
	state   any
}

// Options are the outside world of a bus; zero fields take the real one.
type Options struct {
	// Now is the clock, UTC.
	Now func() time.Time
	// NewID draws UUIDs.
	NewID func() uuid.UUID
}

// New makes a bus over a log.
func New(log eventstore.Log, c Codec, secrets Secrets, o Options) *Bus {
	if o.Now == nil {
		o.Now = func() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }
	}
	if o.NewID == nil {
		o.NewID = func() uuid.UUID { return uuid.Must(uuid.NewV7()) }
	}
	states, _ := lru.New[kernel.StreamID, folded](statesKept) // fails for sizes below 1 only
	return &Bus{
		log: log, codec: c, secrets: secrets, now: o.Now, newID: o.NewID, states: states,
		tracer: otel.Tracer("vidilog/commands"),
	}
}

// ClaimOwner looks up who holds a claim: the way from a name or number to an id that never lags behind.
func (b *Bus) ClaimOwner(ctx context.Context, kind, key string) (owner string, found bool, err error) {
	return b.log.ClaimOwner(ctx, eventstore.ClaimKey{Kind: kind, Key: key})
}

// Secret opens a secret of the vault. found is false when the reference is not, or no longer, there.
func (b *Bus) Secret(ctx context.Context, ref string) (plain []byte, found bool, err error) {
	sealed, found, err := b.log.VaultRead(ctx, ref)
	if err != nil || !found {
		return nil, found, err
	}
	plain, err = b.secrets.OpenVault(ref, sealed)
	return plain, err == nil, err
}

// BlindEmail is the claim key of an e-mail address.
func (b *Bus) BlindEmail(email string) string { return b.secrets.BlindIndex("email", email) }

// Now is the bus's clock, UTC.
func (b *Bus) Now() time.Time { return b.now() }
