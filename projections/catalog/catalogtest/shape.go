package catalogtest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// Shape says what a log looks like.
type Shape struct {
	// Videos is how many are uploaded.
	Videos int
	// Users have one account and one channel each; one per 50 videos when 0.
	Users int
	// Seed changes everything that is drawn.
	Seed uint64
	// WithoutJobs leaves out jobs and processes, which are two thirds of the events and nothing to the catalog.
	WithoutJobs bool
	// Faults are videos in a thousand whose transcoding fails, Deletions those that are deleted, Hidden those that are not
	// public.
	Faults, Deletions, Hidden int
}

// Realistic is the usual mixture.
func Realistic(videos int) Shape {
	return Shape{Videos: videos, Faults: 10, Deletions: 20, Hidden: 150}
}

// Fixture is the log by whose rows the versions of read models are told apart. It never changes.
var Fixture = Shape{Videos: 60, Users: 4, Seed: 20_261_120, Faults: 100, Deletions: 100, Hidden: 250}

// Epoch is when the log begins. Videos follow each other by about ten minutes.
var Epoch = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// namespace keeps derived ids apart from all others.
var namespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("vidilog:catalogtest"))

// part is what one append adds to one stream.
type part struct {
	stream kernel.StreamID
	events []kernel.Event
}

// step is one append.
type step struct {
	actor       kernel.Actor
	correlation uuid.UUID
	// causedBy is the number of an event of an earlier step of the same story, counted from its first one; -1 for none.
	causedBy int
	parts    []part
}

// Events answers the log as read models see it.
func (s Shape) Events() iter.Seq[eventstore.Event] {
	return func(yield func(eventstore.Event) bool) {
		w := newWriter()
		for story := range s.stories() {
			if !w.tell(story, yield) {
				return
			}
		}
	}
}

// All answers Events as a slice, for logs that fit into memory.
func (s Shape) All() []eventstore.Event {
	var all []eventstore.Event
	for e := range s.Events() {
		all = append(all, e)
	}
	return all
}

// writer gives events their place in the log.
type writer struct {
	position eventstore.Position
	versions map[kernel.StreamID]eventstore.Version
	steps    int
}

func newWriter() *writer { return &writer{versions: map[kernel.StreamID]eventstore.Version{}} }

// story is what happens around one thing, and when it begins.
type story struct {
	at    time.Time
	steps []step
	// over are streams that get no further events.
	over []kernel.StreamID
}

func (w *writer) tell(s story, yield func(eventstore.Event) bool) bool {
	var told []uuid.UUID
	for _, st := range s.steps {
		w.steps++
		at := s.at.Add(time.Duration(len(told)) * time.Second)
		for _, p := range st.parts {
			for _, data := range p.events {
				e := w.event(p.stream, data, at)
				e.CommandID = fmt.Sprintf("c%d", w.steps)
				e.Correlation, e.Actor = st.correlation, st.actor
				if st.causedBy >= 0 {
					e.Causation = told[st.causedBy]
				}
				told = append(told, e.EventID)
				if !yield(e) {
					return false
				}
			}
		}
	}
	for _, stream := range s.over {
		delete(w.versions, stream) // a hundred thousand videos have a million streams
	}
	return true
}

func (w *writer) event(stream kernel.StreamID, data kernel.Event, at time.Time) eventstore.Event {
	w.position++
	w.versions[stream]++
	e := eventstore.Event{Data: data}
	e.Position, e.Stream, e.Version, e.RecordedAt = w.position, stream, w.versions[stream], at
	e.Type, e.SchemaVersion, e.EventID = data.EventType(), 1, derived("event", int64(w.position))
	return e
}

func derived(what string, number int64) uuid.UUID {
	return kernel.Derive(namespace, fmt.Sprintf("%s-%d", what, number))
}

// chance says yes in so many of a thousand cases.
func chance(r *rand.Rand, ofThousand int) bool { return r.IntN(1000) < ofThousand }
