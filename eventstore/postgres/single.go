package postgres

import "vidilog/eventstore"

// A batch of one is the rule on a quiet server. Plain statements spare it the arrays and the set-returning functions of the
// others.

// scalar is a parameter that is never NULL: pgconn takes a nil slice for NULL.
func scalar(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// singleEvent are the parameters of one event, in the order of eventColumns.
func singleEvent(e *eventstore.Recorded) [][]byte {
	text := func(s string) []byte { return scalar([]byte(s)) }
	return [][]byte{
		putInt8(nil, int64(e.Position)), putTime(nil, e.RecordedAt), putInt8(nil, int64(e.Version)),
		e.EventID[:], e.Correlation[:], e.Causation[:], putInt4(nil, int32(e.SchemaVersion)),
		text(string(e.Stream.Kind)), text(e.Stream.ID), text(e.Type), text(e.CommandID),
		text(string(e.Actor.Kind)), text(e.Actor.ID), text(e.Actor.OnBehalfOf),
		scalar(e.Origin), text(e.KeyRef), e.LeafHash[:], e.Payload,
	}
}

// singleStream are the parameters of one stream, in the order of upsertStream.
func singleStream(s namedStream) [][]byte {
	return [][]byte{
		[]byte(s.id.Kind), []byte(s.id.ID), putInt8(nil, int64(s.version.version)),
		putInt8(nil, int64(s.version.firstPosition)), putInt8(nil, int64(s.version.lastPosition)),
	}
}

// singleCommand are the parameters of one command, in the order of insertCommand.
func (l *ledger) singleCommand(c *newCommand) [][]byte {
	return [][]byte{
		c.key[:], putTime(nil, l.recordedAt), putInt8(nil, int64(c.position)), putBool(nil, c.command.Forever),
		c.command.PayloadHash[:], scalar([]byte(c.command.Actor)), []byte(c.command.Type), []byte(c.command.ID), scalar(c.result),
	}
}
