package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// A tail asks for many events and mostly gets few, a replay gets all it asks for: a page starts small and grows in big steps.
const (
	firstRoom  = 32
	roomFactor = 8
)

// Read answers up to limit events above after. Events become visible in position order, so a page has no holes.
func (s *Store) Read(ctx context.Context, after eventstore.Position, limit int) ([]eventstore.Recorded, error) {
	events, err := s.read(ctx, limit, selectEvents, int64(after), limit)
	if err != nil {
		return nil, fmt.Errorf("read the log after %d: %w", after, err)
	}
	return events, nil
}

// ReadStream answers up to limit events of one stream above a version.
func (s *Store) ReadStream(
	ctx context.Context, stream kernel.StreamID, after eventstore.Version, limit int,
) ([]eventstore.Recorded, error) {
	events, err := s.read(ctx, limit, selectStream, string(stream.Kind), stream.ID, int64(after), limit)
	if err != nil {
		return nil, fmt.Errorf("read stream %s after %d: %w", stream, after, err)
	}
	return events, nil
}

func (s *Store) read(ctx context.Context, limit int, query string, parameters ...any) ([]eventstore.Recorded, error) {
	if limit <= 0 {
		return nil, nil
	}
	rows, err := s.pool.Query(ctx, query, parameters...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	reader := rowReader{names: map[string]string{}}
	var events []eventstore.Recorded
	for rows.Next() {
		if len(events) == cap(events) {
			events = slices.Grow(events, max(1, min(limit, max(firstRoom, roomFactor*cap(events)))-len(events)))
		}
		events = append(events, reader.event(rows.RawValues()))
	}
	return events, rows.Err()
}

// Head is the position of the newest event.
func (s *Store) Head(ctx context.Context) (eventstore.Position, error) {
	var head int64
	if err := s.pool.QueryRow(ctx, selectHead).Scan(&head); err != nil {
		return 0, fmt.Errorf("read the head: %w", err)
	}
	return eventstore.Position(head), nil
}

// CommandReceipt answers the receipt of a recorded command.
func (s *Store) CommandReceipt(ctx context.Context, c eventstore.Command) (eventstore.Receipt, bool, error) {
	receipt := eventstore.Receipt{Repeated: true}
	var hash []byte
	found, err := s.lookUp(ctx, selectCommand, []any{commandKey(c.CommandKey)}, &receipt.Position, &receipt.Result, &hash)
	if err != nil || !found {
		return eventstore.Receipt{}, false, err
	}
	if !bytes.Equal(hash, c.PayloadHash[:]) {
		return eventstore.Receipt{}, false, &eventstore.CommandReused{CommandKey: c.CommandKey}
	}
	return receipt, true, nil
}

// ClaimOwner answers who holds a claim.
func (s *Store) ClaimOwner(ctx context.Context, key eventstore.ClaimKey) (owner string, found bool, err error) {
	found, err = s.lookUp(ctx, selectClaimOwner, []any{key.Kind, key.Key}, &owner)
	return owner, found, err
}

// ClaimsOf answers claims of a kind in the order of their keys, along the primary key.
func (s *Store) ClaimsOf(ctx context.Context, kind, after string, limit int) ([]eventstore.Claim, error) {
	rows, err := s.pool.Query(ctx, selectClaimsOf, kind, after, limit)
	if err != nil {
		return nil, fmt.Errorf("look up in the log: %w", err)
	}
	claims, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (eventstore.Claim, error) {
		c := eventstore.Claim{ClaimKey: eventstore.ClaimKey{Kind: kind}}
		return c, row.Scan(&c.Key, &c.Owner)
	})
	if err != nil {
		return nil, fmt.Errorf("look up in the log: %w", err)
	}
	return claims, nil
}

// VaultRead answers the sealed bytes under ref.
func (s *Store) VaultRead(ctx context.Context, ref string) (sealed []byte, found bool, err error) {
	found, err = s.lookUp(ctx, selectVault, []any{ref}, &sealed)
	return sealed, found, err
}

// lookUp reads at most one row.
func (s *Store) lookUp(ctx context.Context, query string, parameters []any, targets ...any) (bool, error) {
	err := s.pool.QueryRow(ctx, query, parameters...).Scan(targets...)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look up in the log: %w", err)
	}
	return true, nil
}
