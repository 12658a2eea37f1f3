package postgres

import (
	"errors"
	"strconv"
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
	l.sendEvents(send, a.session.rowTypes)
	l.sendClaims(send)
	l.sendVault(send)
	l.sendCommands(send, a.session.rowTypes)
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
func (l *ledger) sendEvents(send sendFunc, types rowTypes) {
	if len(l.events) == 0 {
		return
	}
	if len(l.events) == 1 {
		send(stmtInsertEvent, singleEvent(&l.events[0])...)
	} else {
		send(stmtInsertEvents, encodeArray(types.event, l.events, eventRow))
	}
	l.sendStreams(send, types)
	send(stmtUpdateHead, putInt8(nil, int64(l.head)), putTime(nil, l.recordedAt))
}

func (l *ledger) sendStreams(send sendFunc, types rowTypes) {
	var changed []namedStream
	for id, row := range l.streams {
		if row.changed {
			changed = append(changed, namedStream{id, row})
		}
	}
	if len(changed) == 1 {
		send(stmtUpsertStream, singleStream(changed[0])...)
		return
	}
	send(stmtUpsertStreams, encodeArray(types.stream, changed, streamRowOf))
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

func (l *ledger) sendCommands(send sendFunc, types rowTypes) {
	switch len(l.newCommands) {
	case 0:
	case 1:
		send(stmtInsertCommand, l.singleCommand(&l.newCommands[0])...)
	default:
		send(stmtInsertCommands, encodeArray(types.command, l.newCommands, l.commandRow))
	}
}
