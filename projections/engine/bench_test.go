package engine_test

import (
	"context"
	"fmt"
	"sort"
	"testing"
	"time"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/internal/embedded/testpg"
	"vidilog/projections/engine"
	"vidilog/projections/engine/enginetest"
)

// benchFacts is a history of books with five events each, the four after the first within the next hundred books.
func benchFacts(events int) []enginetest.Fact {
	facts := make([]enginetest.Fact, 0, events)
	later := []kernel.Event{renamed{Name: "a name of some length, as videos have"}, published{}, seen{Views: 10}, filed{Resolution: 720, Size: 1 << 20}}
	for n := 0; len(facts) < events; n++ {
		facts = append(facts, add(n))
		for i, data := range later {
			if earlier := n - 25*i; earlier >= 0 {
				facts = append(facts, fact(earlier, data))
			}
		}
	}
	return facts[:events]
}

// BenchmarkRebuild builds a model of 15 columns, with its indexes, from 200,000 events: DESIGN asks for 100,000 events/s.
func BenchmarkRebuild(b *testing.B) {
	const events = 200_000
	log := enginetest.NewLog(benchFacts(events)...)
	for _, memory := range []int{256 << 20, 16 << 20} {
		b.Run(fmt.Sprintf("memory=%dMiB", memory>>20), func(b *testing.B) {
			ctx := context.Background()
			e, err := engine.Connect(ctx, testpg.DSN(b), log, []engine.Definition{library()}, engine.Options{Logger: quiet.Logger, BuildMemory: memory})
			if err != nil {
				b.Fatal(err)
			}
			defer e.Close()
			b.ResetTimer()
			for range b.N {
				s, err := e.BuildTo(ctx, "library", events, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				if err := s.Drop(ctx); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
			b.ReportMetric(float64(events*b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// BenchmarkLive projects behind the tail: how many transactions of one event, and how many events in the batches that form by
// themselves when the log is ahead.
func BenchmarkLive(b *testing.B) {
	for _, batch := range []int{1, 30, 4_096} {
		b.Run(fmt.Sprintf("batch=%d", batch), func(b *testing.B) {
			ctx := context.Background()
			events := enginetest.Record(0, benchFacts(max(b.N, 1))...)
			e, err := engine.Connect(ctx, testpg.DSN(b), enginetest.NewLog(), []engine.Definition{library()}, quiet)
			if err != nil {
				b.Fatal(err)
			}
			defer e.Close()
			s, err := e.BuildTo(ctx, "library", 0, nil)
			if err != nil {
				b.Fatal(err)
			}
			var all [][]eventstore.Event
			for len(events) > 0 {
				n := min(batch, len(events))
				all, events = append(all, events[:n]), events[n:]
			}
			b.ResetTimer()
			if _, err := s.Replay(ctx, engine.Replay{Batches: all, Memory: 4 << 20}); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// BenchmarkLag measures the time from an event being in the log to readers seeing it.
func BenchmarkLag(b *testing.B) {
	ctx := context.Background()
	log := enginetest.NewLog(adds(0, 1)...)
	e, err := engine.Open(ctx, testpg.DSN(b), log, []engine.Definition{library()}, quiet)
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	e.Wait(ctx, []string{"library"}, log.Append(fact(0, seen{Views: 1})))
	took := make([]time.Duration, 0, b.N)
	b.ResetTimer()
	for range b.N {
		started := time.Now()
		if !e.Wait(ctx, []string{"library"}, log.Append(fact(0, seen{Views: 1}))) {
			b.Fatal("the model lags")
		}
		took = append(took, time.Since(started))
	}
	b.StopTimer()
	sort.Slice(took, func(i, j int) bool { return took[i] < took[j] })
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
