package memory

import (
	"context"
	"slices"
	"strings"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// Read answers up to limit events above after.
func (s *Store) Read(ctx context.Context, after eventstore.Position, limit int) ([]eventstore.Recorded, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	from := min(max(int(after), 0), len(s.events))
	to := min(from+max(limit, 0), len(s.events))
	return s.copies(from, to, func(i int) int { return i }), ctx.Err()
}

// ReadStream answers up to limit events of one stream above a version.
func (s *Store) ReadStream(
	ctx context.Context, stream kernel.StreamID, after eventstore.Version, limit int,
) ([]eventstore.Recorded, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	indices := s.streams[stream]
	from := min(max(int(after), 0), len(indices))
	to := min(from+max(limit, 0), len(indices))
	return s.copies(from, to, func(i int) int { return indices[i] }), ctx.Err()
}

// copies keeps readers from changing the log through what they were given.
func (s *Store) copies(from, to int, index func(int) int) []eventstore.Recorded {
	var events []eventstore.Recorded
	for i := from; i < to; i++ {
		event := s.events[index(i)]
		event.Payload, event.Origin = slices.Clone(event.Payload), slices.Clone(event.Origin)
		events = append(events, event)
	}
	return events
}

// Head is the position of the newest event.
func (s *Store) Head(ctx context.Context) (eventstore.Position, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return eventstore.Position(len(s.events)), ctx.Err()
}

// CommandReceipt answers the receipt of a recorded command.
func (s *Store) CommandReceipt(ctx context.Context, c eventstore.Command) (eventstore.Receipt, bool, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := ctx.Err(); err != nil {
		return eventstore.Receipt{}, false, err
	}
	return s.receipt(c)
}

// ClaimOwner answers who holds a claim.
func (s *Store) ClaimOwner(ctx context.Context, key eventstore.ClaimKey) (string, bool, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	owner, found := s.claims[key]
	return owner, found, ctx.Err()
}

// ClaimsOf answers claims of a kind in the order of their keys.
func (s *Store) ClaimsOf(ctx context.Context, kind, after string, limit int) ([]eventstore.Claim, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var claims []eventstore.Claim
	for key, owner := range s.claims {
		if key.Kind == kind && key.Key > after {
			claims = append(claims, eventstore.Claim{ClaimKey: key, Owner: owner})
		}
	}
	slices.SortFunc(claims, func(a, b eventstore.Claim) int { return strings.Compare(a.Key, b.Key) })
	return claims[:min(limit, len(claims))], ctx.Err()
}

// VaultRead answers the sealed bytes under ref.
func (s *Store) VaultRead(ctx context.Context, ref string) ([]byte, bool, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	sealed, found := s.vault[ref]
	return slices.Clone(sealed), found, ctx.Err()
}

var alreadyChanged = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

// Changed answers a channel that is closed once there are events above after.
func (s *Store) Changed(after eventstore.Position) <-chan struct{} {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if eventstore.Position(len(s.events)) > after {
		return alreadyChanged
	}
	return s.moved
}
