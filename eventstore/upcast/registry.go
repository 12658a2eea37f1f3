package upcast

import (
	"encoding/json"
	"fmt"
)

// Func turns the payload of one schema version into that of the next. It must not keep or change its input.
type Func func(payload json.RawMessage) (json.RawMessage, error)

// Step raises payloads of event type Type from version From to From+1.
type Step struct {
	Type  string
	From  int
	Raise Func
}

type stepKey struct {
	eventType string
	from      int
}

// Registry holds all steps. Its nil value holds none; it is safe for concurrent use.
type Registry struct {
	steps map[stepKey]Func
}

// New makes a registry; it refuses two steps for the same type and version, a version below 1 and a missing function.
func New(steps ...Step) (*Registry, error) {
	r := &Registry{steps: make(map[stepKey]Func, len(steps))}
	for _, s := range steps {
		key := stepKey{s.Type, s.From}
		switch {
		case s.Type == "" || s.Raise == nil:
			return nil, fmt.Errorf("upcaster from version %d of %q: a type and a function are required", s.From, s.Type)
		case s.From < 1:
			return nil, fmt.Errorf("upcaster of %s starts at version %d; versions start at 1", s.Type, s.From)
		case r.steps[key] != nil:
			return nil, fmt.Errorf("two upcasters of %s start at version %d", s.Type, s.From)
		}
		r.steps[key] = s.Raise
	}
	return r, nil
}

// Check says whether every version of a type below today's can be raised to it. The error is a *Missing.
func (r *Registry) Check(eventType string, today int) error {
	for v := 1; v < today; v++ {
		if r.step(eventType, v) == nil {
			return &Missing{Type: eventType, From: v}
		}
	}
	return nil
}

// Raise chains the steps from the stored version to today's. It answers the payload itself when the versions are equal,
// *NewerVersion when the log was written by a newer program and *Missing when a step is not registered.
func (r *Registry) Raise(eventType string, stored, today int, payload json.RawMessage) (json.RawMessage, error) {
	if stored > today {
		return nil, &NewerVersion{Type: eventType, Stored: stored, Known: today}
	}
	for v := stored; v < today; v++ {
		raise := r.step(eventType, v)
		if raise == nil {
			return nil, &Missing{Type: eventType, From: v}
		}
		raised, err := raise(payload)
		if err != nil {
			return nil, fmt.Errorf("raise %s from version %d to %d: %w", eventType, v, v+1, err)
		}
		payload = raised
	}
	return payload, nil
}

func (r *Registry) step(eventType string, from int) Func {
	if r == nil {
		return nil
	}
	return r.steps[stepKey{eventType, from}]
}

// NewerVersion means that the log holds an event of a version this program does not know: a newer release wrote it.
type NewerVersion struct {
	Type          string
	Stored, Known int
}

func (e *NewerVersion) Error() string {
	return fmt.Sprintf("%s is stored at schema version %d, this program knows up to %d; run the release that wrote it or a newer one",
		e.Type, e.Stored, e.Known)
}

// Missing means that no upcaster starts at a version that may be stored.
type Missing struct {
	Type string
	From int
}

func (e *Missing) Error() string {
	return fmt.Sprintf("no upcaster raises %s from schema version %d", e.Type, e.From)
}
