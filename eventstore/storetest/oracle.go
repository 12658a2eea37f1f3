package storetest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"reflect"
	"time"

	"pgregory.net/rapid"

	"vidilog/eventstore"
)

// DrawAppends makes up appends that meet each other: few streams, claims, secrets and command ids.
func DrawAppends(t *rapid.T) []eventstore.Append {
	return rapid.SliceOfN(rapid.Custom(drawAppend), 1, 25).Draw(t, "appends")
}

func drawAppend(t *rapid.T) eventstore.Append {
	a := newAppend()
	if rapid.Bool().Draw(t, "known command id") {
		a.Command.ID = fmt.Sprint("command-", rapid.IntRange(0, 5).Draw(t, "command"))
		a.Command.Actor = rapid.SampledFrom([]string{"ann", "bob"}).Draw(t, "actor")
		a.Command.PayloadHash = sha256.Sum256([]byte{byte(rapid.IntRange(0, 3).Draw(t, "content") / 3)})
	}
	a.Command.Forever = rapid.Bool().Draw(t, "forever")
	a.Result = rapid.SliceOfN(rapid.Byte(), 0, 8).Draw(t, "result")
	for _, id := range someOf(t, "streams", "a", "b", "c", "d") {
		to(id, drawExpected(t), make([]string, rapid.IntRange(0, 3).Draw(t, "events"))...)(&a)
	}
	for _, key := range someOf(t, "claims", "news", "sport", "art") {
		action := eventstore.ClaimAction(rapid.IntRange(0, 2).Draw(t, "action"))
		claim(action, key, rapid.SampledFrom([]string{"one", "two"}).Draw(t, "owner"))(&a)
	}
	for _, ref := range someOf(t, "secrets", "x", "y") {
		vault(ref, rapid.SampledFrom([][]byte{nil, {1}, {2, 3}}).Draw(t, "sealed"))(&a)
	}
	return a
}

func drawExpected(t *rapid.T) eventstore.Expected {
	switch version := rapid.IntRange(-3, 4).Draw(t, "expected"); {
	case version < 0:
		return eventstore.Any()
	case version == 0:
		return eventstore.None()
	default:
		return eventstore.Exactly(eventstore.Version(version))
	}
}

func someOf(t *rapid.T, label string, all ...string) []string {
	order := rapid.Permutation(all).Draw(t, label)
	return order[:rapid.IntRange(0, min(2, len(all))).Draw(t, label+" taken")]
}

// Outcome is what one append got.
type Outcome struct {
	Receipt eventstore.Receipt
	Err     error
}

// CompareOutcomes says how two outcomes of the same append differ, nil when they do not.
func CompareOutcomes(got, want Outcome) error {
	if !reflect.DeepEqual(got.Err, want.Err) {
		return fmt.Errorf("error is %w, want %w", got.Err, want.Err)
	}
	g, w := got.Receipt, want.Receipt
	if g.Position != w.Position || g.Repeated != w.Repeated || string(g.Result) != string(w.Result) {
		return fmt.Errorf("receipt is %+v, want %+v", g, w)
	}
	return nil
}

// CompareLogs says how two logs differ that took the same appends: in events (but for the time they were recorded), in
// streams, claims or secrets of DrawAppends. nil when they do not.
func CompareLogs(ctx context.Context, got, want eventstore.Log) error {
	gotEvents, err := got.Read(ctx, 0, 100_000)
	if err != nil {
		return err
	}
	wantEvents, err := want.Read(ctx, 0, 100_000)
	if err != nil {
		return err
	}
	errs := []error{compareEvents("the log", gotEvents, wantEvents)}
	for _, id := range []string{"a", "b", "c", "d"} {
		g, err := got.ReadStream(ctx, stream(id), 0, 100_000)
		errs = append(errs, err)
		w, err := want.ReadStream(ctx, stream(id), 0, 100_000)
		errs = append(errs, err, compareEvents("stream "+id, g, w))
	}
	for _, key := range []string{"news", "sport", "art"} {
		g, _, err := got.ClaimOwner(ctx, handle(key))
		errs = append(errs, err)
		if w, _, _ := want.ClaimOwner(ctx, handle(key)); g != w {
			errs = append(errs, fmt.Errorf("%s is held by %q, want %q", key, g, w))
		}
	}
	for _, ref := range []string{"x", "y"} {
		g, gotFound, err := got.VaultRead(ctx, ref)
		errs = append(errs, err)
		if w, wantFound, _ := want.VaultRead(ctx, ref); gotFound != wantFound || string(g) != string(w) {
			errs = append(errs, fmt.Errorf("secret %s is %v, want %v", ref, g, w))
		}
	}
	return errors.Join(errs...)
}

func compareEvents(what string, got, want []eventstore.Recorded) error {
	if len(got) != len(want) {
		return fmt.Errorf("%s has %d events, want %d", what, len(got), len(want))
	}
	for i := range got {
		g, w := got[i], want[i]
		if g.Leaf() != g.LeafHash {
			return fmt.Errorf("leaf hash of %d in %s does not fit", g.Position, what)
		}
		g.RecordedAt, w.RecordedAt, g.LeafHash, w.LeafHash = time.Time{}, time.Time{}, [32]byte{}, [32]byte{}
		if !reflect.DeepEqual(g, w) {
			return fmt.Errorf("event %d of %s is %+v, want %+v", i, what, g, w)
		}
	}
	return nil
}

// CompareWithOracle sends the same appends, one after the other, to an adapter and to the oracle.
func CompareWithOracle(t *rapid.T, subject, oracle eventstore.Log) {
	ctx := context.Background()
	for i, a := range DrawAppends(t) {
		var got, want Outcome
		want.Receipt, want.Err = oracle.Append(ctx, a)
		got.Receipt, got.Err = subject.Append(ctx, a)
		if err := CompareOutcomes(got, want); err != nil {
			t.Fatalf("append %d: %v", i, err)
		}
	}
	if err := CompareLogs(ctx, subject, oracle); err != nil {
		t.Fatal(err)
	}
}
