package domaintest

import (
	"errors"
	"fmt"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"vidilog/domain/kernel"
)

// Aggregate is a state that folds events.
type Aggregate[S any] interface{ Apply(e kernel.Event) S }

// Verb decides on a state.
type Verb[S any] interface {
	Decide(state S) ([]kernel.Event, error)
}

// Scenario begins the stories of one aggregate.
type Scenario[S Aggregate[S]] struct{}

// For begins the stories of an aggregate: For[video.Video]().
func For[S Aggregate[S]]() Scenario[S] { return Scenario[S]{} }

// Given is what has happened so far; nothing for an aggregate that does not exist yet.
func (Scenario[S]) Given(events ...kernel.Event) History[S] {
	return History[S]{state: Fold[S](events...), before: events}
}

// History is an aggregate with a past.
type History[S Aggregate[S]] struct {
	state  S
	before []kernel.Event
}

// State answers what the events so far fold to.
func (h History[S]) State() S { return h.state }

// When lets a verb decide.
func (h History[S]) When(verb Verb[S]) Outcome[S] {
	before := dump(h.state)
	first, firstErr := verb.Decide(h.state)
	again, againErr := verb.Decide(h.state)
	expect(dump(h.state), same{what: "deciding changed the state", expected: before})
	expect(dump(again)+message(againErr), same{what: "deciding again decided otherwise", expected: dump(first) + message(firstErr)})
	Fold[S](append(append([]kernel.Event{}, h.before...), first...)...)
	return Outcome[S]{history: h, verb: verb, events: first, err: firstErr}
}

// Outcome is what a verb came to.
type Outcome[S Aggregate[S]] struct {
	history History[S]
	verb    Verb[S]
	events  []kernel.Event
	err     error
}

// Then demands exactly these events, and answers the history that they lead to.
func (o Outcome[S]) Then(events ...kernel.Event) History[S] {
	expect(o, recorded[S]{expected: events})
	all := append(append([]kernel.Event{}, o.history.before...), events...)
	return History[S]{state: Fold[S](all...), before: all}
}

// ThenNothing demands that the verb is content with what is.
func (o Outcome[S]) ThenNothing() History[S] { return o.Then() }

// ThenError demands a refusal of this code and answers it.
func (o Outcome[S]) ThenError(code kernel.Code) *kernel.Error {
	expect(o, refused[S]{code: code})
	var refusal *kernel.Error
	errors.As(o.err, &refusal)
	return refusal
}

// Events answers what was decided, for rules that Then cannot say.
func (o Outcome[S]) Events() []kernel.Event { return o.events }

// Fold answers the state after events and checks at each of them that neither the state before nor the event has changed.
func Fold[S Aggregate[S]](events ...kernel.Event) S {
	var state S
	for _, e := range events {
		stateBefore, eventBefore := dump(state), dump(e)
		next := state.Apply(e)
		expect(dump(state), same{what: "applying " + e.EventType() + " changed the state before it", expected: stateBefore})
		expect(dump(e), same{what: "applying changed the event " + e.EventType(), expected: eventBefore})
		twice := dump(state.Apply(e))
		expect(twice, same{what: "applying " + e.EventType() + " again came to another state", expected: dump(next)})
		state = next
	}
	return state
}

// scenarioFrames lie between a specification and expect: the exported method that it called.
const scenarioFrames = 2

func expect(actual any, matcher types.GomegaMatcher) {
	gomega.ExpectWithOffset(scenarioFrames, actual).To(matcher)
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return fmt.Sprintf("\nrefused with %s: %v", kernel.CodeOf(err), err)
}
