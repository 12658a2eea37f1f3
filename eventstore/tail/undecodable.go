package tail

import "vidilog/eventstore"

// Undecodable stands in Data for an event that could not be decoded. Every consumer sees it and decides: a projector stops,
// a consumer of other event types goes on.
type Undecodable struct {
	Type string
	Err  error
}

// EventType is the stored type of the event.
func (u Undecodable) EventType() string { return u.Type }

// DecodeError answers why an event could not be decoded, nil for one that could.
func DecodeError(e eventstore.Event) error {
	if u, is := e.Data.(Undecodable); is {
		return u.Err
	}
	return nil
}

// batchDecoder decodes a page without copying every envelope twice; codec.Registry is one. It stops at the first event
// that fails and answers those before it.
type batchDecoder interface {
	DecodeInto(dst []eventstore.Event, recs []eventstore.Recorded) ([]eventstore.Event, error)
}

// decode never fails: what cannot be decoded becomes Undecodable.
func (t *Tail) decode(recs []eventstore.Recorded) []eventstore.Event {
	events := make([]eventstore.Event, 0, len(recs))
	for len(events) < len(recs) {
		var err error
		if batch, is := t.decoder.(batchDecoder); is {
			events, err = batch.DecodeInto(events, recs[len(events):])
		} else {
			events, err = t.decodeNext(events, recs[len(events)])
		}
		if err != nil {
			failed := recs[len(events)]
			events = append(events, eventstore.Event{Recorded: failed, Data: Undecodable{Type: failed.Type, Err: err}})
		}
	}
	return events
}

func (t *Tail) decodeNext(events []eventstore.Event, rec eventstore.Recorded) ([]eventstore.Event, error) {
	event, err := t.decoder.Decode(rec)
	if err != nil {
		return events, err
	}
	return append(events, event), nil
}
