package eventstore

import (
	"crypto/sha256"
	"encoding/binary"
)

// leafEncoding is the version of the encoding below. It is hashed first, so that a later encoding can never collide.
const leafEncoding = 1

// Leaf computes the hash of everything in r but LeafHash itself: SHA-256 over fields in a fixed order, each preceded by its
// length as 8 bytes big-endian, integers as 8 bytes. Lengths make it impossible to move bytes from one field to the next.
func (r *Recorded) Leaf() [32]byte {
	b := make([]byte, 0, 512+len(r.Payload)+len(r.Origin))
	b = binary.BigEndian.AppendUint64(b, leafEncoding)
	b = binary.BigEndian.AppendUint64(b, uint64(r.Position))
	b = appendField(b, string(r.Stream.Kind))
	b = appendField(b, r.Stream.ID)
	b = binary.BigEndian.AppendUint64(b, uint64(r.Version))
	b = appendField(b, r.Type)
	b = binary.BigEndian.AppendUint64(b, uint64(r.SchemaVersion))
	b = append(b, r.EventID[:]...)
	b = appendField(b, r.CommandID)
	b = append(b, r.Correlation[:]...)
	b = append(b, r.Causation[:]...)
	b = appendField(b, string(r.Actor.Kind))
	b = appendField(b, r.Actor.ID)
	b = appendField(b, r.Actor.OnBehalfOf)
	b = appendField(b, string(r.Origin))
	b = binary.BigEndian.AppendUint64(b, uint64(r.RecordedAt.UnixMicro()))
	b = appendField(b, string(r.Payload))
	b = appendField(b, r.KeyRef)
	return sha256.Sum256(b)
}

func appendField(b []byte, field string) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(len(field)))
	return append(b, field...)
}
