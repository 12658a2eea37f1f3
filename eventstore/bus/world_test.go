package bus_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/bus"
	"vidilog/eventstore/codec"
	"vidilog/eventstore/memory"
	"vidilog/eventstore/tail"
	"vidilog/internal/embedded/testpg"
)

func TestBus(t *testing.T) {
	RegisterFailHandler(Fail)
	SetDefaultEventuallyTimeout(20 * time.Second) // on a busy machine; nothing waits that long otherwise
	RunSpecs(t, "Bus")
}

// database is one for all specs: making one takes longer than most of them.
var database *pgxpool.Pool

var _ = BeforeSuite(func() { database = testpg.Pool(GinkgoT()) })

// specWorld is a world with the specs' database, as if it were new.
func specWorld() *world {
	w := newWorld(GinkgoT(), database)
	w.exec("DROP TABLE IF EXISTS effects; DROP SCHEMA IF EXISTS vidilog_bus CASCADE")
	return w
}

// noted is the n-th event of its stream, named Key.
type noted struct {
	Key string `json:"key"`
	N   int    `json:"n"`
}

func (noted) EventType() string { return "test.noted" }

// other is an event that most groups do not want.
type other struct{}

func (other) EventType() string { return "test.other" }

// fataler is what both GinkgoT() and *testing.B give.
type fataler interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
}

// world is a log in memory, its tail, and a database for the progress of consumers. Processes come and go in it.
type world struct {
	t     fataler
	log   *memory.Store
	codec *codec.Registry
	tail  *tail.Tail
	pool  *pgxpool.Pool
	count map[string]int
}

func newWorld(t fataler, pool *pgxpool.Pool) *world {
	registry, err := codec.New([]kernel.Event{noted{}, other{}})
	w := &world{t: t, log: memory.New(time.Now), codec: registry, pool: pool, count: map[string]int{}}
	w.must(err)
	w.tail = tail.New(w.log, w.log, registry, tail.Options{Logger: slog.New(slog.DiscardHandler)})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = w.tail.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("%v", err)
	}
}

// note appends one event to each of the named streams.
func (w *world) note(keys ...string) {
	w.t.Helper()
	streams := make([]eventstore.StreamAppend, 0, len(keys))
	for _, key := range keys {
		w.count[key]++
		draft, err := w.codec.Encode(noted{key, w.count[key]}, uuid.New())
		w.must(err)
		streams = append(streams, eventstore.StreamAppend{Stream: kernel.StreamID{Kind: "test", ID: key}, Events: []eventstore.Draft{draft}})
	}
	w.append(streams...)
}

func (w *world) append(streams ...eventstore.StreamAppend) {
	w.t.Helper()
	_, err := w.log.Append(context.Background(), eventstore.Append{
		Command: eventstore.Command{CommandKey: eventstore.CommandKey{Actor: "test", Type: "note", ID: uuid.NewString()}}, Streams: streams,
	})
	w.must(err)
}

// process is one process that works for groups.
type process struct {
	*bus.Bus
	w    *world
	stop context.CancelFunc
}

func (w *world) open(options bus.Options) *process {
	w.t.Helper()
	options.Logger = slog.New(slog.DiscardHandler)
	if options.FlushEvery == 0 {
		options.FlushEvery = 5 * time.Millisecond
	}
	if options.LookEvery == 0 {
		options.LookEvery = 10 * time.Millisecond
	}
	b, err := bus.Open(context.Background(), w.pool, w.tail, w.log, w.codec, options)
	w.must(err)
	return &process{Bus: b, w: w}
}

func (p *process) run(group bus.Group, handle bus.Handler) *process {
	p.w.t.Helper()
	router, err := p.NewRouter()
	p.w.must(err)
	p.w.must(router.Handle(group, handle))
	ctx, stop := context.WithCancel(context.Background())
	end := make(chan error, 1)
	p.stop = func() { stop(); <-end; end <- nil }
	go func() { end <- router.Run(ctx) }()
	p.w.t.Cleanup(func() { p.stop() })
	<-router.Running()
	return p
}

// checkpoint is what the database holds for a group.
func (w *world) checkpoint(group string) (at int64) {
	w.t.Helper()
	w.must(w.pool.QueryRow(context.Background(), "SELECT checkpoint FROM vidilog_bus.consumers WHERE consumer_group = $1", group).Scan(&at))
	return at
}

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	_, err := w.pool.Exec(context.Background(), sql, args...)
	w.must(err)
}

// diary records what handlers saw.
type diary struct {
	sync.Mutex
	seen map[string][]int
	all  int
}

func newDiary() *diary { return &diary{seen: map[string][]int{}} }

func (d *diary) handle(_ context.Context, _ *message.Message, e eventstore.Event) error {
	d.write(e)
	return nil
}

func (d *diary) write(e eventstore.Event) {
	d.Lock()
	defer d.Unlock()
	if n, is := e.Data.(noted); is {
		d.seen[n.Key] = append(d.seen[n.Key], n.N)
	}
	d.all++
}

func (d *diary) of(key string) func() []int {
	return func() []int {
		d.Lock()
		defer d.Unlock()
		return append([]int{}, d.seen[key]...)
	}
}

func (d *diary) total() int {
	d.Lock()
	defer d.Unlock()
	return d.all
}

func upTo(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i + 1
	}
	return list
}

func keyName(i int) string { return fmt.Sprint("k", i) }
