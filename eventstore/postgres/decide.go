package postgres

import (
	"vidilog/eventstore"
)

// decide answers one append of the batch: with its receipt, after which the ledger holds what it changes, or with the
// reason why it loses, after which the ledger is as before. It does no input or output.
func (l *ledger) decide(r *request) answer {
	a := &r.append
	if known, found := l.commands[r.commandKey]; found {
		return r.settle(known)
	}
	if err := l.check(a); err != nil {
		return answer{err: err}
	}
	l.record(a)
	l.change(a)
	row := commandRow{payloadHash: a.Command.PayloadHash, position: l.head, result: a.Result}
	l.commands[r.commandKey] = row
	l.newCommands = append(l.newCommands,
		newCommand{key: r.commandKey, command: &a.Command, position: row.position, result: row.result})
	r.attempted = row.position
	return answer{receipt: eventstore.Receipt{Position: row.position, Result: row.result}}
}

// settle answers a command that has been recorded before: a repeat, or this very append in an attempt whose answer got lost.
func (r *request) settle(known commandRow) answer {
	if known.payloadHash != r.append.Command.PayloadHash {
		return answer{err: &eventstore.CommandReused{CommandKey: r.append.Command.CommandKey}}
	}
	ours := r.attempted != 0 && r.attempted == known.position
	return answer{receipt: eventstore.Receipt{Position: known.position, Result: known.result, Repeated: !ours}}
}

// check compares what the append demands with the log, in the order the port promises.
func (l *ledger) check(a *eventstore.Append) error {
	for i := range a.Streams {
		s := &a.Streams[i]
		if actual := l.streams[s.Stream].version; !s.Expected.Allows(actual) {
			expected, _ := s.Expected.Exact()
			return &eventstore.WrongVersion{Stream: s.Stream, Expected: expected, Actual: actual}
		}
	}
	for i := range a.Claims {
		c := &a.Claims[i]
		owner := l.claims[c.ClaimKey].owner
		switch {
		case c.Action == eventstore.RequireClaim && owner != c.Owner:
			return &eventstore.ClaimMissing{ClaimKey: c.ClaimKey, Owner: c.Owner}
		case c.Action != eventstore.RequireClaim && owner != "" && owner != c.Owner:
			return &eventstore.ClaimTaken{ClaimKey: c.ClaimKey, Owner: owner}
		}
	}
	return nil
}

// record gives the events of the append their places in the log.
func (l *ledger) record(a *eventstore.Append) {
	for i := range a.Streams {
		s := &a.Streams[i]
		if len(s.Events) == 0 {
			continue
		}
		row := l.streams[s.Stream]
		if row.version == 0 {
			row.firstPosition = l.head + 1
		}
		for j := range s.Events {
			d := &s.Events[j]
			l.head++
			row.version++
			event := eventstore.Recorded{
				Position: l.head, Stream: s.Stream, Version: row.version, Type: d.Type, SchemaVersion: d.SchemaVersion,
				EventID: d.EventID, Metadata: a.Metadata, RecordedAt: l.recordedAt, Payload: d.Payload, KeyRef: d.KeyRef,
			}
			event.LeafHash = event.Leaf()
			l.events = append(l.events, event)
		}
		row.lastPosition, row.changed = l.head, true
		l.streams[s.Stream] = row
	}
}

// change takes over the append's claims and secrets.
func (l *ledger) change(a *eventstore.Append) {
	for i := range a.Claims {
		c := &a.Claims[i]
		row := l.claims[c.ClaimKey]
		switch {
		case c.Action == eventstore.TakeClaim && row.owner == "":
			row.owner, row.changed = c.Owner, true
		case c.Action == eventstore.ReleaseClaim && row.owner != "":
			row.owner, row.changed = "", true
		}
		l.claims[c.ClaimKey] = row
	}
	for _, v := range a.Vault {
		l.vault[v.Ref] = v.Sealed
	}
}
