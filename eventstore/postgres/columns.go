package postgres

import (
	"time"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// eventParameters turns events into one array per column, in the order of eventColumns.
func eventParameters(events []eventstore.Recorded) [][]byte {
	return [][]byte{
		int8Array(column(events, func(e *eventstore.Recorded) int64 { return int64(e.Position) })),
		timeArray(column(events, func(e *eventstore.Recorded) time.Time { return e.RecordedAt })),
		int8Array(column(events, func(e *eventstore.Recorded) int64 { return int64(e.Version) })),
		uuidArray(column(events, func(e *eventstore.Recorded) uuid.UUID { return e.EventID })),
		uuidArray(column(events, func(e *eventstore.Recorded) uuid.UUID { return e.Correlation })),
		uuidArray(column(events, func(e *eventstore.Recorded) uuid.UUID { return e.Causation })),
		int4Array(column(events, func(e *eventstore.Recorded) int32 { return int32(e.SchemaVersion) })),
		textArray(column(events, func(e *eventstore.Recorded) string { return string(e.Stream.Kind) })),
		textArray(column(events, func(e *eventstore.Recorded) string { return e.Stream.ID })),
		textArray(column(events, func(e *eventstore.Recorded) string { return e.Type })),
		textArray(column(events, func(e *eventstore.Recorded) string { return e.CommandID })),
		textArray(column(events, func(e *eventstore.Recorded) string { return string(e.Actor.Kind) })),
		textArray(column(events, func(e *eventstore.Recorded) string { return e.Actor.ID })),
		textArray(column(events, func(e *eventstore.Recorded) string { return e.Actor.OnBehalfOf })),
		byteaArray(column(events, func(e *eventstore.Recorded) []byte { return e.Origin })),
		textArray(column(events, func(e *eventstore.Recorded) string { return e.KeyRef })),
		byteaArray(column(events, func(e *eventstore.Recorded) []byte { return e.LeafHash[:] })),
		byteaArray(column(events, func(e *eventstore.Recorded) []byte { return e.Payload })),
	}
}

func column[T any](events []eventstore.Recorded, value func(*eventstore.Recorded) T) []T {
	values := make([]T, len(events))
	for i := range events {
		values[i] = value(&events[i])
	}
	return values
}

// rowReader turns rows of eventColumns into events. Names that repeat in every row are kept once.
type rowReader struct{ names map[string]string }

func (n *rowReader) name(b []byte) string {
	if known, found := n.names[string(b)]; found { // the compiler makes no copy here
		return known
	}
	name := string(b)
	n.names[name] = name
	return name
}

// event copies a row: the texts in one piece of memory, the bytes in another.
func (n *rowReader) event(v [][]byte) eventstore.Recorded {
	texts := string(append(append(append(append(append(make([]byte, 0, 160), v[8]...), v[10]...), v[12]...), v[13]...), v[15]...))
	text := func(length int) string {
		taken := texts[:length]
		texts = texts[length:]
		return taken
	}
	data := append(append(make([]byte, 0, len(v[14])+len(v[17])), v[14]...), v[17]...)
	e := eventstore.Recorded{
		Position: eventstore.Position(readInt8(v[0])), RecordedAt: readTime(v[1]), Version: eventstore.Version(readInt8(v[2])),
		EventID: readUUID(v[3]), SchemaVersion: int(readInt4(v[6])), Type: n.name(v[9]),
		Stream: kernel.StreamID{Kind: kernel.StreamKind(n.name(v[7])), ID: text(len(v[8]))},
	}
	e.Correlation, e.Causation, e.CommandID = readUUID(v[4]), readUUID(v[5]), text(len(v[10]))
	e.Actor = kernel.Actor{Kind: kernel.ActorKind(n.name(v[11])), ID: text(len(v[12])), OnBehalfOf: text(len(v[13]))}
	e.KeyRef = text(len(v[15]))
	if split := len(v[14]); split > 0 {
		e.Origin = data[:split:split]
	}
	e.Payload = data[len(v[14]):]
	copy(e.LeafHash[:], v[16])
	return e
}
