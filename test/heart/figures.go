package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"vidilog/eventstore"
	"vidilog/eventstore/postgres"
)

var writerCounts = []int{1, 8, 32, 128, 256}

// Cell is what one number of writers in one process reached. Times are in milliseconds.
type Cell struct {
	Writers          int     `json:"writers"`
	AppendsPerSecond float64 `json:"appendsPerSecond"`
	EventsPerSecond  float64 `json:"eventsPerSecond"`
	P50              float64 `json:"p50ms"`
	P99              float64 `json:"p99ms"`
	Longest          float64 `json:"longestMs"`
}

func measureAppends(ctx context.Context, dsn string, l length, seed int64, out io.Writer) ([]Cell, error) {
	store, err := openPatiently(ctx, dsn)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	if _, err := measureCell(ctx, store, 8, l.warmUp, "warm", seed); err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "\n%8s %12s %12s %9s %9s %9s\n", "writers", "appends/s", "events/s", "p50 ms", "p99 ms", "max ms")
	var cells []Cell
	for _, writers := range writerCounts {
		cell, err := measureCell(ctx, store, writers, l.perCell, fmt.Sprint("w", writers), seed)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(out, "%8d %12.0f %12.0f %9.2f %9.2f %9.1f\n",
			cell.Writers, cell.AppendsPerSecond, cell.EventsPerSecond, cell.P50, cell.P99, cell.Longest)
		cells = append(cells, cell)
	}
	return cells, nil
}

func measureCell(
	ctx context.Context, store *postgres.Store, writers int, takes time.Duration, name string, seed int64,
) (Cell, error) {
	crew := make([]*writer, writers)
	errs := make([]error, writers)
	stop := make(chan struct{})
	var group sync.WaitGroup
	started := time.Now()
	for i := range crew {
		// Two writers compete for the same claims, as the processes of the stress part do.
		rival := fmt.Sprintf("%s.%d", name, i/2)
		crew[i] = &writer{log: store, planner: newPlanner(fmt.Sprintf("%s.%d", name, i), rival, uint64(seed)+uint64(i))}
		group.Go(func() { errs[i] = crew[i].run(ctx, stop) })
	}
	select {
	case <-time.After(takes):
	case <-ctx.Done():
	}
	close(stop)
	group.Wait()
	elapsed := time.Since(started).Seconds()
	cell := Cell{Writers: writers}
	var latencies []time.Duration
	for i, w := range crew {
		if errs[i] != nil {
			return cell, errs[i]
		}
		cell.AppendsPerSecond += float64(w.appends) / elapsed
		cell.EventsPerSecond += float64(w.events) / elapsed
		latencies = append(latencies, w.latencies...)
	}
	cell.P50, cell.P99, cell.Longest = percentiles(latencies)
	return cell, ctx.Err()
}

func percentiles(all []time.Duration) (p50, p99, longest float64) {
	if len(all) == 0 {
		return 0, 0, 0
	}
	slices.Sort(all)
	at := func(share float64) float64 {
		return float64(all[min(int(share*float64(len(all))), len(all)-1)].Microseconds()) / 1000
	}
	return at(0.50), at(0.99), at(1)
}

// Replay is how fast a log is read back, envelopes and payload bytes, without decoding payloads.
type Replay struct {
	Events          int     `json:"events"`
	EventsPerSecond float64 `json:"eventsPerSecond"`
	TwoReaders      float64 `json:"twoReadersEventsPerSecond"`
}

const replayPage = 5_000

func measureReplay(ctx context.Context, dsn string, out io.Writer) (Replay, error) {
	store, err := openPatiently(ctx, dsn)
	if err != nil {
		return Replay{}, err
	}
	defer store.Close()
	head, err := store.Head(ctx)
	if err != nil {
		return Replay{}, err
	}
	replay := Replay{Events: int(head)}
	if replay.EventsPerSecond, err = readWith(ctx, store, head, 1); err != nil {
		return replay, err
	}
	replay.TwoReaders, err = readWith(ctx, store, head, 2)
	fmt.Fprintf(out, "\nreplay of %d events, pages of %d, payloads not decoded: %.0f events/s, with two readers %.0f events/s\n",
		head, replayPage, replay.EventsPerSecond, replay.TwoReaders)
	return replay, err
}

// readWith lets each reader read its part of the log.
func readWith(ctx context.Context, store *postgres.Store, head eventstore.Position, readers int) (float64, error) {
	errs := make([]error, readers)
	var group sync.WaitGroup
	started := time.Now()
	for i := range readers {
		part := head / eventstore.Position(readers)
		group.Go(func() { errs[i] = readPart(ctx, store, part*eventstore.Position(i), part*eventstore.Position(i+1)) })
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return 0, err
		}
	}
	return float64(head) / time.Since(started).Seconds(), nil
}

func readPart(ctx context.Context, store *postgres.Store, after, until eventstore.Position) error {
	for after < until {
		page, err := store.Read(ctx, after, replayPage)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return fmt.Errorf("nothing after %d, the log should reach %d", after, until)
		}
		after = page[len(page)-1].Position
	}
	return nil
}
