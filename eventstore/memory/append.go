package memory

import (
	"context"
	"slices"
	"time"

	"vidilog/eventstore"
)

// Append records everything in a or nothing.
func (s *Store) Append(ctx context.Context, a eventstore.Append) (eventstore.Receipt, error) {
	if err := a.Validate(); err != nil {
		return eventstore.Receipt{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return eventstore.Receipt{}, err
	}
	if s.closed {
		return eventstore.Receipt{}, eventstore.ErrClosed
	}
	if r, found, err := s.receipt(a.Command); found || err != nil {
		return r, err
	}
	if err := s.check(a); err != nil {
		return eventstore.Receipt{}, err
	}
	s.record(a)
	s.change(a)
	position := eventstore.Position(len(s.events))
	s.commands[a.Command.CommandKey] = receipt{
		payloadHash: a.Command.PayloadHash, position: position, result: slices.Clone(a.Result),
		forever: a.Command.Forever, createdAt: s.clock(),
	}
	return eventstore.Receipt{Position: position, Result: slices.Clone(a.Result)}, nil
}

func (s *Store) receipt(c eventstore.Command) (eventstore.Receipt, bool, error) {
	known, found := s.commands[c.CommandKey]
	if !found {
		return eventstore.Receipt{}, false, nil
	}
	if known.payloadHash != c.PayloadHash {
		return eventstore.Receipt{}, false, &eventstore.CommandReused{CommandKey: c.CommandKey}
	}
	return eventstore.Receipt{Position: known.position, Result: slices.Clone(known.result), Repeated: true}, true, nil
}

func (s *Store) check(a eventstore.Append) error {
	for _, stream := range a.Streams {
		actual := eventstore.Version(len(s.streams[stream.Stream]))
		if expected, exact := stream.Expected.Exact(); exact && expected != actual {
			return &eventstore.WrongVersion{Stream: stream.Stream, Expected: expected, Actual: actual}
		}
	}
	for _, c := range a.Claims {
		if err := s.checkClaim(c); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) checkClaim(c eventstore.ClaimChange) error {
	owner, held := s.claims[c.ClaimKey]
	if c.Action == eventstore.RequireClaim {
		if !held || owner != c.Owner {
			return &eventstore.ClaimMissing{ClaimKey: c.ClaimKey, Owner: c.Owner}
		}
		return nil
	}
	if held && owner != c.Owner {
		return &eventstore.ClaimTaken{ClaimKey: c.ClaimKey, Owner: owner}
	}
	return nil
}

func (s *Store) record(a eventstore.Append) {
	metadata := a.Metadata
	metadata.CommandID = a.Command.ID
	metadata.Origin = cloneOrNil(metadata.Origin)
	now := s.now()
	before := len(s.events)
	for _, stream := range a.Streams {
		for _, d := range stream.Events {
			event := eventstore.Recorded{
				Position: eventstore.Position(len(s.events) + 1), Stream: stream.Stream,
				Version: eventstore.Version(len(s.streams[stream.Stream]) + 1), Type: d.Type, SchemaVersion: d.SchemaVersion,
				EventID: d.EventID, Metadata: metadata, RecordedAt: now, Payload: slices.Clone(d.Payload), KeyRef: d.KeyRef,
			}
			event.LeafHash = event.Leaf()
			s.streams[stream.Stream] = append(s.streams[stream.Stream], len(s.events))
			s.events = append(s.events, event)
		}
	}
	if len(s.events) > before {
		close(s.moved)
		s.moved = make(chan struct{})
	}
}

// now is the clock in the log's resolution, never before the newest event.
func (s *Store) now() time.Time {
	now := s.clock().UTC().Truncate(time.Microsecond)
	if n := len(s.events); n > 0 && now.Before(s.events[n-1].RecordedAt) {
		return s.events[n-1].RecordedAt
	}
	return now
}

func (s *Store) change(a eventstore.Append) {
	for _, c := range a.Claims {
		switch c.Action {
		case eventstore.TakeClaim:
			s.claims[c.ClaimKey] = c.Owner
		case eventstore.ReleaseClaim:
			delete(s.claims, c.ClaimKey)
		case eventstore.RequireClaim: // a demand, no change
		}
	}
	for _, v := range a.Vault {
		if v.Sealed == nil {
			delete(s.vault, v.Ref)
			continue
		}
		s.vault[v.Ref] = append([]byte{}, v.Sealed...)
	}
}

func cloneOrNil(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	return slices.Clone(b)
}
