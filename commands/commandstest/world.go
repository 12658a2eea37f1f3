// Package commandstest gives the tests of commands a bus over a log in memory, with the real codec and real sealing under keys
// that are worth nothing.
//
// It may import commands, domain/…, eventstore/… and the test libraries. Read world.go first.
package commandstest

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/onsi/gomega"

	"vidilog/commands"
	"vidilog/domain"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/codec"
	"vidilog/eventstore/memory"
)

// Noon is when a world begins; its clock goes on by a second with each look.
var Noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// System is the server itself as a caller.
var System = commands.Internal(kernel.System("test"))

// World is a bus and the log under it.
type World struct {
	Bus   *commands.Bus
	Log   *Log
	Codec *codec.Registry

	mu  sync.Mutex
	now time.Time
}

// Log is a log in memory whose calls a test may hold up.
type Log struct {
	*memory.Store
	// BeforeAppend is called with every append before it is made; nil for nothing.
	BeforeAppend func(a eventstore.Append)
	// AfterReceipt is called when a command id has been looked up; nil for nothing.
	AfterReceipt func(c eventstore.Command)
}

// Append makes an append when BeforeAppend has returned.
func (l *Log) Append(ctx context.Context, a eventstore.Append) (eventstore.Receipt, error) {
	if l.BeforeAppend != nil {
		l.BeforeAppend(a)
	}
	return l.Store.Append(ctx, a)
}

// CommandReceipt looks up a command id and calls AfterReceipt.
func (l *Log) CommandReceipt(ctx context.Context, c eventstore.Command) (eventstore.Receipt, bool, error) {
	receipt, found, err := l.Store.CommandReceipt(ctx, c)
	if l.AfterReceipt != nil {
		l.AfterReceipt(c)
	}
	return receipt, found, err
}

// New makes an empty world. Extra event types are for tests that bring their own.
func New(extra ...kernel.Event) *World {
	w := &World{now: Noon}
	registry, err := codec.New(append(domain.Events(), extra...), codec.WithSealer(Sealer{}))
	gomega.Expect(err).NotTo(gomega.HaveOccurred())
	w.Codec = registry
	w.Log = &Log{Store: memory.New(w.Now)}
	w.Bus = commands.New(w.Log, registry, Sealer{}, commands.Options{Now: w.Now})
	return w
}

// Now is the world's clock.
func (w *World) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(time.Second)
	return w.now
}

// Pass lets time go by.
func (w *World) Pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// everything is more events than any test makes.
const everything = 10_000

// All answers the whole log, decoded.
func (w *World) All() []eventstore.Event {
	recorded, err := w.Log.Read(context.Background(), 0, everything)
	gomega.Expect(err).NotTo(gomega.HaveOccurred())
	return w.decode(recorded)
}

// After answers what has been recorded above a position, without envelopes.
func (w *World) After(position eventstore.Position) (events []kernel.Event) {
	for _, e := range w.All()[position:] {
		events = append(events, e.Data)
	}
	return events
}

// Head is the position of the newest event.
func (w *World) Head() eventstore.Position {
	head, err := w.Log.Head(context.Background())
	gomega.Expect(err).NotTo(gomega.HaveOccurred())
	return head
}

// Of answers the events of a stream, without envelopes.
func (w *World) Of(stream kernel.StreamID) (events []kernel.Event) {
	recorded, err := w.Log.ReadStream(context.Background(), stream, 0, everything)
	gomega.Expect(err).NotTo(gomega.HaveOccurred())
	for _, e := range w.decode(recorded) {
		events = append(events, e.Data)
	}
	return events
}

func (w *World) decode(recorded []eventstore.Recorded) []eventstore.Event {
	events, err := w.Codec.DecodeInto(nil, recorded)
	gomega.Expect(err).NotTo(gomega.HaveOccurred())
	return events
}

// Holder answers who holds a claim, "" for nobody.
func (w *World) Holder(kind, key string) string {
	owner, _, err := w.Bus.ClaimOwner(context.Background(), kind, key)
	gomega.Expect(err).NotTo(gomega.HaveOccurred())
	return owner
}

// Record appends events to a stream as they are, for pasts that no command makes.
func (w *World) Record(stream kernel.StreamID, events ...kernel.Event) {
	drafts := make([]eventstore.Draft, len(events))
	for i, e := range events {
		var err error
		drafts[i], err = w.Codec.Encode(e, uuid.New())
		gomega.Expect(err).NotTo(gomega.HaveOccurred())
	}
	_, err := w.Log.Store.Append(context.Background(), eventstore.Append{
		Command: eventstore.Command{CommandKey: eventstore.CommandKey{Actor: "test", Type: "record", ID: uuid.NewString()}},
		Streams: []eventstore.StreamAppend{{Stream: stream, Events: drafts}},
	})
	gomega.Expect(err).NotTo(gomega.HaveOccurred())
}
