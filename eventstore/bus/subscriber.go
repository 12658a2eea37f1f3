package bus

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
)

// LogTopic is the one topic there is: the log.
const LogTopic = "log"

// Subscriber is a message.Subscriber for one group. It works while it holds the group's lease, and waits for it otherwise.
type Subscriber struct {
	bus   *Bus
	group Group
	stop  context.CancelFunc
	life  context.Context
	works sync.WaitGroup
}

var _ message.Subscriber = (*Subscriber)(nil)

// Subscriber makes a subscriber for a group.
func (b *Bus) Subscriber(group Group) (*Subscriber, error) {
	if group.Name == "" {
		return nil, errNoName
	}
	life, stop := context.WithCancel(context.Background())
	return &Subscriber{bus: b, group: group.withDefaults(), life: life, stop: stop}, nil
}

// Subscribe delivers the events of the group until ctx ends or Close. The topic must be LogTopic. A message that is
// acknowledged is done; one that is not comes again after a pause. Messages of one key never overlap. It returns when the
// group's place in the log is written down, however long the database is away; the error is ctx's then.
func (s *Subscriber) Subscribe(ctx context.Context, topic string) (<-chan *message.Message, error) {
	if topic != LogTopic {
		return nil, errors.New("the bus has one topic, " + LogTopic + ", not " + topic)
	}
	ctx, cancel := context.WithCancel(ctx)
	context.AfterFunc(s.life, cancel)
	s.bus.subscribe(s.group.Name, 1)
	if err := s.insistOnDeclaring(ctx); err != nil {
		s.bus.subscribe(s.group.Name, -1)
		cancel()
		return nil, err
	}
	out := make(chan *message.Message, s.group.Lanes)
	s.works.Go(func() {
		defer cancel()
		defer close(out)
		defer s.bus.subscribe(s.group.Name, -1)
		s.work(ctx, out)
	})
	return out, nil
}

// Close ends all subscriptions and returns when their handlers have ended or Options.CloseTimeout has passed.
func (s *Subscriber) Close() error {
	s.stop()
	s.works.Wait()
	return nil
}

// declareAgain is the pause after a declaration that failed.
const declareAgain = 200 * time.Millisecond

// insistOnDeclaring outlives a database that restarts just now: the tables are there since Open, so what fails here passes.
func (s *Subscriber) insistOnDeclaring(ctx context.Context) error {
	for {
		err := s.bus.declare(ctx, s.group)
		if err == nil {
			return nil
		}
		s.bus.options.Logger.Warn("bus: trying again", "error", err)
		select {
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		case <-time.After(declareAgain):
		}
	}
}

// work takes the lease whenever it is free and works until it is lost.
func (s *Subscriber) work(ctx context.Context, out chan<- *message.Message) {
	log := s.bus.options.Logger.With("group", s.group.Name)
	for ctx.Err() == nil {
		l, held, err := s.bus.acquire(ctx, s.group.Name)
		if held {
			err = newSession(s.bus, s.group, l, out).run(ctx)
		}
		if err != nil && ctx.Err() == nil {
			log.Warn("bus: the group's work was interrupted; beginning again", "error", err)
		}
		pause := s.bus.options.Lease / 5
		if held {
			pause = min(pause, time.Second)
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}
