package main

import (
	"context"
	"io"
	"os"
	"testing"
	"time"
)

// TestMain lets the test binary be the processes of writers, as the harness itself is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == workerVerb {
		if err := work(context.Background(), os.Stdin); err != nil {
			_, _ = os.Stderr.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// The stress part in little: make bench-heart runs all of it.
func TestTheLogUnderKills(t *testing.T) {
	if testing.Short() {
		t.Skip("starts PostgreSQL and kills it")
	}
	l := length{stress: 6 * time.Second, kills: 2 * time.Second}
	seed := time.Now().UnixNano()
	err := withPostgres(t.Context(), func(dsn, dir string) error {
		found, err := stress(t.Context(), dsn, dir, l, seed, io.Discard)
		if err == nil && (found.KilledProcesses == 0 || found.Acknowledged == 0 || found.Reactions == 0) {
			t.Errorf("nothing was put to the test: %+v", found)
		}
		return err
	})
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
}

func TestPercentiles(t *testing.T) {
	var all []time.Duration
	for i := range 100 {
		all = append(all, time.Duration(100-i)*time.Millisecond)
	}
	if p50, p99, longest := percentiles(all); p50 != 51 || p99 != 100 || longest != 100 {
		t.Errorf("got %v, %v, %v", p50, p99, longest)
	}
}
