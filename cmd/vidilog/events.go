package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/postgres"
)

// eventsCommands read the log.
type eventsCommands struct {
	Show  eventsShow  `cmd:"" help:"Tell the story of one stream, or of everything that a request set in motion."`
	Tail  eventsTail  `cmd:"" help:"Show the newest events and follow the log."`
	Stats eventsStats `cmd:"" help:"Count events by type and the longest streams."`

	Verify eventsVerify `cmd:"" help:"Check the whole log: nothing missing, nothing changed since it was written."`
}

// shownEvent is an event for people and programs. Personal fields are opened; the secrets of the vault are not in the log.
type shownEvent struct {
	Position    eventstore.Position `json:"position"`
	RecordedAt  time.Time           `json:"recordedAt"`
	Stream      string              `json:"stream"`
	Version     eventstore.Version  `json:"version"`
	Type        string              `json:"type"`
	EventID     uuid.UUID           `json:"eventId"`
	CommandID   string              `json:"commandId"`
	Actor       kernel.Actor        `json:"actor"`
	Correlation uuid.UUID           `json:"correlation"`
	Causation   *uuid.UUID          `json:"causation,omitempty"`
	Payload     json.RawMessage     `json:"payload"`
}

func shown(e eventstore.Event) shownEvent {
	s := shownEvent{
		Position: e.Position, RecordedAt: e.RecordedAt, Stream: e.Stream.String(), Version: e.Version, Type: e.Type,
		EventID: e.EventID, CommandID: e.CommandID, Actor: e.Actor, Correlation: e.Correlation, Payload: e.Payload,
	}
	if e.Causation != uuid.Nil {
		s.Causation = &e.Causation
	}
	if opened, err := json.Marshal(e.Data); err == nil {
		s.Payload = opened
	}
	return s
}

// print writes one event as a line of facts with its payload below.
func (s shownEvent) print(cause string) {
	fmt.Printf("%8d  %s  %-26s  %s@%d\n", s.Position, clock(s.RecordedAt), s.Type, s.Stream, s.Version)
	fmt.Printf("          by %s", s.Actor)
	if s.Actor.OnBehalfOf != "" {
		fmt.Printf(" for %s", s.Actor.OnBehalfOf)
	}
	if cause != "" {
		fmt.Printf("  because of %s", cause)
	}
	fmt.Printf("\n          %s\n", shortened(string(s.Payload)))
}

const payloadWidth = 600

func shortened(payload string) string {
	if len(payload) <= payloadWidth {
		return payload
	}
	return strings.ToValidUTF8(payload[:payloadWidth], "") + fmt.Sprintf("… (%d bytes, whole with --json)", len(payload))
}

type eventsShow struct {
	Stream string `help:"The stream, such as video-9c9de5e8-0a1e-484a-b099-e80766180a6d." required:"" placeholder:"KIND-ID"`
	Cause  bool   `help:"Also show everything that was set in motion by the same requests, in the order it happened."`
	JSON   bool   `name:"json" help:"One JSON object per event."`
}

// Run shows a stream.
func (s *eventsShow) Run(ctx context.Context, c *cli) error {
	stream, err := kernel.ParseStreamID(s.Stream)
	if err != nil {
		return err
	}
	k, err := attach(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	events, err := k.stream(ctx, stream)
	if err != nil {
		return err
	}
	if len(events) == 0 {
		return fmt.Errorf("the log has no stream %s; streams are written kind-id, such as video-UUID", stream)
	}
	if s.Cause {
		if events, err = k.causation(ctx, events); err != nil {
			return err
		}
	}
	return k.show(ctx, events, s.JSON)
}

// stream reads a whole stream.
func (c *core) stream(ctx context.Context, id kernel.StreamID) ([]eventstore.Event, error) {
	var events []eventstore.Event
	for {
		var after eventstore.Version
		if n := len(events); n > 0 {
			after = events[n-1].Version
		}
		page, err := c.log.ReadStream(ctx, id, after, 500)
		if err != nil || len(page) == 0 {
			return events, err
		}
		for _, r := range page {
			e, err := c.codec.Decode(r)
			if err != nil {
				return nil, err
			}
			events = append(events, e)
		}
	}
}

// causation answers all events that share a correlation with those given: what the same requests set in motion. It reads the
// log from the first of them on.
func (c *core) causation(ctx context.Context, events []eventstore.Event) ([]eventstore.Event, error) {
	wanted := map[uuid.UUID]bool{}
	for _, e := range events {
		wanted[e.Correlation] = true
	}
	var found []eventstore.Event
	after := events[0].Position - 1
	for {
		page, err := c.log.Read(ctx, after, 2_000)
		if err != nil || len(page) == 0 {
			return found, err
		}
		for _, r := range page {
			after = r.Position
			if !wanted[r.Correlation] {
				continue
			}
			e, err := c.codec.Decode(r)
			if err != nil {
				return nil, err
			}
			found = append(found, e)
		}
	}
}

// show prints events; a cause that is among them is named by position and type.
func (c *core) show(_ context.Context, events []eventstore.Event, asJSON bool) error {
	names := make(map[uuid.UUID]string, len(events))
	for _, e := range events {
		names[e.EventID] = fmt.Sprintf("%d %s", e.Position, e.Type)
	}
	for _, e := range events {
		s := shown(e)
		if asJSON {
			if err := printJSON(s); err != nil {
				return err
			}
			continue
		}
		cause := names[e.Causation]
		if cause == "" && e.Causation != uuid.Nil {
			cause = "event " + e.Causation.String()
		}
		s.print(cause)
	}
	return nil
}

type eventsTail struct {
	Last   int  `help:"How many of the newest events to begin with." default:"10" short:"n"`
	Follow bool `help:"Go on until interrupted." short:"f"`
	JSON   bool `name:"json" help:"One JSON object per event."`
}

// Run shows the end of the log.
func (t *eventsTail) Run(ctx context.Context, c *cli) error {
	k, err := attach(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	after, err := k.log.Head(ctx)
	if err != nil {
		return err
	}
	after = max(0, after-eventstore.Position(t.Last))
	for {
		page, err := k.log.Read(ctx, after, 500)
		if err != nil {
			return err
		}
		var events []eventstore.Event
		for _, r := range page {
			e, err := k.codec.Decode(r)
			if err != nil {
				return err
			}
			events, after = append(events, e), r.Position
		}
		if err := k.show(ctx, events, t.JSON); err != nil {
			return err
		}
		if len(page) > 0 {
			continue
		}
		if !t.Follow {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-k.log.Changed(after):
		case <-time.After(time.Second):
		}
	}
}

type eventsStats struct {
	JSON bool `name:"json" help:"One JSON object."`
}

// Run counts.
func (s *eventsStats) Run(ctx context.Context, c *cli) error {
	k, err := attach(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	stats, err := k.log.Statistics(ctx, 10)
	if err != nil {
		return err
	}
	if s.JSON {
		return printJSON(stats)
	}
	types := newTable("event type", "events")
	for _, t := range stats.Types {
		types.AppendRow([]any{t.Name, t.Count})
	}
	types.AppendFooter([]any{"all", stats.Head})
	types.Render()
	longest := newTable("longest streams", "events")
	for _, l := range stats.Longest {
		longest.AppendRow([]any{l.Stream, l.Events})
		if l.Events > postgres.LongStream {
			fmt.Fprintf(os.Stderr, "stream %s has more than %d events\n", l.Stream, postgres.LongStream)
		}
	}
	longest.Render()
	return nil
}
