package postgres

import (
	"errors"
	"strconv"

	"github.com/google/uuid"
)

// write sends what the ledger changes and commits, in one round trip. After an error nothing is known: see unwritten.
func (a *appender) write() error {
	t, err := a.session.newTrip()
	if err != nil {
		return err
	}
	l := a.ledger
	statements := 0
	send := func(statement string, parameters ...[]byte) {
		t.send(statement, parameters...)
		statements++
	}
	l.sendEvents(send)
	l.sendClaims(send)
	l.sendVault(send)
	l.sendCommands(send)
	if len(l.events) > 0 && a.store.hasNeighbours() {
		send(stmtNotify, []byte(strconv.FormatInt(int64(l.head), 10)))
	}
	if err := failBeforeCommit.Hit(); err != nil {
		a.session.close()
		return errors.Join(err, t.end())
	}
	send(stmtCommit)
	return a.receiveWritten(t, statements)
}

func (a *appender) receiveWritten(t trip, statements int) error {
	err := t.pipeline.Sync()
	for i := 0; err == nil && i < statements; i++ {
		err = t.next(nil)
	}
	return errors.Join(err, t.end())
}

type sendFunc func(statement string, parameters ...[]byte)

// sendEvents writes the events, the versions of their streams and the head.
func (l *ledger) sendEvents(send sendFunc) {
	if len(l.events) == 0 {
		return
	}
	if len(l.events) == 1 {
		send(stmtInsertEvent, singleEvent(&l.events[0])...)
	} else {
		send(stmtInsertEvents, eventParameters(l.events)...)
	}
	l.sendStreams(send)
	send(stmtUpdateHead, putInt8(nil, int64(l.head)), putTime(nil, l.recordedAt))
}

func (l *ledger) sendStreams(send sendFunc) {
	var kinds, ids []string
	var versions, first, last []int64
	for id, row := range l.streams {
		if row.changed {
			kinds, ids = append(kinds, string(id.Kind)), append(ids, id.ID)
			versions = append(versions, int64(row.version))
			first, last = append(first, int64(row.firstPosition)), append(last, int64(row.lastPosition))
		}
	}
	if len(ids) == 1 {
		send(stmtUpsertStream, []byte(kinds[0]), []byte(ids[0]), putInt8(nil, versions[0]), putInt8(nil, first[0]), putInt8(nil, last[0]))
		return
	}
	send(stmtUpsertStreams, textArray(kinds), textArray(ids), int8Array(versions), int8Array(first), int8Array(last))
}

func (l *ledger) sendClaims(send sendFunc) {
	var takenKinds, takenKeys, owners, freedKinds, freedKeys []string
	for key, row := range l.claims {
		switch {
		case row.changed && row.owner != "":
			takenKinds, takenKeys, owners = append(takenKinds, key.Kind), append(takenKeys, key.Key), append(owners, row.owner)
		case row.changed && row.stored:
			freedKinds, freedKeys = append(freedKinds, key.Kind), append(freedKeys, key.Key)
		}
	}
	if len(takenKeys) > 0 {
		send(stmtUpsertClaims, textArray(takenKinds), textArray(takenKeys), textArray(owners), putInt8(nil, int64(l.head)))
	}
	if len(freedKeys) > 0 {
		send(stmtDeleteClaims, textArray(freedKinds), textArray(freedKeys))
	}
}

func (l *ledger) sendVault(send sendFunc) {
	var written, removed []string
	var sealed [][]byte
	for ref, secret := range l.vault {
		if secret == nil {
			removed = append(removed, ref)
			continue
		}
		written, sealed = append(written, ref), append(sealed, secret)
	}
	if len(written) > 0 {
		send(stmtUpsertVault, textArray(written), byteaArray(sealed), putInt8(nil, int64(l.head)))
	}
	if len(removed) > 0 {
		send(stmtDeleteVault, textArray(removed))
	}
}

func (l *ledger) sendCommands(send sendFunc) {
	n := len(l.newCommands)
	switch n {
	case 0:
		return
	case 1:
		send(stmtInsertCommand, l.singleCommand(&l.newCommands[0])...)
		return
	}
	keys, positions, forever := make([]uuid.UUID, n), make([]int64, n), make([]bool, n)
	hashes, results := make([][]byte, n), make([][]byte, n)
	actors, types, ids := make([]string, n), make([]string, n), make([]string, n)
	for i := range l.newCommands {
		c := &l.newCommands[i]
		keys[i], positions[i], forever[i] = c.key, int64(c.position), c.command.Forever
		hashes[i], results[i] = c.command.PayloadHash[:], c.result
		actors[i], types[i], ids[i] = c.command.Actor, c.command.Type, c.command.ID
	}
	send(stmtInsertCommands, uuidArray(keys), putTime(nil, l.recordedAt), int8Array(positions), boolArray(forever),
		byteaArray(hashes), textArray(actors), textArray(types), textArray(ids), byteaArray(results))
}
