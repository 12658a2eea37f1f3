package enginetest

import (
	"context"

	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// CheckDigest projects facts and compares the digest of the rows with the one that was noted when the model got its version. A
// change of the code that changes the rows of an unchanged log needs a new version, or live rows and replays would differ.
func CheckDigest(t TB, dsn string, d engine.Definition, facts []Fact, want string) {
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
	got, err := scratch.Replay(ctx, engine.Replay{Batches: [][]eventstore.Event{Record(0, facts...)}, Memory: roomy})
	if err != nil {
		t.Fatalf("project: %v", err)
	}
	if got.String() != want {
		t.Fatalf("version %d of %s makes other rows of the fixture log than before (%d rows, digest %s, noted is %s); "+
			"raise Version if that is meant, and note the new digest", d.Version, d.Name, got.Rows, got, want)
	}
	_ = scratch.Drop(ctx) // the database is the test's own and goes with it
}
