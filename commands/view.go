package commands

import (
	"context"

	"vidilog/domain/kernel"
)

// View answers the state of one aggregate as of now, straight from the log. It is for what must never be stale (a password
// reference, a client secret); lists and pages come from read models.
func View[S Aggregate[S]](ctx context.Context, b *Bus, id kernel.StreamID) (S, error) {
	state, _, err := b.fold(ctx, id, func(state any, e kernel.Event) any { return state.(S).Apply(e) }, *new(S))
	if err != nil {
		var zero S
		return zero, err
	}
	return state.(S), nil
}
