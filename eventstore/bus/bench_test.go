package bus_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/bus"
	"vidilog/internal/embedded/testpg"
)

// BenchmarkBacklog measures how fast a new group goes through a log with a handler that does nothing; one iteration is one
// event.
func BenchmarkBacklog(b *testing.B) {
	w := newWorld(b, testpg.Pool(b))
	const perAppend = 500
	for n := 0; n < b.N; n += perAppend {
		streams := make([]eventstore.StreamAppend, perAppend/5)
		for i := range streams {
			key := fmt.Sprint("k", (n+i)%2_000)
			streams[i].Stream = kernel.StreamID{Kind: "test", ID: key}
			for range 5 {
				draft, err := w.codec.Encode(noted{key, n}, uuid.New())
				w.must(err)
				streams[i].Events = append(streams[i].Events, draft)
			}
		}
		w.append(streams...)
	}
	var handled atomic.Int64
	all := make(chan struct{})
	p := w.open(bus.Options{})
	b.ResetTimer()
	p.run(group("g"), func(context.Context, *message.Message, eventstore.Event) error {
		if handled.Add(1) == int64(b.N) {
			close(all)
		}
		return nil
	})
	<-all
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
}
