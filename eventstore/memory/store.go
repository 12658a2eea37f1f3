package memory

import (
	"sync"
	"time"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// Store is a log in memory. Its methods may be called from any goroutine.
type Store struct {
	clock func() time.Time

	mu       sync.RWMutex
	events   []eventstore.Recorded
	streams  map[kernel.StreamID][]int // indices into events
	claims   map[eventstore.ClaimKey]string
	commands map[eventstore.CommandKey]receipt
	vault    map[string][]byte
	integers map[string]int64
	moved    chan struct{} // closed with the next event
	closed   bool
}

type receipt struct {
	payloadHash [32]byte
	position    eventstore.Position
	result      []byte
	forever     bool
	createdAt   time.Time
}

var _ eventstore.Log = (*Store)(nil)

// New answers an empty log that dates events by clock.
func New(clock func() time.Time) *Store {
	return &Store{
		clock: clock, moved: make(chan struct{}),
		streams: map[kernel.StreamID][]int{}, claims: map[eventstore.ClaimKey]string{},
		commands: map[eventstore.CommandKey]receipt{}, vault: map[string][]byte{}, integers: map[string]int64{},
	}
}

// Close refuses further appends; what has been recorded can still be read.
func (s *Store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
}
