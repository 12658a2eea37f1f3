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

// decode never fails: what cannot be decoded becomes Undecodable.
func (t *Tail) decode(recs []eventstore.Recorded) []eventstore.Event {
	events := make([]eventstore.Event, len(recs))
	for i := range recs {
		event, err := t.decoder.Decode(recs[i])
		if err != nil {
			event = eventstore.Event{Recorded: recs[i], Data: Undecodable{Type: recs[i].Type, Err: err}}
		}
		events[i] = event
	}
	return events
}
