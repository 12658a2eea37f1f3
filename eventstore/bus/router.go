package bus

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"

	"vidilog/eventstore"
	"vidilog/eventstore/tail"
)

// Handler handles one event. It may run again for the same event, so what it does must be a no-op the second time: an
// append under a command id derived from the event, or AckTx. msg is for AckTx and Attempt.
type Handler func(ctx context.Context, msg *message.Message, event eventstore.Event) error

// Router runs the handlers of all groups of a process on Watermill's router.
type Router struct {
	bus    *Bus
	router *message.Router
}

// NewRouter makes a router without handlers.
func (b *Bus) NewRouter() (*Router, error) {
	r, err := message.NewRouter(message.RouterConfig{CloseTimeout: 2 * b.options.CloseTimeout}, logger{b.options.Logger})
	if err != nil {
		return nil, fmt.Errorf("bus: %w", err)
	}
	return &Router{bus: b, router: r}, nil
}

// Handle adds the handler of a group. The order of the middlewares matters: parking is outside and sees what retrying gives
// up; recovering is inside, so that a panic is an error like any other.
func (r *Router) Handle(group Group, handle Handler) error {
	subscriber, err := r.bus.Subscriber(group)
	if err != nil {
		return err
	}
	park, err := middleware.PoisonQueueWithFilter(parker{}, "parked", isExhausted)
	if err != nil {
		return fmt.Errorf("bus: %w", err)
	}
	h := r.router.AddConsumerHandler(group.Name, LogTopic, subscriber, func(msg *message.Message) error {
		d := deliveryOf(msg)
		if err := tail.DecodeError(d.event); err != nil {
			return Permanent(fmt.Errorf("decode: %w", err))
		}
		return handle(msg.Context(), msg, d.event)
	})
	h.AddMiddleware(r.bus.metrics.middleware(group.Name), park, retry, middleware.Recoverer)
	return nil
}

// Run works until ctx ends and the handlers under way have returned.
func (r *Router) Run(ctx context.Context) error {
	if err := r.router.Run(ctx); err != nil {
		return fmt.Errorf("bus: %w", err)
	}
	return nil
}

// Running is closed once all handlers are subscribed.
func (r *Router) Running() <-chan struct{} { return r.router.Running() }

// retry decides whether a failure is the last. It does not wait, as Watermill's own middleware does: the session lets the
// key rest and gives the lane to others.
func retry(next message.HandlerFunc) message.HandlerFunc {
	return func(msg *message.Message) ([]*message.Message, error) {
		produced, err := next(msg)
		if err == nil {
			return produced, nil
		}
		d := deliveryOf(msg)
		if d == nil || msg.Context().Err() != nil {
			return nil, err
		}
		if isPermanent(err) || d.attempts+1 >= d.session.group.MaxAttempts {
			return nil, exhausted{err}
		}
		d.session.log.Warn("bus: handler failed; trying again", "key", d.key, "position", d.event.Position, "type", d.event.Type,
			"attempt", d.attempts+1, "pause", d.session.group.pause(d.attempts+1).Round(time.Millisecond), "error", err)
		return nil, err
	}
}

// logger passes on what Watermill has to say; its errors of single messages are said better above.
type logger struct{ to *slog.Logger }

func (l logger) Error(msg string, err error, fields watermill.LogFields) {
	if msg == "Handler returned error" {
		return
	}
	l.to.Error("watermill", append(attributes(fields), "message", msg, "error", err)...)
}

func (l logger) Info(msg string, fields watermill.LogFields) {
	l.to.Debug("watermill", append(attributes(fields), "message", msg)...)
}
func (logger) Debug(string, watermill.LogFields) {}
func (logger) Trace(string, watermill.LogFields) {}
func (l logger) With(fields watermill.LogFields) watermill.LoggerAdapter {
	return logger{l.to.With(attributes(fields)...)}
}

func attributes(fields watermill.LogFields) []any {
	list := make([]any, 0, 2*len(fields)+2)
	for name, value := range fields {
		list = append(list, name, value)
	}
	return list
}
