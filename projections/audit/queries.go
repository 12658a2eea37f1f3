package audit

import (
	"context"
	"embed"
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// Audit answers questions about the model. It may be used from any goroutine.
type Audit struct{ db engine.Querier }

// New asks db, which is engine.DB(Name).
func New(db engine.Querier) *Audit { return &Audit{db: db} }

// Envelope is an event without its payload.
type Envelope struct {
	Position    eventstore.Position
	Stream      kernel.StreamID
	Version     eventstore.Version
	Type        string
	EventID     uuid.UUID
	CommandID   string
	Correlation uuid.UUID
	// Causation is the event that led to this one, the zero UUID where a request did.
	Causation  uuid.UUID
	Actor      kernel.Actor
	RecordedAt time.Time
}

// TypeCount says how often a type of event occurs.
type TypeCount struct {
	Type                        string
	Events                      int64
	FirstPosition, LastPosition eventstore.Position
	LastAt                      time.Time
}

// maxDepth bounds walks along causes: an upload is about ten deep.
const maxDepth = 1_000

//go:embed sql/*.sql
var queries embed.FS

// query reads a statement and puts the columns of an Envelope in.
var query = engine.Queries(queries)

var (
	ofStreamSQL      = query("events_of_stream")
	byActorSQL       = query("events_by_actor")
	onBehalfSQL      = query("events_on_behalf_of")
	byCorrelationSQL = query("events_by_correlation")
	causesSQL        = query("causes")
	effectsSQL       = query("effects")
	ofPeopleSQL      = query("events_of_people_between")
	countsSQL        = query("counts_by_type")
)

// OfStream answers up to limit events of a stream with versions above after, in order.
func (a *Audit) OfStream(ctx context.Context, stream kernel.StreamID, after eventstore.Version, limit int) ([]Envelope, error) {
	return a.many(ctx, ofStreamSQL, string(stream.Kind), stream.ID, after, limit)
}

// ByActor answers up to limit events that an actor caused itself, at positions below before (0: from the newest), the newest
// first. OnBehalfOf of the actor is ignored.
func (a *Audit) ByActor(ctx context.Context, actor kernel.Actor, before eventstore.Position, limit int) ([]Envelope, error) {
	return a.many(ctx, byActorSQL, string(actor.Kind), actor.ID, below(before), limit)
}

// OnBehalfOf answers up to limit events that processes and workers caused for a party ("user:<uuid>", kernel.Actor.Person), at
// positions below before (0: from the newest), the newest first.
func (a *Audit) OnBehalfOf(ctx context.Context, party string, before eventstore.Position, limit int) ([]Envelope, error) {
	return a.many(ctx, onBehalfSQL, party, below(before), limit)
}

// ByCorrelation answers up to limit events that one request set in motion, at positions above after, in order.
func (a *Audit) ByCorrelation(ctx context.Context, correlation uuid.UUID, after eventstore.Position, limit int) ([]Envelope, error) {
	return a.many(ctx, byCorrelationSQL, correlation, after, limit)
}

// OfPeople answers up to limit events that people caused themselves within a span of time, the newest first.
func (a *Audit) OfPeople(ctx context.Context, from, to time.Time, limit int) ([]Envelope, error) {
	return a.many(ctx, ofPeopleSQL, from, to, limit)
}

// Causes answers an event and what led to it, back to the request; nothing for an event that is not known.
func (a *Audit) Causes(ctx context.Context, eventID uuid.UUID) ([]Envelope, error) {
	return a.many(ctx, causesSQL, eventID, maxDepth)
}

// EffectsOf answers up to limit events that an event led to, directly and further, in the order of the log.
func (a *Audit) EffectsOf(ctx context.Context, eventID uuid.UUID, limit int) ([]Envelope, error) {
	return a.many(ctx, effectsSQL, eventID, maxDepth, limit)
}

// Counts answers how often each type of event occurs, the most frequent first.
func (a *Audit) Counts(ctx context.Context) ([]TypeCount, error) {
	result, err := a.db.Query(ctx, countsSQL)
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	counts, err := pgx.CollectRows(result, pgx.RowToStructByPos[TypeCount])
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	return counts, nil
}

func below(before eventstore.Position) eventstore.Position {
	if before == 0 {
		return math.MaxInt64
	}
	return before
}

func (a *Audit) many(ctx context.Context, sql string, args ...any) ([]Envelope, error) {
	result, err := a.db.Query(ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	found, err := pgx.CollectRows(result, scanEnvelope)
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	return found, nil
}

func scanEnvelope(row pgx.CollectableRow) (e Envelope, err error) {
	var causation *uuid.UUID
	err = row.Scan(&e.Position, &e.Stream.Kind, &e.Stream.ID, &e.Version, &e.Type, &e.EventID, &e.CommandID, &e.Correlation,
		&causation, &e.Actor.Kind, &e.Actor.ID, &e.Actor.OnBehalfOf, &e.RecordedAt)
	if causation != nil {
		e.Causation = *causation
	}
	return e, err
}
