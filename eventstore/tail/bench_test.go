package tail_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/codec"
	"vidilog/eventstore/postgres"
	"vidilog/eventstore/tail"
	"vidilog/internal/embedded/testpg"
)

// described is about 550 bytes in the log, as events of videos are.
type described struct {
	N    int               `json:"n"`
	Text string            `json:"text"`
	Tags []string          `json:"tags"`
	File map[string]int64  `json:"file"`
	More map[string]string `json:"more"`
}

func (described) EventType() string { return "test.described" }

type rig struct {
	b     *testing.B
	store *postgres.Store
	codec *codec.Registry
	n     int
}

func newRig(b *testing.B) *rig {
	registry, err := codec.New([]kernel.Event{described{}})
	if err != nil {
		b.Fatal(err)
	}
	store, err := postgres.Open(context.Background(), testpg.DSN(b), postgres.Options{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(store.Close)
	return &rig{b: b, store: store, codec: registry}
}

func (r *rig) append(count int) eventstore.Position {
	drafts := make([]eventstore.Draft, count)
	for i := range drafts {
		r.n++
		var err error
		drafts[i], err = r.codec.Encode(described{
			N: r.n, Text: strings.Repeat("text ", 50), Tags: []string{"one", "two", "three"},
			File: map[string]int64{"size": 123_456_789, "resolution": 720, "fps": 30},
			More: map[string]string{"language": "en", "licence": "attribution", "category": "music"},
		}, uuid.New())
		if err != nil {
			r.b.Fatal(err)
		}
	}
	receipt, err := r.store.Append(context.Background(), eventstore.Append{
		Command: eventstore.Command{CommandKey: eventstore.CommandKey{Actor: "bench", Type: "describe", ID: uuid.NewString()}},
		Streams: []eventstore.StreamAppend{{Stream: kernel.StreamID{Kind: "test", ID: uuid.NewString()}, Events: drafts}},
	})
	if err != nil {
		r.b.Fatal(err)
	}
	return receipt.Position
}

func (r *rig) run() *tail.Tail {
	t := tail.New(r.store, r.store, r.codec, tail.Options{})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = t.Run(ctx) }()
	r.b.Cleanup(func() { stop(); <-ended })
	if err := t.WaitHead(ctx, 0); err != nil {
		r.b.Fatal(err)
	}
	return t
}

// BenchmarkReplay measures a cursor that goes through a log in PostgreSQL from its first event; one iteration is one event.
func BenchmarkReplay(b *testing.B) {
	r := newRig(b)
	for left := b.N; left > 0; left -= 1_000 {
		r.append(min(left, 1_000))
	}
	c := r.run().From(0)
	before := ownCPU(b)
	b.ResetTimer()
	for c.Position() < eventstore.Position(b.N) {
		if _, err := c.Next(context.Background(), 5_000); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64((ownCPU(b)-before).Nanoseconds())/float64(b.N), "cpu-ns/event") // without PostgreSQL's share
}

// ownCPU is what this process has used of the processors: a busy machine changes it little.
func ownCPU(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// BenchmarkLatency measures from the answer of an append to the event in the hands of a cursor, from the very first event.
func BenchmarkLatency(b *testing.B) {
	r := newRig(b)
	c := r.run().From(0)
	waits := make([]time.Duration, 0, b.N)
	seen := make(chan time.Time, 1)
	go func() {
		for range b.N {
			if _, err := c.Next(context.Background(), 1); err != nil {
				return
			}
			seen <- time.Now()
		}
	}()
	for range b.N {
		r.append(1)
		committed := time.Now()
		waits = append(waits, (<-seen).Sub(committed))
		time.Sleep(2 * time.Millisecond) //nolint:forbidigo // a pause between events, so that each is woken for
	}
	first := slices.Clone(waits[:min(len(waits), 100)])
	slices.Sort(first)
	slices.Sort(waits)
	b.ReportMetric(float64(waits[len(waits)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(waits[len(waits)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(first[len(first)/2].Microseconds()), "first100-p50-µs")
	b.ReportMetric(float64(first[len(first)-1].Microseconds()), "first100-max-µs")
}
