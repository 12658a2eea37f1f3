package bus

import (
	"context"
	"errors"

	"github.com/ThreeDotsLabs/watermill/message"

	"vidilog/eventstore"
)

// delivery is one event on its way through a handler. It belongs to its lane.
type delivery struct {
	session  *session
	event    eventstore.Event
	key      string
	attempts int // failures so far
	// drained is set for an event that comes from the table of parked ones.
	drained *drained
}

// drained tells the drain of a key how its event went.
type drained struct {
	before int // attempts recorded in the table
	ended  chan bool
}

type deliveryKey struct{}

func (d *delivery) message(ctx context.Context) *message.Message {
	m := message.NewMessageWithContext(context.WithValue(ctx, deliveryKey{}, d), d.event.EventID.String(), d.event.Payload)
	return m
}

func deliveryOf(msg *message.Message) *delivery {
	d, _ := msg.Context().Value(deliveryKey{}).(*delivery)
	return d
}

// EventFrom answers the event that a message carries. It is shared with other consumers and must not be changed; ok is
// false for a message that does not come from this package.
func EventFrom(msg *message.Message) (event eventstore.Event, ok bool) {
	d := deliveryOf(msg)
	if d == nil {
		return eventstore.Event{}, false
	}
	return d.event, true
}

// Attempt is which attempt at the event this is, from 1.
func Attempt(msg *message.Message) int {
	d := deliveryOf(msg)
	if d == nil {
		return 1
	}
	return d.attempts + 1
}

// permanent is an error that no further attempt will cure.
type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// Permanent marks an error that trying again will not cure: the key is parked at once.
func Permanent(err error) error { return permanent{err} }

// exhausted is what the retry middleware makes of the last failure; the parking middleware looks for it.
type exhausted struct{ error }

func (e exhausted) Unwrap() error { return e.error }

func isExhausted(err error) bool {
	var e exhausted
	return errors.As(err, &e)
}

func isPermanent(err error) bool {
	var p permanent
	return errors.As(err, &p)
}
