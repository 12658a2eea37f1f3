package postgres

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/eventstore"
)

// channel carries the head after a group commit, or greeting when a process has opened the log.
const (
	channel  = Schema
	greeting = "hello"
)

// listenAgain is the pause before a lost listening connection is opened again; polling goes on meanwhile.
const listenAgain = time.Second

// watcher knows how far the log has come, as far as this process has heard.
type watcher struct {
	mu    sync.Mutex
	head  eventstore.Position
	moved chan struct{} // closed when head moves
}

func newWatcher() *watcher { return &watcher{moved: make(chan struct{})} }

var alreadyChanged = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

// Changed answers a channel that is closed once there may be events above after.
func (s *Store) Changed(after eventstore.Position) <-chan struct{} {
	s.watcher.mu.Lock()
	defer s.watcher.mu.Unlock()
	if s.watcher.head > after {
		return alreadyChanged
	}
	return s.watcher.moved
}

func (w *watcher) advance(head eventstore.Position) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if head > w.head {
		w.head = head
		close(w.moved)
		w.moved = make(chan struct{})
	}
}

// poll looks at the head now and then: notifications may get lost, this may not. It also keeps partitions ahead of need.
func (s *Store) poll(ctx context.Context) {
	ticker := time.NewTicker(s.options.PollInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		head, err := s.Head(ctx)
		if err == nil {
			s.watcher.advance(head)
			err = s.extendAhead(ctx, head)
		}
		if err != nil && ctx.Err() == nil {
			s.options.Logger.Warn("event store: polling failed", "error", err)
		}
	}
}

// listen hears of group commits of other processes.
func (s *Store) listen(ctx context.Context, config *pgx.ConnConfig) {
	config = config.Copy()
	config.RuntimeParams["application_name"] = "vidilog listener"
	for ctx.Err() == nil {
		err := s.listenOnce(ctx, config)
		if ctx.Err() != nil {
			return
		}
		s.options.Logger.Warn("event store: not listening to other processes, polling instead", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(listenAgain):
		}
	}
}

func (s *Store) listenOnce(ctx context.Context, config *pgx.ConnConfig) error {
	connection, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close(context.WithoutCancel(ctx)) }()
	if _, err := connection.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	for {
		notification, err := connection.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		s.hear(notification.Payload)
	}
}

func (s *Store) hear(message string) {
	if head, err := strconv.ParseInt(message, 10, 64); err == nil {
		s.watcher.advance(eventstore.Position(head))
		return
	}
	select {
	case s.meet <- struct{}{}:
	default: // will look anyway
	}
}
