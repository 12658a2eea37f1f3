package postgres

import (
	"time"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// ledger is what one group commit sees of the log and what it changes: the rows read under the head lock, with the
// decisions of the batch already in them. It is used again from batch to batch.
type ledger struct {
	head       eventstore.Position
	recordedAt time.Time

	streams  map[kernel.StreamID]streamRow
	claims   map[eventstore.ClaimKey]claimRow
	commands map[uuid.UUID]commandRow
	vault    map[string][]byte // nil removes

	events      []eventstore.Recorded
	newCommands []newCommand
}

type streamRow struct {
	version       eventstore.Version
	firstPosition eventstore.Position
	lastPosition  eventstore.Position
	changed       bool
}

type claimRow struct {
	owner   string // empty: nobody holds it
	stored  bool   // a row exists
	changed bool
}

type commandRow struct {
	payloadHash [32]byte
	position    eventstore.Position
	result      []byte
}

type newCommand struct {
	key      uuid.UUID
	command  *eventstore.Command
	position eventstore.Position
	result   []byte
}

func newLedger() *ledger {
	return &ledger{
		streams: map[kernel.StreamID]streamRow{}, claims: map[eventstore.ClaimKey]claimRow{},
		commands: map[uuid.UUID]commandRow{}, vault: map[string][]byte{},
	}
}

func (l *ledger) reset() {
	clear(l.streams)
	clear(l.claims)
	clear(l.commands)
	clear(l.vault)
	clear(l.events) // payloads must not outlive their batch
	clear(l.newCommands)
	l.events, l.newCommands = l.events[:0], l.newCommands[:0]
}

// lockedHead takes over the head row. Time never runs backwards in the log, whatever the database's clock does.
func (l *ledger) lockedHead(values [][]byte) {
	l.head = eventstore.Position(readInt8(values[0]))
	l.recordedAt = readTime(values[1])
	if now := readTime(values[2]); now.After(l.recordedAt) {
		l.recordedAt = now
	}
}

func (l *ledger) loadedStream(values [][]byte) {
	id := kernel.StreamID{Kind: kernel.StreamKind(values[0]), ID: string(values[1])}
	l.streams[id] = streamRow{
		version: eventstore.Version(readInt8(values[2])), firstPosition: eventstore.Position(readInt8(values[3])),
	}
}

func (l *ledger) loadedClaim(values [][]byte) {
	key := eventstore.ClaimKey{Kind: string(values[0]), Key: string(values[1])}
	l.claims[key] = claimRow{owner: string(values[2]), stored: true}
}

func (l *ledger) loadedCommand(values [][]byte) {
	row := commandRow{position: eventstore.Position(readInt8(values[2])), result: append([]byte(nil), values[3]...)}
	copy(row.payloadHash[:], values[1])
	l.commands[readUUID(values[0])] = row
}
