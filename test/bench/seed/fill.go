package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"

	"golang.org/x/sync/errgroup"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/codec"
	"vidilog/projections/catalog/catalogtest"
)

// story is everything of one correlation as one append; steps is how many commands it would have taken.
type story struct {
	append eventstore.Append
	steps  int
	last   string // command id of the last step
}

// afterwards are the appends to each stream, in order.
type afterwards map[kernel.StreamID][]eventstore.Append

func (l afterwards) add(a eventstore.Append) {
	stream := a.Streams[0].Stream
	l[stream] = append(l[stream], a)
}

// tell appends to different streams at once and keeps the order of each.
func (l afterwards) tell(ctx context.Context, t *target, writers int) error {
	group, running := errgroup.WithContext(ctx)
	group.SetLimit(writers)
	for _, appends := range l {
		group.Go(func() error {
			for _, a := range appends {
				if err := t.append(running, a); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// fill appends the made log. The stories of different videos are told at once, each in one append: a command of its own for
// every step would take most of the time. What happens to videos afterwards is told when all of them stand, in the order of
// each stream.
func fill(ctx context.Context, t *target, o options, base numbers) (events int64, err error) {
	shape := catalogtest.Shape{Videos: o.videos, Seed: o.seed}
	s := &shifter{base: base, highest: numbers{}}
	later := afterwards{}
	group, running := errgroup.WithContext(ctx)
	group.SetLimit(o.writers)
	for told, err := range stories(shape, s, t.codec) {
		if err != nil {
			return events, err
		}
		for _, stream := range told.append.Streams {
			events += int64(len(stream.Events))
		}
		switch {
		case told.append.Metadata.Actor == startup: // people come before their videos
			err = t.append(running, told.append)
		case told.steps == 1:
			later.add(told.append)
		default:
			group.Go(func() error { return t.append(running, told.append) })
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
	if err := later.tell(ctx, t, o.writers); err != nil {
		return events, err
	}
	if err := s.raise(ctx, t); err != nil {
		return events, err
	}
	if err := t.followed(ctx); err != nil {
		return events, err
	}
	return events, t.unbuild(ctx)
}

func (t *target) append(ctx context.Context, a eventstore.Append) error {
	if _, err := t.log.Append(ctx, a); err != nil {
		return fmt.Errorf("append to %s: %w", a.Streams[0].Stream, err)
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
			if told.steps > 0 && told.append.Metadata.Correlation != e.Correlation {
				if !yield(told, nil) {
					return
				}
				told = story{}
			}
			if err := told.add(e, s, registry); err != nil {
				yield(story{}, err)
				return
			}
		}
		if told.steps > 0 {
			yield(told, nil)
		}
	}
}

// add puts an event into the story.
func (s *story) add(e eventstore.Event, numbers *shifter, registry *codec.Registry) error {
	data, claims := numbers.shift(e.Data)
	draft, err := registry.Encode(data, e.EventID)
	if err != nil {
		return fmt.Errorf("encode %s: %w", e.Type, err)
	}
	if s.steps == 0 {
		s.append = begin(e)
	}
	if s.last != e.CommandID {
		s.last = e.CommandID
		s.steps++
	}
	a := &s.append
	a.Claims = append(a.Claims, claims...)
	for i := range a.Streams {
		if a.Streams[i].Stream == e.Stream {
			a.Streams[i].Events = append(a.Streams[i].Events, draft)
			return nil
		}
	}
	a.Streams = append(a.Streams, eventstore.StreamAppend{Stream: e.Stream, Events: []eventstore.Draft{draft}})
	return nil
}

func begin(e eventstore.Event) eventstore.Append {
	a := eventstore.Append{Metadata: eventstore.Metadata{
		CommandID: e.CommandID, Correlation: e.Correlation, Causation: e.Causation, Actor: e.Actor,
	}}
	a.Command.Actor, a.Command.Type, a.Command.ID = e.Actor.String(), "bench.seed", e.CommandID
	a.Command.PayloadHash = sha256.Sum256([]byte(e.CommandID))
	return a
}
