package eventstore

import (
	"time"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
)

// Position is the place of an event in the log: dense, from 1, in commit order. 0 stands before the first event.
type Position int64

// Version is the place of an event in its stream: dense, from 1. 0 stands for a stream without events.
type Version int64

// Recorded is one event as the log holds it.
type Recorded struct {
	Position Position
	Stream   kernel.StreamID
	Version  Version
	// Type is the literal id of the event type, such as "video.published"; SchemaVersion the version of its payload.
	Type          string
	SchemaVersion int
	EventID       uuid.UUID
	Metadata
	// RecordedAt is UTC with microseconds, never before the event at the previous position.
	RecordedAt time.Time
	// Payload is canonical JSON (see codec); personal fields in it are sealed.
	Payload []byte
	// KeyRef names the key that seals personal fields of Payload, empty when there are none.
	KeyRef string
	// LeafHash covers all of the above in the encoding of Leaf, for the Merkle tree.
	LeafHash [32]byte
}

// Metadata says how an append came about. It is the same for all events of one append.
type Metadata struct {
	// CommandID identifies the command whose append this is.
	CommandID string
	// Correlation is shared by everything that one request set in motion.
	Correlation uuid.UUID
	// Causation is the event that a process or effect reacted to; the zero UUID where a request was the cause.
	Causation uuid.UUID
	Actor     kernel.Actor
	// Origin is the sealed address and user agent of the request, empty where there was none.
	Origin []byte
}

// Event is a recorded event with its payload decoded, raised to today's schema version and unsealed.
type Event struct {
	Recorded
	Data kernel.Event
}
