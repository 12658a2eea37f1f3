package commands

import (
	"context"

	"vidilog/eventstore"
)

// Within runs a command as part of a larger unit of work, for process managers that append their own events together with
// those of the commands they want. The requirement is not checked: only the server builds such work.
func Within[C, R any](ctx context.Context, w *Work, s Spec[C, R], c C) (R, error) {
	if s.Validate != nil {
		if err := s.Validate(c); err != nil {
			var zero R
			return zero, err
		}
	}
	return s.Handle(ctx, w, c)
}

// Together runs one unit of work that do fills, under one command id. It is repeated when it loses against another writer;
// work that comes to nothing appends nothing and answers the zero receipt.
func Together(ctx context.Context, b *Bus, caller Caller, kind string, do func(ctx context.Context, w *Work) error) (eventstore.Receipt, error) {
	command, err := identify(b, &caller, kind, caller.CommandID)
	if err != nil {
		return eventstore.Receipt{}, err
	}
	if receipt, found, err := b.log.CommandReceipt(ctx, command); err != nil || found {
		return receipt, refusalOf(err)
	}
	return repeatLost(ctx, nil, func() (eventstore.Receipt, error) {
		w := newWork(b, caller, command)
		if err := do(ctx, w); err != nil {
			return eventstore.Receipt{}, err
		}
		if w.isEmpty() {
			return eventstore.Receipt{}, nil
		}
		return w.commit(ctx, struct{}{})
	})
}
