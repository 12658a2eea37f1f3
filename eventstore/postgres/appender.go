package postgres

import (
	"context"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/internal/failpoint"
)

var (
	failLocked       = failpoint.New("append.locked")
	failBeforeCommit = failpoint.New("append.before-commit")
	failAfterCommit  = failpoint.New("append.after-commit")
)

const (
	// maxBatchBytes keeps a group commit's statements to what was measured; one append alone may be larger.
	maxBatchBytes = 8 << 20
	// Waiting between attempts doubles from the first to the last while the database cannot be reached.
	firstPause, lastPause = 10 * time.Millisecond, time.Second
	connectWithin         = 10 * time.Second
)

// appender is the one goroutine of this process that appends, with a connection of its own.
type appender struct {
	store   *Store
	config  *pgx.ConnConfig
	queue   chan *request
	closing chan struct{} // closed: nothing new is taken
	done    chan struct{} // closed: the goroutine has ended

	// Of the goroutine alone:
	session  *session
	pending  []*request // gathered and not yet answered, oldest first
	lastSize int        // of the batch before; 1 means that appends come singly
	solo     int        // that many appends are to be tried one by one, because their batch held a poisonous one
	pause    time.Duration
	ledger   *ledger

	lastFault atomic.Pointer[error]
	socket    atomic.Pointer[net.Conn] // to interrupt the goroutine from outside
	aborted   context.Context
	abort     context.CancelFunc
}

func newAppender(s *Store, config *pgx.ConnConfig) *appender {
	a := &appender{
		store: s, config: config, ledger: newLedger(), pause: firstPause,
		queue: make(chan *request, s.options.Queue), closing: make(chan struct{}), done: make(chan struct{}),
	}
	a.aborted, a.abort = context.WithCancel(context.Background())
	return a
}

func (a *appender) run() {
	defer close(a.done)
	for a.next() {
		if err := a.cycle(); err != nil {
			a.suffer(err)
		}
	}
	if a.session.isUsable() {
		a.session.close()
	}
}

// next waits for something to do; false means that the appender is to end.
func (a *appender) next() bool {
	if a.aborted.Err() != nil {
		return false
	}
	a.pending = dropLeft(a.pending)
	if len(a.pending) > 0 {
		return true
	}
	select {
	case r := <-a.queue:
		a.pending = append(a.pending, r)
		return true
	default:
	}
	select {
	case r := <-a.queue:
		a.pending = append(a.pending, r)
		return true
	case <-a.closing:
		return len(a.queue) > 0
	}
}

// cycle makes one group commit. An error means that its outcome is not known or that it did not happen; the requests
// stay pending.
func (a *appender) cycle() error {
	if len(a.pending) == 0 {
		return nil
	}
	if err := a.connect(); err != nil {
		return err
	}
	started := time.Now()
	batch, err := a.lockAndLoad()
	if err != nil {
		return err
	}
	enough, err := a.ensureRoom(batch)
	if err != nil || !enough {
		return err
	}
	answers := a.decideAll(batch)
	if err := a.write(); err != nil {
		return a.unwritten(batch, err)
	}
	if err := failAfterCommit.Hit(); err != nil {
		a.session.close()
		return err
	}
	a.finish(batch, answers, started)
	return nil
}

func (a *appender) connect() error {
	if a.session.isUsable() {
		return nil
	}
	ctx, cancel := context.WithTimeout(a.aborted, connectWithin)
	defer cancel()
	session, err := openSession(ctx, a.config)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	a.session = session
	socket := session.connection.Conn()
	a.socket.Store(&socket)
	return nil
}

// lockAndLoad locks the head and reads what the batch needs. When appends come singly both go in one round trip.
// Otherwise everything that has arrived while the lock was awaited joins the batch: that is worth a third of the throughput.
func (a *appender) lockAndLoad() ([]*request, error) {
	if len(a.pending) == 1 && len(a.queue) == 0 && a.lastSize <= 1 || a.solo > 0 {
		return a.pending[:1], a.load(a.pending[:1], true)
	}
	if err := a.lock(); err != nil {
		return nil, err
	}
	a.gather()
	return a.pending, a.load(a.pending, false)
}

func (a *appender) gather() {
	size := 0
	for _, r := range a.pending {
		size += r.bytes
	}
	for len(a.pending) < a.store.options.MaxBatch && size < maxBatchBytes {
		select {
		case r := <-a.queue:
			if !r.hasLeft() {
				a.pending = append(a.pending, r)
				size += r.bytes
			}
		default:
			return
		}
	}
}

func (a *appender) decideAll(batch []*request) []answer {
	answers := make([]answer, len(batch))
	for i, r := range batch {
		if !r.startWriting() {
			answers[i] = answer{err: errLeft}
			continue
		}
		answers[i] = a.ledger.decide(r)
	}
	return answers
}

// finish answers everybody and wakes the readers.
func (a *appender) finish(batch []*request, answers []answer, started time.Time) {
	a.store.watcher.advance(a.ledger.head)
	for i, r := range batch {
		r.answer <- answers[i]
	}
	a.store.metrics.observe(len(batch), a.ledger.events, answers, time.Since(started))
	a.lastSize = len(batch)
	a.solo = max(0, a.solo-1)
	a.pause = firstPause
	a.lastFault.Store(nil)
	rest := copy(a.pending, a.pending[len(batch):])
	clear(a.pending[rest:])
	a.pending = a.pending[:rest]
}

// close lets the goroutine finish what it has, and interrupts it after patience.
func (a *appender) close(patience time.Duration) {
	close(a.closing)
	select {
	case <-a.done:
		return
	case <-time.After(patience):
	}
	a.abort()
	if socket := a.socket.Load(); socket != nil {
		_ = (*socket).Close() // whatever waits for it fails at once
	}
	<-a.done
}

func dropLeft(requests []*request) []*request {
	kept := requests[:0]
	for _, r := range requests {
		if !r.hasLeft() {
			kept = append(kept, r)
		}
	}
	clear(requests[len(kept):])
	return kept
}
