package bus

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	watermillsql "github.com/ThreeDotsLabs/watermill-sql/v4/pkg/sql"
	"github.com/ThreeDotsLabs/watermill/components/forwarder"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// ParkedTopic is where Options.AnnounceParked sends its notices.
const ParkedTopic = "vidilog.parked"

const outboxTopic = "outbox" // the one queue that all messages for other brokers go through, in order

func outboxTable(string) string { return `"vidilog_bus"."outbox"` }

// Outbox carries messages to another broker (NATS JetStream, Kafka, …) without losing any: they are written in the
// transaction of what they tell of, and forwarded afterwards, at least once, in the order in which they were written.
// watermill-sql keeps a transaction open while the broker takes a page, so nothing but copies and notices should go this way.
type Outbox struct {
	bus *Bus
	// Poll is how often Forward looks for messages; 1 s.
	Poll time.Duration
}

// Outbox is the outbox of this database.
func (b *Bus) Outbox() *Outbox { return &Outbox{bus: b, Poll: time.Second} }

// In answers a publisher whose messages are sent if, and only if, tx commits. Its topics are those of the other broker.
func (o *Outbox) In(tx pgx.Tx) (message.Publisher, error) {
	p, err := watermillsql.NewPublisher(watermillsql.TxFromPgx(tx), watermillsql.PublisherConfig{
		SchemaAdapter: watermillsql.PostgreSQLQueueSchema{GenerateMessagesTableName: outboxTable},
	}, logger{o.bus.options.Logger})
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	return forwarder.NewPublisher(p, forwarder.PublisherConfig{ForwarderTopic: outboxTopic}), nil
}

// Forward hands what is in the outbox to another broker until ctx ends. One process at a time should do so.
func (o *Outbox) Forward(ctx context.Context, to message.Publisher) error {
	log := logger{o.bus.options.Logger}
	from, err := watermillsql.NewSubscriber(watermillsql.BeginnerFromPgx(o.bus.pool), watermillsql.SubscriberConfig{
		SchemaAdapter:  watermillsql.PostgreSQLQueueSchema{GenerateMessagesTableName: outboxTable},
		OffsetsAdapter: watermillsql.PostgreSQLQueueOffsetsAdapter{DeleteOnAck: true, GenerateMessagesTableName: outboxTable},
		PollInterval:   o.Poll, ResendInterval: o.Poll, RetryInterval: o.Poll,
	}, log)
	if err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	f, err := forwarder.NewForwarder(from, to, log, forwarder.Config{
		ForwarderTopic: outboxTopic, CloseTimeout: o.bus.options.CloseTimeout,
	})
	if err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	if err := f.Run(ctx); err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	return nil
}

// announce tells other brokers that a key is parked, in the transaction that parks it.
func (s *session) announce(ctx context.Context, tx pgx.Tx, d *delivery, reason string) error {
	if !s.bus.options.AnnounceParked {
		return nil
	}
	notice, err := json.Marshal(ParkedEvent{
		Group: s.group.Name, Key: d.key, Position: d.event.Position, Type: d.event.Type,
		Error: reason, Attempts: d.attempts + 1, ParkedAt: time.Now().UTC(),
	})
	if err != nil {
		return err
	}
	publisher, err := s.bus.Outbox().In(tx)
	if err != nil {
		return err
	}
	return publisher.Publish(ParkedTopic, message.NewMessageWithContext(ctx, uuid.NewString(), notice))
}
