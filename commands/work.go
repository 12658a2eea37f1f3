package commands

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/codec"
)

// streamPage is how many events of a stream are read at once.
const streamPage = 500

// Aggregate is a state that folds events; every aggregate of domain/… is one.
type Aggregate[S any] interface{ Apply(e kernel.Event) S }

// Work is one unit of work: the streams a command has loaded and what it wants to append to them. Streams that were loaded
// and written are appended at exactly the version that was seen.
type Work struct {
	// Caller is who sent the command.
	Caller Caller
	// Now is the time of the decision, the same throughout.
	Now time.Time

	bus     *Bus
	command eventstore.Command
	streams map[kernel.StreamID]*stream
	order   []kernel.StreamID
	claims  []eventstore.ClaimChange
	refusal map[eventstore.ClaimKey]error
	vault   []eventstore.VaultChange
}

// stream is one stream as this unit of work sees it: its state includes the pending events.
type stream struct {
	version eventstore.Version
	state   any
	apply   func(state any, e kernel.Event) any
	pending []kernel.Event
	// guarded streams must not have changed even when nothing is appended to them.
	guarded bool
}

func newWork(b *Bus, caller Caller, command eventstore.Command) *Work {
	return &Work{
		Caller: caller, Now: b.now(), bus: b, command: command,
		streams: map[kernel.StreamID]*stream{}, refusal: map[eventstore.ClaimKey]error{},
	}
}

// NewID draws a UUID.
func (w *Work) NewID() uuid.UUID { return w.bus.newID() }

// Number draws the next integer of a kind of thing and claims it for its owner, so that the number leads to the aggregate and
// is never given twice: opening a restored log raises the sequences above what is claimed.
func (w *Work) Number(ctx context.Context, kind string, owner kernel.StreamID) (int64, error) {
	n, err := w.bus.log.NextInteger(ctx, kind)
	if err != nil {
		return 0, fmt.Errorf("draw the next %s number: %w", kind, err)
	}
	claim := eventstore.IntegerClaim(kind, n)
	w.claim(eventstore.TakeClaim, claim.Kind, claim.Key, owner.ID)
	return n, nil
}

// Holder answers who holds a claim as of now; it may change until the append, where Take decides.
func (w *Work) Holder(ctx context.Context, kind, key string) (owner string, found bool, err error) {
	return w.bus.ClaimOwner(ctx, kind, key)
}

// ClaimsOf answers up to limit claims of a kind as of now whose keys are above after, in their order.
func (w *Work) ClaimsOf(ctx context.Context, kind, after string, limit int) ([]eventstore.Claim, error) {
	return w.bus.log.ClaimsOf(ctx, kind, after, limit)
}

// Load answers the state of a stream, the zero state when it has no events.
func Load[S Aggregate[S]](ctx context.Context, w *Work, id kernel.StreamID) (S, error) {
	s, err := open[S](ctx, w, id)
	if err != nil {
		var zero S
		return zero, err
	}
	return s.state.(S), nil
}

// Guard answers the state of a stream and demands that it has not changed when the append is made: for what must hold of an
// aggregate that the command itself leaves as it is.
func Guard[S Aggregate[S]](ctx context.Context, w *Work, id kernel.StreamID) (S, error) {
	state, err := Load[S](ctx, w, id)
	if err == nil {
		w.streams[id].guarded = true
	}
	return state, err
}

func open[S Aggregate[S]](ctx context.Context, w *Work, id kernel.StreamID) (*stream, error) {
	if s, ok := w.streams[id]; ok {
		return s, nil
	}
	state, version, err := w.bus.fold(ctx, id, func(state any, e kernel.Event) any { return state.(S).Apply(e) }, *new(S))
	if err != nil {
		return nil, err
	}
	s := &stream{version: version, state: state, apply: func(state any, e kernel.Event) any { return state.(S).Apply(e) }}
	w.streams[id] = s
	w.order = append(w.order, id)
	return s, nil
}

// fold reads a stream from the kept state on.
func (b *Bus) fold(ctx context.Context, id kernel.StreamID, apply func(any, kernel.Event) any, zero any) (any, eventstore.Version, error) {
	at, kept := b.states.Get(id)
	if !kept {
		at.state = zero
	}
	for {
		page, err := b.log.ReadStream(ctx, id, at.version, streamPage)
		if err != nil {
			return nil, 0, fmt.Errorf("read stream %s: %w", id, err)
		}
		for _, r := range page {
			e, err := b.codec.Decode(r)
			if err != nil {
				return nil, 0, fmt.Errorf("decode event %d of %s: %w", r.Position, id, err)
			}
			at.state, at.version = apply(at.state, e.Data), r.Version
		}
		if len(page) < streamPage {
			b.states.Add(id, at)
			return at.state, at.version, nil
		}
	}
}

// Decide loads a stream, lets a verb of its aggregate decide and takes up the events.
func Decide[S Aggregate[S]](ctx context.Context, w *Work, id kernel.StreamID, verb interface {
	Decide(S) ([]kernel.Event, error)
},
) ([]kernel.Event, error) {
	s, err := open[S](ctx, w, id)
	if err != nil {
		return nil, err
	}
	events, err := verb.Decide(s.state.(S))
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		s.state = s.apply(s.state, e)
	}
	s.pending = append(s.pending, events...)
	return events, nil
}

