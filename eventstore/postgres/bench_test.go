package postgres_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/postgres"
	"vidilog/internal/embedded/testpg"
)

// BenchmarkAppend appends from several writers at once, one event of 550 bytes each, to a database that does not sync: what it
// shows is the processor's part. test/heart measures with the disk's.
func BenchmarkAppend(b *testing.B) {
	if testing.Short() {
		b.Skip("needs PostgreSQL")
	}
	for _, writers := range []int{1, 8, 32, 128} {
		b.Run(fmt.Sprintf("%d writers", writers), func(b *testing.B) {
			store, err := postgres.Open(context.Background(), testpg.DSN(b), postgres.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer store.Close()
			payload := []byte(`{"text":"` + strings.Repeat("x", 540) + `"}`)
			var next atomic.Int64
			var group sync.WaitGroup
			b.ResetTimer()
			for range writers {
				group.Go(func() {
					for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
						appendOne(b, store, payload)
					}
				})
			}
			group.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

func appendOne(b *testing.B, store *postgres.Store, payload []byte) {
	id := uuid.New()
	_, err := store.Append(context.Background(), eventstore.Append{
		Command: eventstore.Command{
			CommandKey:  eventstore.CommandKey{Actor: "bench", Type: "bench", ID: id.String()},
			PayloadHash: sha256.Sum256(payload),
		},
		Metadata: eventstore.Metadata{CommandID: id.String(), Correlation: id, Actor: kernel.System("bench")},
		Streams: []eventstore.StreamAppend{{
			Stream: kernel.StreamID{Kind: "bench", ID: id.String()}, Expected: eventstore.None(),
			Events: []eventstore.Draft{{EventID: uuid.New(), Type: "bench.noted", SchemaVersion: 1, Payload: payload}},
		}},
	})
	if err != nil {
		b.Error(err)
	}
}
