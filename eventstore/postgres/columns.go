package postgres

import (
	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// eventRow is an event_row, in the order of eventColumns.
func eventRow(b []byte, e eventstore.Recorded) []byte {
	b = fields(b, 18)
	b = fieldInt8(b, int64(e.Position))
	b = fieldTime(b, e.RecordedAt)
	b = fieldInt8(b, int64(e.Version))
	b = fieldUUID(b, e.EventID)
	b = fieldUUID(b, e.Correlation)
	b = fieldUUID(b, e.Causation)
	b = fieldInt4(b, int32(e.SchemaVersion))
	b = fieldText(b, string(e.Stream.Kind))
	b = fieldText(b, e.Stream.ID)
	b = fieldText(b, e.Type)
	b = fieldText(b, e.CommandID)
	b = fieldText(b, string(e.Actor.Kind))
	b = fieldText(b, e.Actor.ID)
	b = fieldText(b, e.Actor.OnBehalfOf)
	b = fieldBytea(b, e.Origin)
	b = fieldText(b, e.KeyRef)
	b = fieldBytea(b, e.LeafHash[:])
	return fieldBytea(b, e.Payload)
}

// namedStream is a stream with its new version.
type namedStream struct {
	id      kernel.StreamID
	version streamRow
}

// streamRowOf is a stream_row.
func streamRowOf(b []byte, s namedStream) []byte {
	b = fields(b, 5)
	b = fieldText(b, string(s.id.Kind))
	b = fieldText(b, s.id.ID)
	b = fieldInt8(b, int64(s.version.version))
	b = fieldInt8(b, int64(s.version.firstPosition))
	return fieldInt8(b, int64(s.version.lastPosition))
}

// commandRow is a command_row.
func (l *ledger) commandRow(b []byte, c newCommand) []byte {
	b = fields(b, 9)
	b = fieldUUID(b, c.key)
	b = fieldTime(b, l.recordedAt)
	b = fieldInt8(b, int64(c.position))
	b = fieldBool(b, c.command.Forever)
	b = fieldBytea(b, c.command.PayloadHash[:])
	b = fieldText(b, c.command.Actor)
	b = fieldText(b, c.command.Type)
	b = fieldText(b, c.command.ID)
	return fieldBytea(b, c.result)
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