// Record takes up events that were decided elsewhere, by a process manager for its own stream.
func Record[S Aggregate[S]](ctx context.Context, w *Work, id kernel.StreamID, events ...kernel.Event) error {
	s, err := open[S](ctx, w, id)
	if err != nil {
		return err
	}
	for _, e := range events {
		s.state = s.apply(s.state, e)
	}
	s.pending = append(s.pending, events...)
	return nil
}

// Take claims something for an owner; taken is the refusal when somebody else holds it.
func (w *Work) Take(kind, key, owner string, taken error) {
	w.claim(eventstore.TakeClaim, kind, key, owner)
	w.refusal[eventstore.ClaimKey{Kind: kind, Key: key}] = taken
}

// Release frees what an owner claimed.
func (w *Work) Release(kind, key, owner string) { w.claim(eventstore.ReleaseClaim, kind, key, owner) }

// Require demands that an owner holds a claim when the append is made.
func (w *Work) Require(kind, key, owner string) { w.claim(eventstore.RequireClaim, kind, key, owner) }

func (w *Work) claim(action eventstore.ClaimAction, kind, key, owner string) {
	w.claims = append(w.claims, eventstore.ClaimChange{
		ClaimKey: eventstore.ClaimKey{Kind: kind, Key: key}, Owner: owner, Action: action,
	})
}

// Keep seals a secret into the vault under ref, in the same append.
func (w *Work) Keep(ref string, plain []byte) {
	w.vault = append(w.vault, eventstore.VaultChange{Ref: ref, Sealed: w.bus.secrets.SealVault(ref, plain)})
}

// Forget removes a secret from the vault, in the same append.
func (w *Work) Forget(ref string) { w.vault = append(w.vault, eventstore.VaultChange{Ref: ref}) }

// Secret opens a secret of the vault as it was before this unit of work.
func (w *Work) Secret(ctx context.Context, ref string) (plain []byte, found bool, err error) {
	return w.bus.Secret(ctx, ref)
}

// BlindEmail is the claim key of an e-mail address.
func (w *Work) BlindEmail(email string) string { return w.bus.BlindEmail(email) }

// Try runs part of a unit of work; when it fails, what it took up is dropped and the rest of the work goes on.
func (w *Work) Try(part func() error) error {
	saved := w.save()
	err := part()
	if err != nil {
		w.streams, w.order, w.claims, w.vault, w.refusal = saved.streams, saved.order, saved.claims, saved.vault, saved.refusal
	}
	return err
}

func (w *Work) save() Work {
	copied := Work{
		streams: make(map[kernel.StreamID]*stream, len(w.streams)), order: slices.Clone(w.order),
		claims: slices.Clone(w.claims), vault: slices.Clone(w.vault), refusal: maps.Clone(w.refusal),
	}
	for id, s := range w.streams {
		c := *s
		c.pending = slices.Clone(s.pending)
		copied.streams[id] = &c
	}
	return copied
}

// isEmpty says that nothing would be appended.
func (w *Work) isEmpty() bool {
	for _, s := range w.streams {
		if len(s.pending) > 0 {
			return false
		}
	}
	return len(w.claims) == 0 && len(w.vault) == 0
}

// commit appends everything at once.
func (w *Work) commit(ctx context.Context, result any) (eventstore.Receipt, error) {
	a, err := w.build(result)
	if err != nil {
		return eventstore.Receipt{}, err
	}
	receipt, err := w.bus.log.Append(ctx, a)
	return receipt, w.explain(err)
}

func (w *Work) build(result any) (eventstore.Append, error) {
	encoded, err := json.Marshal(result)
	if err != nil {
		return eventstore.Append{}, fmt.Errorf("encode the result of %s: %w", w.command.Type, err)
	}
	a := eventstore.Append{Command: w.command, Claims: w.claims, Vault: w.vault, Result: encoded}
	if a.Metadata, err = w.metadata(); err != nil {
		return eventstore.Append{}, err
	}
	for _, id := range w.order {
		s := w.streams[id]
		if len(s.pending) == 0 && !s.guarded {
			continue
		}
		drafts := make([]eventstore.Draft, len(s.pending))
		for i, e := range s.pending {
			if drafts[i], err = w.bus.codec.Encode(e, w.bus.newID()); err != nil {
				return eventstore.Append{}, fmt.Errorf("encode %s: %w", e.EventType(), err)
			}
		}
		a.Streams = append(a.Streams, eventstore.StreamAppend{Stream: id, Expected: eventstore.Exactly(s.version), Events: drafts})
	}
	return a, nil
}

func (w *Work) metadata() (eventstore.Metadata, error) {
	m := eventstore.Metadata{
		CommandID: w.Caller.CommandID, Correlation: w.Caller.Correlation, Causation: w.Caller.Causation, Actor: w.Caller.Actor,
	}
	if w.Caller.Address == "" && w.Caller.UserAgent == "" {
		return m, nil
	}
	subject := "instance-visitors"
	if !w.Caller.UserID.IsZero() {
		subject = w.Caller.UserID.Stream().String()
	}
	var err error
	m.Origin, err = w.bus.codec.SealOrigin(subject, m.CommandID, codec.Origin{Address: kernel.Personal(w.Caller.Address), UserAgent: kernel.Personal(w.Caller.UserAgent)})
	if err != nil {
		return m, fmt.Errorf("seal the request's origin: %w", err)
	}
	return m, nil
}
