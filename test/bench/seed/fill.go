package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"

	"golang.org/x/sync/errgroup"

	"vidilog/eventstore"
	"vidilog/eventstore/codec"
	"vidilog/projections/catalog/catalogtest"
)

// story is everything of one correlation, as appends in order.
type story []eventstore.Append

// fill appends the made log. The stories of different videos are told at once, each in its order; what happens to videos
// afterwards is told when all of them stand.
func fill(ctx context.Context, t *target, o options, base numbers) (events int64, err error) {
	shape := catalogtest.Shape{Videos: o.videos, Seed: o.seed}
	s := &shifter{base: base, highest: numbers{}}
	var later []story
	group, running := errgroup.WithContext(ctx)
	group.SetLimit(o.writers)
	for told, err := range stories(shape, s, t.codec) {
		if err != nil {
			return events, err
		}
		for _, a := range told {
			for _, stream := range a.Streams {
				events += int64(len(stream.Events))
			}
		}
		switch {
		case told[0].Metadata.Actor == startup: // people come before their videos
			err = t.append(running, told)
		case len(told) == 1:
			later = append(later, told)
		default:
			group.Go(func() error { return t.append(running, told) })
		}
		if err != nil {
			return events, errors.Join(err, group.Wait())
		}
		if running.Err() != nil {
			break
		}
	}
	if err := group.Wait(); err != nil {
		return events, err
	}
	// One writer keeps the order of what happens to one and the same video.
	for _, told := range later {
		if err := t.append(ctx, told); err != nil {
			return events, err
		}
	}
	return events, s.raise(ctx, t)
}

func (t *target) append(ctx context.Context, told story) error {
	for _, a := range told {
		if _, err := t.log.Append(ctx, a); err != nil {
			return fmt.Errorf("append to %s: %w", a.Streams[0].Stream, err)
		}
	}
	return nil
}

// stories cuts the made log where the correlation changes, which is where another story begins. The instance's own beginning
// is left out: it has begun.
func stories(shape catalogtest.Shape, s *shifter, registry *codec.Registry) iter.Seq2[story, error] {
	return func(yield func(story, error) bool) {
		var told story
		for e := range shape.Events() {
			if e.Stream == theInstance {
				continue
			}
			if n := len(told); n > 0 && told[n-1].Metadata.Correlation != e.Correlation {
				if !yield(told, nil) {
					return
				}
				told = nil
			}
			var err error
			if told, err = add(told, e, s, registry); err != nil {
				yield(nil, err)
				return
			}
		}
		if len(told) > 0 {
			yield(told, nil)
		}
	}
}

// add puts an event into the story's last append, or a new one where another command begins.
func add(told story, e eventstore.Event, s *shifter, registry *codec.Registry) (story, error) {
	data, claims := s.shift(e.Data)
	draft, err := registry.Encode(data, e.EventID)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", e.Type, err)
	}
	if n := len(told); n == 0 || told[n-1].Metadata.CommandID != e.CommandID {
		told = append(told, begin(e))
	}
	a := &told[len(told)-1]
	a.Claims = append(a.Claims, claims...)
	for i := range a.Streams {
		if a.Streams[i].Stream == e.Stream {
			a.Streams[i].Events = append(a.Streams[i].Events, draft)
			return told, nil
		}
	}
	a.Streams = append(a.Streams, eventstore.StreamAppend{Stream: e.Stream, Events: []eventstore.Draft{draft}})
	return told, nil
}

func begin(e eventstore.Event) eventstore.Append {
	a := eventstore.Append{Metadata: eventstore.Metadata{
		CommandID: e.CommandID, Correlation: e.Correlation, Causation: e.Causation, Actor: e.Actor,
	}}
	a.Command.Actor, a.Command.Type, a.Command.ID = e.Actor.String(), "bench.seed", e.CommandID
	a.Command.PayloadHash = sha256.Sum256([]byte(e.CommandID))
	return a
}
