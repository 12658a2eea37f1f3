package postgres

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"sync/atomic"

	"github.com/google/uuid"

	"vidilog/eventstore"
)

// The states of a request. Whoever moves it out of requestWaiting decides what its caller can be told: before
// requestWriting nothing can have been recorded.
const (
	requestWaiting int32 = iota // in the queue, or known not to be recorded
	requestWriting              // its batch has been sent; until the answer comes, anything is possible
	requestLeft                 // its caller has gone
)

// request is one append under way.
type request struct {
	append     eventstore.Append
	commandKey uuid.UUID
	bytes      int // of payloads, results and secrets: what a batch is limited by
	events     int
	state      atomic.Int32
	answer     chan answer // one, buffered: the appender never waits for a caller
	// attempted is the position this append got in an attempt whose outcome is unknown, 0 if there was none. A command
	// found later at this very position is that attempt and not somebody's repeat.
	attempted eventstore.Position
}

// errLeft is the answer that nobody waits for.
var errLeft = errors.New("the caller has gone")

type answer struct {
	receipt eventstore.Receipt
	err     error
}

func newRequest(a eventstore.Append) *request {
	a.Metadata.CommandID = a.Command.ID
	r := &request{append: a, commandKey: commandKey(a.Command.CommandKey), answer: make(chan answer, 1), bytes: len(a.Result)}
	for _, s := range a.Streams {
		r.events += len(s.Events)
		for _, d := range s.Events {
			r.bytes += len(d.Payload)
		}
	}
	for _, v := range a.Vault {
		r.bytes += len(v.Sealed)
	}
	return r
}

func (r *request) hasLeft() bool { return r.state.Load() == requestLeft }

// startWriting answers false when the caller has gone before anything was written for it.
func (r *request) startWriting() bool {
	return r.state.CompareAndSwap(requestWaiting, requestWriting) || r.state.Load() == requestWriting
}

// notRecorded takes back startWriting once it is certain that the batch was not committed.
func (r *request) notRecorded() {
	r.attempted = 0
	r.state.CompareAndSwap(requestWriting, requestWaiting)
}

// commandKey identifies a command in the table: half of a SHA-256 over its parts, each behind its length.
func commandKey(k eventstore.CommandKey) uuid.UUID {
	b := make([]byte, 0, 256)
	for _, part := range []string{k.Actor, k.Type, k.ID} {
		b = binary.BigEndian.AppendUint64(b, uint64(len(part)))
		b = append(b, part...)
	}
	sum := sha256.Sum256(b)
	return uuid.UUID(sum[:16])
}
