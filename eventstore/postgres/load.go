package postgres

import (
	"errors"
	"fmt"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// lock begins the transaction and locks the head row: from here to the end of the transaction nobody else appends.
func (a *appender) lock() error {
	a.ledger.reset()
	t, err := a.session.newTrip()
	if err != nil {
		return err
	}
	t.send(stmtBegin)
	t.send(stmtLock)
	err = t.pipeline.Sync()
	if err == nil {
		err = a.receiveLock(t)
	}
	if err := errors.Join(err, t.end()); err != nil {
		return fmt.Errorf("lock the head: %w", err)
	}
	return failLocked.Hit()
}

func (a *appender) receiveLock(t trip) error {
	if err := t.next(nil); err != nil {
		return err
	}
	found := false
	err := t.next(func(values [][]byte) { a.ledger.lockedHead(values); found = true })
	if err == nil && !found {
		err = errors.New("the head row is missing; the log is damaged, restore it from a backup")
	}
	return err
}

// load reads the streams, claims and commands that the batch names, each set with one query, all in one round trip.
// withLock takes the lock in the same round trip: statements run one after the other and each sees what was committed
// before it began, so what follows the lock sees everything that was appended before it.
func (a *appender) load(batch []*request, withLock bool) error {
	var keys loadKeys
	keys.collect(batch)
	t, err := a.session.newTrip()
	if err != nil {
		return err
	}
	if withLock {
		a.ledger.reset()
		t.send(stmtBegin)
		t.send(stmtLock)
	}
	keys.send(t)
	err = t.pipeline.Sync()
	if err == nil && withLock {
		err = a.receiveLock(t)
	}
	if err == nil {
		err = keys.receive(t, a.ledger)
	}
	if err := errors.Join(err, t.end()); err != nil {
		return fmt.Errorf("read under the head lock: %w", err)
	}
	if withLock {
		return failLocked.Hit()
	}
	return nil
}

// loadKeys are what a batch must know, each key once.
type loadKeys struct {
	streamKinds, streamIDs []string
	claimKinds, claimKeys  []string
	commands               []uuid.UUID
}

func (k *loadKeys) collect(batch []*request) {
	streams := make(map[kernel.StreamID]struct{}, 2*len(batch))
	claims := make(map[eventstore.ClaimKey]struct{}, len(batch))
	commands := make(map[uuid.UUID]struct{}, len(batch))
	for _, r := range batch {
		if _, seen := commands[r.commandKey]; !seen {
			commands[r.commandKey] = struct{}{}
			k.commands = append(k.commands, r.commandKey)
		}
		for i := range r.append.Streams {
			id := r.append.Streams[i].Stream
			if _, seen := streams[id]; !seen {
				streams[id] = struct{}{}
				k.streamKinds, k.streamIDs = append(k.streamKinds, string(id.Kind)), append(k.streamIDs, id.ID)
			}
		}
		for i := range r.append.Claims {
			key := r.append.Claims[i].ClaimKey
			if _, seen := claims[key]; !seen {
				claims[key] = struct{}{}
				k.claimKinds, k.claimKeys = append(k.claimKinds, key.Kind), append(k.claimKeys, key.Key)
			}
		}
	}
}

// send skips a query that has no keys.
func (k *loadKeys) send(t trip) {
	t.send(stmtLoadCommands, uuidArray(k.commands))
	if len(k.streamIDs) > 0 {
		t.send(stmtLoadStreams, textArray(k.streamKinds), textArray(k.streamIDs))
	}
	if len(k.claimKeys) > 0 {
		t.send(stmtLoadClaims, textArray(k.claimKinds), textArray(k.claimKeys))
	}
}

func (k *loadKeys) receive(t trip, l *ledger) error {
	if err := t.next(l.loadedCommand); err != nil {
		return err
	}
	if len(k.streamIDs) > 0 {
		if err := t.next(l.loadedStream); err != nil {
			return err
		}
	}
	if len(k.claimKeys) > 0 {
		return t.next(l.loadedClaim)
	}
	return nil
}
