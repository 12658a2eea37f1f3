package codec_test

import (
	"testing"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/codec"
)

// BenchmarkDecode measures one decoder on events of about 550 bytes; replay runs several beside the reader.
func BenchmarkDecode(b *testing.B) {
	r, err := codec.New([]kernel.Event{published{}})
	if err != nil {
		b.Fatal(err)
	}
	event := aPublished()
	for len(event.Files) < 7 {
		event.Files = append(event.Files, file{1080, 123456789, 30})
	}
	draft, err := r.Encode(event, uuid.New())
	if err != nil {
		b.Fatal(err)
	}
	recs := make([]eventstore.Recorded, 1000)
	for i := range recs {
		recs[i] = recorded(draft)
	}
	b.SetBytes(int64(len(draft.Payload) * len(recs)))
	b.ReportAllocs()
	events := make([]eventstore.Event, 0, len(recs))
	for b.Loop() {
		if events, err = r.DecodeInto(events[:0], recs); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(recs))/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkEncode measures the way into the log.
func BenchmarkEncode(b *testing.B) {
	r, err := codec.New([]kernel.Event{published{}})
	if err != nil {
		b.Fatal(err)
	}
	event, id := aPublished(), uuid.New()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Encode(event, id); err != nil {
			b.Fatal(err)
		}
	}
}
