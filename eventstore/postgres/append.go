package postgres

import (
	"context"
	"errors"
	"fmt"

	"vidilog/eventstore"
)

// Append hands the append to the appender and waits for its answer. When ctx ends first it says whether the append may
// still be recorded (ErrOutcomeUnknown) or is certainly not.
func (s *Store) Append(ctx context.Context, a eventstore.Append) (eventstore.Receipt, error) {
	if err := a.Validate(); err != nil {
		return eventstore.Receipt{}, err
	}
	if _, bounded := ctx.Deadline(); !bounded {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.options.AppendTimeout)
		defer cancel()
	}
	r := newRequest(a)
	if err := s.appender.enqueue(ctx, r); err != nil {
		return eventstore.Receipt{}, err
	}
	select {
	case got := <-r.answer:
		return got.receipt, got.err
	case <-ctx.Done():
		return s.appender.abandon(r, ctx.Err())
	case <-s.appender.done:
		return s.appender.abandon(r, eventstore.ErrClosed)
	}
}

// enqueue waits for a place in the queue: that is the back-pressure.
func (a *appender) enqueue(ctx context.Context, r *request) error {
	select {
	case <-a.closing:
		return eventstore.ErrClosed
	default:
	}
	select {
	case a.queue <- r:
		return nil
	default:
	}
	select {
	case a.queue <- r:
		return nil
	case <-a.closing:
		return eventstore.ErrClosed
	case <-ctx.Done():
		return fmt.Errorf("append not recorded, %d appends were waiting before it: %w", cap(a.queue), ctx.Err())
	}
}

// abandon leaves the append to its fate. An answer that has come in the meantime is taken.
func (a *appender) abandon(r *request, cause error) (eventstore.Receipt, error) {
	if r.state.CompareAndSwap(requestWaiting, requestLeft) {
		err := fmt.Errorf("append not recorded: %w", cause)
		if fault := a.lastFault.Load(); fault != nil {
			err = fmt.Errorf("%w (the store's last fault: %w)", err, *fault)
		}
		return eventstore.Receipt{}, err
	}
	r.state.Store(requestLeft)
	select {
	case got := <-r.answer:
		return got.receipt, got.err
	default:
		return eventstore.Receipt{}, errors.Join(eventstore.ErrOutcomeUnknown, cause)
	}
}
