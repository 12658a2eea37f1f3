package bus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"vidilog/eventstore"
)

// session is one tenure of a group's lease: it starts from what the tables say and ends with the lease.
type session struct {
	bus   *Bus
	group Group
	lease lease
	log   *slog.Logger
	out   chan<- *message.Message
	types map[string]bool // nil for all

	// abort ends everything at once; messages carry it.
	abort context.Context
	quit  context.CancelFunc

	mu       sync.Mutex
	progress progress
	keys     map[string]*keyQueue
	ready    []*keyQueue
	undone   int // deliveries in memory
	stopped  bool
	halted   chan struct{} // closed when stopped
	work     *sync.Cond    // something is ready, or stopped
	room     *sync.Cond    // undone has shrunk, or stopped
	parked   map[string]bool
	doneHere map[eventstore.Position]bool // done above the checkpoint before this session began

	// parking keeps the feed and the end of a drain from missing each other: who holds it knows that a key is parked.
	parking  sync.Mutex
	draining map[string]bool // guarded by mu
	look     chan struct{}
	effects  chan *effect

	flushing sync.Mutex
	flushed  eventstore.Position // guarded by flushing
}

func newSession(b *Bus, g Group, l lease, out chan<- *message.Message) *session {
	s := &session{
		bus: b, group: g, lease: l, out: out, log: b.options.Logger.With("group", g.Name),
		progress: startProgress(l.checkpoint), flushed: l.checkpoint,
		halted: make(chan struct{}),
		keys:   map[string]*keyQueue{}, parked: map[string]bool{}, doneHere: map[eventstore.Position]bool{},
		draining: map[string]bool{}, look: make(chan struct{}, 1), effects: make(chan *effect, g.Lanes),
	}
	s.work, s.room = sync.NewCond(&s.mu), sync.NewCond(&s.mu)
	if len(g.Types) > 0 {
		s.types = make(map[string]bool, len(g.Types))
		for _, t := range g.Types {
			s.types[t] = true
		}
	}
	return s
}

// run works until ctx ends, which lets handlers finish, or until the lease is lost, which does not.
func (s *session) run(ctx context.Context) error {
	s.abort, s.quit = context.WithCancel(context.WithoutCancel(ctx))
	defer s.quit()
	if err := s.restore(ctx); err != nil {
		return errors.Join(err, s.release(context.WithoutCancel(ctx)))
	}
	s.bus.enter(s)
	defer s.bus.leave(s)

	lanes, background := s.start()
	stopped := context.AfterFunc(ctx, s.stop)
	defer stopped()
	watchdog := context.AfterFunc(ctx, func() {
		select {
		case <-time.After(s.bus.options.CloseTimeout):
			s.quit()
		case <-s.abort.Done():
		}
	})
	defer watchdog()
	lanes.Wait()
	lost := s.abort.Err() != nil && ctx.Err() == nil
	s.quit()
	err := background.Wait()
	if lost {
		return err
	}
	return errors.Join(err, s.release(context.WithoutCancel(ctx)))
}

// start runs the lanes, and beside them everything that a failure of which ends the session.
func (s *session) start() (*sync.WaitGroup, *errgroup.Group) {
	var lanes sync.WaitGroup
	for range s.group.Lanes {
		lanes.Go(s.lane)
	}
	background := new(errgroup.Group)
	for _, part := range []func(context.Context) error{s.feed, s.renew, s.keepFlushing, s.watchParked, s.commitEffects} {
		background.Go(func() error {
			partCtx := s.abort
			err := part(partCtx)
			if err != nil {
				s.stop()
				s.quit()
			}
			return err
		})
	}
	return &lanes, background
}

// stop lets lanes end after the delivery they are at.
func (s *session) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.stopped {
		close(s.halted)
	}
	s.stopped = true
	s.work.Broadcast()
	s.room.Broadcast()
}

// release writes the last checkpoint and gives the group to whoever comes next.
func (s *session) release(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.bus.options.CloseTimeout)
	defer cancel()
	err := s.flush(ctx)
	if errors.Is(err, errLeaseLost) {
		return err
	}
	if err != nil { // perhaps a write that the end of the session cut off
		err = s.flush(ctx)
	}
	_, freeErr := s.bus.pool.Exec(ctx, freeLease, s.group.Name, s.lease.fence)
	return errors.Join(err, freeErr)
}

// restore reads what is done above the checkpoint and which keys are parked.
func (s *session) restore(ctx context.Context) error {
	rows, err := s.bus.pool.Query(ctx, selectDone, s.group.Name)
	if err != nil {
		return fmt.Errorf("read progress of %s: %w", s.group.Name, err)
	}
	positions, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return fmt.Errorf("read progress of %s: %w", s.group.Name, err)
	}
	for _, p := range positions {
		s.doneHere[eventstore.Position(p)] = true
	}
	keys, err := s.parkedKeys(ctx)
	if err != nil {
		return fmt.Errorf("read parked keys of %s: %w", s.group.Name, err)
	}
	for key := range keys {
		s.parked[key] = true
	}
	return nil
}

// feedBatch is how many events are taken from the tail at a time.
const feedBatch = 512

// feed hands events to their keys, as many as the window allows.
func (s *session) feed(ctx context.Context) error {
	cursor := s.bus.tail.From(s.lease.checkpoint)
	defer cursor.Close()
	for {
		if !s.waitForRoom() {
			return nil
		}
		events, err := cursor.Next(ctx, feedBatch)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the log: %w", err)
		}
		if err := s.distribute(ctx, events); err != nil {
			return err
		}
	}
}

func (s *session) waitForRoom() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.stopped && s.undone >= s.group.Window {
		s.room.Wait()
	}
	return !s.stopped
}

func (s *session) distribute(ctx context.Context, events []eventstore.Event) error {
	s.parking.Lock()
	defer s.parking.Unlock()
	var behind []*delivery
	s.mu.Lock()
	for i := range events {
		at := events[i].Position
		s.progress.take(at)
		if s.doneHere[at] || s.types != nil && !s.types[events[i].Type] {
			delete(s.doneHere, at)
			s.progress.finish(at)
			continue
		}
		d := &delivery{session: s, event: events[i], key: s.group.keyOf(events[i])}
		s.undone++
		if s.parked[d.key] {
			behind = append(behind, d)
		} else {
			s.enqueue(d)
		}
	}
	s.mu.Unlock()
	if len(behind) == 0 {
		return nil
	}
	if err := s.queueBehind(ctx, behind); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range behind {
		s.finished(d)
	}
	return nil
}
