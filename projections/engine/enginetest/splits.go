package enginetest

import (
	"context"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// TB is what the check needs of *testing.T or GinkgoT().
type TB interface {
	rapid.TB
	Cleanup(func())
}

// CheckSplits checks the property that a reducer must have: any log that draw makes gives the same rows in one batch, in any
// split into batches, event by event with no row kept in memory, and by COPY with and without room in memory. dsn is a database
// of the test's own.
func CheckSplits(t TB, dsn string, d engine.Definition, draw func(t *rapid.T) []Fact) {
	t.Helper()
	ctx := context.Background()
	e, err := engine.Connect(ctx, dsn, NewLog(), []engine.Definition{d}, engine.Options{})
	if err != nil {
		t.Fatalf("connect: %v", err)
	}
	t.Cleanup(e.Close)
	scratch, err := e.BuildTo(ctx, d.Name, 0, nil)
	if err != nil {
		t.Fatalf("create the tables: %v", err)
	}
	t.Cleanup(func() { _ = scratch.Drop(ctx) }) // the database is the test's own and goes with it
	rapid.Check(t, func(t *rapid.T) {
		events := Record(0, draw(t)...)
		want, err := scratch.Replay(ctx, engine.Replay{Batches: [][]eventstore.Event{events}, Memory: roomy})
		if err != nil {
			t.Fatalf("in one batch: %v", err)
		}
		ways := map[string]engine.Replay{
			"in drawn batches":                {Memory: roomy},
			"in drawn batches without memory": {Memory: 1},
			"by COPY":                         {Copy: true, Memory: roomy},
			"by COPY without memory":          {Copy: true, Memory: 1},
		}
		way := rapid.SampledFrom(slices.Sorted(maps.Keys(ways))).Draw(t, "way")
		how := ways[way]
		how.Batches = split(t, events)
		got, err := scratch.Replay(ctx, how)
		if err != nil {
			t.Fatalf("%s: %v", way, err)
		}
		if !got.Same(want) {
			t.Fatalf("%s the rows differ from those in one batch: %d rows %s, want %d rows %s", way, got.Rows, got, want.Rows, want)
		}
	})
}

const roomy = 64 << 20

// split cuts events into batches of drawn sizes.
func split(t *rapid.T, events []eventstore.Event) [][]eventstore.Event {
	var all [][]eventstore.Event
	for len(events) > 0 {
		n := rapid.IntRange(1, len(events)).Draw(t, "batch")
		all, events = append(all, events[:n]), events[n:]
	}
	return all
}
