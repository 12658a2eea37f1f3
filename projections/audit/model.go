package audit

import (
	"embed"
	"io/fs"
	"time"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// Name is the model's name, for engine.DB, Wait and Position.
const Name = "audit"

// version is raised whenever the tables, or what the reducer makes of the same log, change.
const version = 1

//go:embed migrations/*.sql
var migrations embed.FS

// Definition declares the model to the engine.
func Definition() engine.Definition {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is embedded: its name is the only thing that could be wrong
	}
	return engine.Definition{Name: Name, Version: version, Migrations: files, New: newReducer}
}

type eventRow struct {
	StreamKind  kernel.StreamKind  `db:"stream_kind"`
	StreamID    string             `db:"stream_id"`
	Version     eventstore.Version `db:"version"`
	Type        string             `db:"type"`
	EventID     uuid.UUID          `db:"event_id"`
	CommandID   string             `db:"command_id"`
	Correlation uuid.UUID          `db:"correlation"`
	Causation   *uuid.UUID         `db:"causation"`
	ActorKind   kernel.ActorKind   `db:"actor_kind"`
	ActorID     string             `db:"actor_id"`
	OnBehalfOf  string             `db:"on_behalf_of"`
	RecordedAt  time.Time          `db:"recorded_at"`
}

type typeRow struct {
	Events        int64               `db:"events"`
	FirstPosition eventstore.Position `db:"first_position"`
	LastPosition  eventstore.Position `db:"last_position"`
	LastAt        time.Time           `db:"last_at"`
}

type rows struct {
	events *engine.Table[eventstore.Position, eventRow]
	types  *engine.Table[string, typeRow]
}

func newReducer(b *engine.Builder) engine.Reducer {
	return &rows{
		events: engine.NewTable[eventstore.Position, eventRow](b, "events", "position"),
		types:  engine.NewTable[string, typeRow](b, "types", "type"),
	}
}

// Reduce keeps the envelope of every event, whatever is in it.
func (r *rows) Reduce(at eventstore.Position, e eventstore.Event) {
	row := eventRow{
		StreamKind: e.Stream.Kind, StreamID: e.Stream.ID, Version: e.Version, Type: e.Type, EventID: e.EventID,
		CommandID: e.CommandID, Correlation: e.Correlation, ActorKind: e.Actor.Kind, ActorID: e.Actor.ID,
		OnBehalfOf: e.Actor.OnBehalfOf, RecordedAt: e.RecordedAt,
	}
	if cause := e.Causation; cause != uuid.Nil {
		row.Causation = &cause
	}
	r.events.Insert(at, row)
	recordedAt := e.RecordedAt // a copy: the closure would keep the whole event otherwise
	r.types.UpdateOrInsert(e.Type, func(t *typeRow) {
		t.Events++
		if t.FirstPosition == 0 {
			t.FirstPosition = at
		}
		t.LastPosition, t.LastAt = at, recordedAt
	})
}
