package codec

import (
	"fmt"
	"reflect"

	"vidilog/domain/kernel"
	"vidilog/eventstore/upcast"
)

// Registry knows the event types of the program. It does not change after New and is safe for concurrent use.
type Registry struct {
	byID      map[string]*entry
	byType    map[reflect.Type]*entry
	sealer    Sealer
	upcasters *upcast.Registry
}

type entry struct {
	id       string
	version  int
	typ      reflect.Type
	personal *plan // nil for events without personal fields
}

// Option adjusts a Registry.
type Option func(*Registry)

// WithSealer gives the keys for personal fields and origins. Without it, events that hold personal text cannot be
// encoded or decoded.
func WithSealer(s Sealer) Option { return func(r *Registry) { r.sealer = s } }

// WithUpcasters gives the steps that raise old schema versions.
func WithUpcasters(u *upcast.Registry) Option { return func(r *Registry) { r.upcasters = u } }

// New registers event types by prototypes: struct values whose content does not matter. It refuses two types under one
// id, pointers, versions below 1 or without upcasters from all earlier ones, and personal fields in events that do not
// say whose they are (kernel.HoldsPersonal).
func New(types []kernel.Event, opts ...Option) (*Registry, error) {
	r := &Registry{byID: make(map[string]*entry, len(types)), byType: make(map[reflect.Type]*entry, len(types))}
	for _, o := range opts {
		o(r)
	}
	for _, prototype := range types {
		if err := r.register(prototype); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *Registry) register(prototype kernel.Event) error {
	t := reflect.TypeOf(prototype)
	if t == nil || t.Kind() != reflect.Struct {
		return fmt.Errorf("register event %v: the prototype must be a struct value", t)
	}
	e := &entry{id: prototype.EventType(), version: VersionOf(prototype), typ: t}
	if e.id == "" || e.version < 1 {
		return fmt.Errorf("register event %s: id %q at version %d; an id and a version from 1 are required", t, e.id, e.version)
	}
	if other := r.byID[e.id]; other != nil {
		return fmt.Errorf("register event %s: id %q is already that of %s", t, e.id, other.typ)
	}
	if other := r.byType[t]; other != nil {
		return fmt.Errorf("register event %s: it is already registered as %q", t, other.id)
	}
	if err := r.upcasters.Check(e.id, e.version); err != nil {
		return fmt.Errorf("register event %s: %w", t, err)
	}
	personal, err := planFor(t)
	if err != nil {
		return fmt.Errorf("register event %s: %w", t, err)
	}
	if _, says := prototype.(kernel.HoldsPersonal); personal != nil && !says {
		return fmt.Errorf("register event %s: it has personal fields and no method PersonalSubject", t)
	}
	e.personal = personal
	r.byID[e.id], r.byType[t] = e, e
	return nil
}

// VersionOf is the schema version under which an event is written today: 1 unless it is kernel.Versioned.
func VersionOf(e kernel.Event) int {
	if v, ok := e.(kernel.Versioned); ok {
		return v.SchemaVersion()
	}
	return 1
}

// Prototype answers a zero value of the event type with this id.
func (r *Registry) Prototype(id string) (kernel.Event, bool) {
	e := r.byID[id]
	if e == nil {
		return nil, false
	}
	return reflect.Zero(e.typ).Interface().(kernel.Event), true
}

// UnknownType means that an event type is not registered: a newer program wrote it, or New was not told of it.
type UnknownType struct {
	Type string
}

func (e *UnknownType) Error() string {
	return fmt.Sprintf("event type %q is not known to this program", e.Type)
}
