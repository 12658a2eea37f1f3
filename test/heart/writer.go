package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"vidilog/eventstore"
)

// writer is one client of the log: it appends, waits, and checks every answer.
type writer struct {
	log     eventstore.Appender
	planner *planner
	journal *journal // nil: nothing is written down
	seen    []acknowledged

	appends, events int
	latencies       []time.Duration
}

type acknowledged struct {
	plan    Plan
	receipt eventstore.Receipt
}

// rememberedAcks is from how many of its last acknowledged commands a writer picks one to repeat.
const rememberedAcks = 64

// run writes until stop; an append under way is finished.
func (w *writer) run(ctx context.Context, stop <-chan struct{}) error {
	for {
		select {
		case <-stop:
			return nil
		case <-ctx.Done():
			return nil
		default:
		}
		var err error
		if len(w.seen) > 0 && w.planner.chance(percentRepeats) {
			err = w.repeat(ctx, w.seen[rand.IntN(len(w.seen))])
		} else {
			err = w.write(ctx, w.planner.next(), false)
		}
		if err != nil {
			return fmt.Errorf("writer %s: %w", w.planner.name, err)
		}
	}
}

// write appends a plan and holds the answer against what the plan must get. resent says that an earlier life of this
// process may have had it recorded.
func (w *writer) write(ctx context.Context, p Plan, resent bool) error {
	if err := w.journal.intend(p); err != nil {
		return err
	}
	started := time.Now()
	receipt, err := w.log.Append(ctx, p.toAppend())
	w.latencies = append(w.latencies, time.Since(started))
	w.appends++
	switch {
	case err == nil && p.Stale:
		return fmt.Errorf("%s was recorded at a version its stream does not have", p.ID)
	case err == nil && receipt.Repeated && !resent:
		return fmt.Errorf("%s was answered as a repeat the first time", p.ID)
	case err == nil:
		return w.won(p, receipt)
	default:
		return w.lost(p, err)
	}
}

func (w *writer) won(p Plan, receipt eventstore.Receipt) error {
	if p.Own == w.planner.ownStream() {
		w.planner.version = p.Version + 1
	}
	w.events += p.events()
	w.seen = append(w.seen, acknowledged{plan: p, receipt: receipt})
	if len(w.seen) > rememberedAcks {
		w.seen = w.seen[1:]
	}
	return w.journal.acknowledge(p, receipt.Position)
}

// lost passes only the error that this plan may get.
func (w *writer) lost(p Plan, err error) error {
	var version *eventstore.WrongVersion
	var taken *eventstore.ClaimTaken
	switch {
	case p.Stale && errors.As(err, &version):
		if version.Expected != p.Version || version.Actual != p.Version-1 {
			return fmt.Errorf("%s lost with the wrong versions: %w", p.ID, err)
		}
	case p.Claim != "" && errors.As(err, &taken):
		if taken.ClaimKey != claimKey(p.Claim) || taken.Owner == p.ID {
			return fmt.Errorf("%s lost with the wrong claim: %w", p.ID, err)
		}
	default:
		return fmt.Errorf("%s must not fail: %w", p.ID, err)
	}
	return w.journal.refuse(p)
}

// repeat sends a command again, which must get its first answer.
func (w *writer) repeat(ctx context.Context, a acknowledged) error {
	started := time.Now()
	receipt, err := w.log.Append(ctx, a.plan.toAppend())
	w.latencies = append(w.latencies, time.Since(started))
	w.appends++
	if err != nil {
		return fmt.Errorf("repeat of %s: %w", a.plan.ID, err)
	}
	if !receipt.Repeated || receipt.Position != a.receipt.Position || !bytes.Equal(receipt.Result, a.receipt.Result) {
		return fmt.Errorf("repeat of %s got %+v, first it was %+v", a.plan.ID, receipt, a.receipt)
	}
	return nil
}
