package memory

import (
	"context"
	"fmt"
	"time"
)

// NextInteger draws the next integer of a kind.
func (s *Store) NextInteger(ctx context.Context, kind string) (int64, error) {
	if !isSequenceKind(kind) {
		return 0, fmt.Errorf("draw an integer: %q is not a kind; use small letters, digits and underscores", kind)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	s.integers[kind]++
	return s.integers[kind], nil
}

// RaiseInteger makes the next integer of a kind greater than used.
func (s *Store) RaiseInteger(ctx context.Context, kind string, used int64) error {
	if !isSequenceKind(kind) || used < 0 {
		return fmt.Errorf("raise integer %q above %d: not a kind, or negative", kind, used)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	s.integers[kind] = max(s.integers[kind], used)
	return nil
}

// isSequenceKind is the rule of the PostgreSQL adapter: a letter, then letters, digits and underscores, 40 at most.
func isSequenceKind(kind string) bool {
	for i, c := range kind {
		letter := c >= 'a' && c <= 'z'
		if !letter && (i == 0 || c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return kind != "" && len(kind) <= 40
}

// SweepCommands forgets command ids older than retention that are not kept for ever, and answers how many.
func (s *Store) SweepCommands(_ context.Context, retention time.Duration) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	limit := s.clock().Add(-retention)
	swept := int64(0)
	for key, r := range s.commands {
		if !r.forever && r.createdAt.Before(limit) {
			delete(s.commands, key)
			swept++
		}
	}
	return swept, nil
}
