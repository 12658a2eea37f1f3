package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/google/uuid"

	"vidilog/eventstore/postgres"
	"vidilog/projections/engine"
)

const (
	liveWriters = 8
	sampleEvery = 20 * time.Millisecond
)

// Live is what readers of read models see while writers, eight models and three process managers work. Times are in
// milliseconds, from the answer of an append to the moment all eight models hold it.
type Live struct {
	AppendsPerSecond float64 `json:"appendsPerSecond"`
	P50              float64 `json:"lagP50ms"`
	P99              float64 `json:"lagP99ms"`
	Late             int     `json:"late"` // longer than a handler would wait
	RebuildPerSecond float64 `json:"rebuildEventsPerSecond"`
}

func measureLive(ctx context.Context, dsn string, l length, seed int64, out io.Writer) (live Live, err error) {
	store, err := openPatiently(ctx, dsn)
	if err != nil {
		return live, err
	}
	defer store.Close()
	c, err := startConsumers(ctx, dsn, store, uuid.New())
	if err != nil {
		return live, err
	}
	defer c.close()
	if _, err := measureCell(ctx, store, liveWriters, l.warmUp, "livewarm", seed); err != nil {
		return live, err
	}
	var sampling sync.WaitGroup
	stop := make(chan struct{})
	var lags []time.Duration
	var sampleErr error
	sampling.Go(func() { lags, live.Late, sampleErr = sampleLag(ctx, store, c.engine, stop) })
	cell, err := measureCell(ctx, store, liveWriters, l.perCell, "live", seed)
	close(stop)
	sampling.Wait()
	if err := errors.Join(err, sampleErr); err != nil {
		return live, err
	}
	live.AppendsPerSecond = cell.AppendsPerSecond
	live.P50, live.P99, _ = percentiles(lags)
	fmt.Fprintf(out, "\nwith %d read models and %d process managers on the tail, %d writers: %.0f appends/s, "+
		"models behind by %.1f ms (p50), %.1f ms (p99), %d of %d waits too long\n",
		len(modelKeys), managers, liveWriters, live.AppendsPerSecond, live.P50, live.P99, live.Late, len(lags))
	if err := c.drain(ctx, finishWithin); err != nil {
		return live, err
	}
	live.RebuildPerSecond, err = measureRebuild(ctx, store, c.engine, out)
	return live, err
}

// sampleLag appends now and then and waits for all models, as a handler does that reads what it wrote.
func sampleLag(
	ctx context.Context, store *postgres.Store, models *engine.Engine, stop <-chan struct{},
) (lags []time.Duration, late int, err error) {
	plans := newPlanner("sampler", "sampler", 7)
	for {
		select {
		case <-stop:
			return lags, late, nil
		case <-ctx.Done():
			return lags, late, ctx.Err()
		case <-time.After(sampleEvery):
		}
		p := plans.next()
		p.Stale, p.Claim, p.Version = false, "", plans.version
		receipt, err := store.Append(ctx, p.toAppend())
		if err != nil {
			return lags, late, err
		}
		plans.version++
		started := time.Now()
		if !models.Wait(ctx, modelNames(), receipt.Position) {
			late++
		}
		lags = append(lags, time.Since(started))
	}
}

// measureRebuild builds the model with one row per stream from the first event on.
func measureRebuild(ctx context.Context, store *postgres.Store, models *engine.Engine, out io.Writer) (float64, error) {
	head, err := store.Head(ctx)
	if err != nil {
		return 0, err
	}
	started := time.Now()
	scratch, err := models.BuildTo(ctx, modelName(0), head, nil)
	if err != nil {
		return 0, err
	}
	rate := float64(head) / time.Since(started).Seconds()
	fmt.Fprintf(out, "rebuild of one model from %d events: %.0f events/s\n", head, rate)
	return rate, scratch.Drop(ctx)
}
