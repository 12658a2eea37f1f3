package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/bus"
	"vidilog/eventstore/postgres"
	"vidilog/eventstore/tail"
	"vidilog/projections/engine"
)

var quiet = slog.New(slog.DiscardHandler)

// decoder leaves payloads alone: the harness measures the log and its consumers, not JSON.
type decoder struct{}

// written is any event of the harness.
type written struct{ name string }

func (w written) EventType() string { return w.name }

// Decode wraps the envelope.
func (decoder) Decode(r eventstore.Recorded) (eventstore.Event, error) {
	return eventstore.Event{Recorded: r, Data: written{name: r.Type}}, nil
}

// consumers are what hangs on the tail of one process: eight read models and three process managers.
type consumers struct {
	engine *engine.Engine
	bus    *bus.Bus
	pool   *pgxpool.Pool
	stop   context.CancelFunc
	parts  sync.WaitGroup
	ended  chan error // of the tail or the router, which end before stop only when they fail
}

func startConsumers(ctx context.Context, dsn string, store *postgres.Store, holder uuid.UUID) (c *consumers, err error) {
	ctx, stop := context.WithCancel(ctx)
	c = &consumers{stop: stop, ended: make(chan error, 2)}
	defer func() {
		if err != nil {
			c.close()
		}
	}()
	t := tail.New(store, store, decoder{}, tail.Options{Logger: quiet})
	c.parts.Go(func() { c.ended <- t.Run(ctx) })
	options := engine.Options{Logger: quiet, MaxConnections: 2}
	if c.engine, err = engine.Open(ctx, dsn, engine.FromTail(t, store), models(), options); err != nil {
		return c, fmt.Errorf("read models: %w", err)
	}
	if c.pool, err = pgxpool.New(ctx, dsn); err != nil {
		return c, err
	}
	if c.bus, err = bus.Open(ctx, c.pool, t, store, decoder{}, bus.Options{Holder: holder, Lease: 3 * time.Second, Logger: quiet}); err != nil {
		return c, err
	}
	router, err := c.bus.NewRouter()
	if err != nil {
		return c, err
	}
	for manager := range managers {
		if err := router.Handle(group(manager), react(store, manager)); err != nil {
			return c, err
		}
	}
	c.parts.Go(func() { c.ended <- router.Run(ctx) })
	select {
	case <-router.Running(): // from here on nothing that is pending goes uncounted
		return c, nil
	case err := <-c.ended:
		return c, fmt.Errorf("process managers: %w", err)
	}
}

// drain waits until the process managers have handled everything, in whatever process. It fails when those of this process
// have ended.
func (c *consumers) drain(ctx context.Context, within time.Duration) error {
	for deadline := time.Now().Add(within); ; {
		pending, err := c.bus.Pending(ctx, nil)
		if err == nil && pending == 0 {
			return nil
		}
		if time.Now().After(deadline) {
			return errors.Join(fmt.Errorf("%d events are still to be handled after %s", pending, within), err)
		}
		select {
		case err := <-c.ended:
			return fmt.Errorf("the consumers of this process have ended: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// close returns when the leases are given back: a process that ends well does not make the others wait for them.
func (c *consumers) close() {
	c.stop()
	c.parts.Wait()
	if c.engine != nil {
		c.engine.Close()
	}
	if c.pool != nil {
		c.pool.Close()
	}
}

const (
	managers = 3
	// A process manager reacts to one in reactsToOneIn events of writers' own streams.
	reactsToOneIn = 20
)

func group(manager int) bus.Group {
	return bus.Group{Name: fmt.Sprint("heart-", manager), StartAt: bus.AtOrigin, Types: []string{"heart.own"}, MaxAttempts: 1000}
}

func reacts(manager int, e eventstore.Recorded) bool {
	return e.Type == "heart.own" && int(e.EventID[0])%reactsToOneIn == manager
}

// reactionID is derived from the event, so that a second delivery records nothing.
func reactionID(manager int, e eventstore.Recorded) string {
	return fmt.Sprintf("pm%d-%s", manager, e.EventID)
}

// react appends one event to the process's stream for every event that concerns it.
func react(store *postgres.Store, manager int) bus.Handler {
	return func(ctx context.Context, _ *message.Message, e eventstore.Event) error {
		if !reacts(manager, e.Recorded) {
			return nil
		}
		id := reactionID(manager, e.Recorded)
		_, err := store.Append(ctx, eventstore.Append{
			Command: eventstore.Command{
				CommandKey:  eventstore.CommandKey{Actor: fmt.Sprint("process:heart-", manager), Type: "heart.react", ID: id},
				PayloadHash: sha256.Sum256([]byte(id)), Forever: true,
			},
			Metadata: eventstore.Metadata{
				Correlation: e.Correlation, Causation: e.EventID, Actor: kernel.ByProcess(fmt.Sprint("heart-", manager), e.Actor),
			},
			Streams: []eventstore.StreamAppend{{
				Stream: kernel.StreamID{Kind: "process", ID: fmt.Sprintf("%d-%s", manager, e.Stream.ID)},
				Events: []eventstore.Draft{{
					EventID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(id)), Type: "heart.reacted", SchemaVersion: 1,
					Payload: fmt.Appendf(nil, `{"of":%d}`, e.Position),
				}},
			}},
		})
		return err
	}
}
