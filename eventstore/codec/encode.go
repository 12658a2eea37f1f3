package codec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"sync"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Encode turns an event into its stored form. The payload is the same bytes for equal events, but for sealed fields,
// which are new each time. Errors: *UnknownType, a value that JSON cannot hold, or a fault of the keys (ErrKeyGone when
// the person has been erased).
func (r *Registry) Encode(e kernel.Event, eventID uuid.UUID) (eventstore.Draft, error) {
	known := r.byType[reflect.TypeOf(e)]
	if known == nil || known.id != e.EventType() {
		return eventstore.Draft{}, fmt.Errorf("encode %T: %w", e, &UnknownType{e.EventType()})
	}
	value, keyRef, err := r.seal(e, known, eventID)
	if err != nil {
		return eventstore.Draft{}, fmt.Errorf("encode %s: %w", known.id, err)
	}
	payload, err := marshal(value)
	if err != nil {
		return eventstore.Draft{}, fmt.Errorf("encode %s: %w", known.id, err)
	}
	return eventstore.Draft{
		EventID: eventID, Type: known.id, SchemaVersion: known.version, Payload: payload, KeyRef: keyRef,
	}, nil
}

func (r *Registry) seal(e kernel.Event, known *entry, eventID uuid.UUID) (any, string, error) {
	if known.personal == nil {
		return e, "", nil
	}
	if r.sealer == nil {
		return nil, "", fmt.Errorf("it has personal fields and this codec has no sealer")
	}
	s := &sealing{sealer: r.sealer, subject: e.(kernel.HoldsPersonal).PersonalSubject(), event: eventID}
	sealed, err := known.personal.rewrite(reflect.ValueOf(e), "", s.field)
	if err != nil {
		return nil, "", err
	}
	return sealed.Interface(), s.keyRef, nil
}

func marshal(value any) ([]byte, error) {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return nil, err
	}
	return Canonical(b.Bytes())
}
