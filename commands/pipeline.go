package commands

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// Spec is one command: who may send it, what it must hold and what it does. C is the command's data and R its result, both
// as JSON: C is hashed to tell a repeat from a reuse of the command id, R is stored for the repeat. Secrets in C are left
// out by a `json:"-"` tag.
type Spec[C, R any] struct {
	// Type is the command's name, such as "video.upload".
	Type  string
	Needs Requirement
	// Validate answers CodeInvalid for data that no state could make acceptable; nil for none.
	Validate func(C) error
	// LostRace, when set, is the refusal for a command that another writer came before: what it wanted is decided. Without it
	// a lost race repeats load and decide.
	LostRace error
	// Handle loads, decides and appends to w. It may run several times: everything it does goes through w.
	Handle func(ctx context.Context, w *Work, c C) (R, error)
}

// Outcome is what a command has led to.
type Outcome[R any] struct {
	Result R
	// Position of its last event: what a read model must have reached to show it.
	Position eventstore.Position
	// Repeated says that the command id had been seen and nothing was done now.
	Repeated bool
}

// maxAttempts bounds how often load and decide are repeated after losing a race; at the measured rates the chance to lose
// even four times is nil unless one stream is written to without pause.
const maxAttempts = 10

// Run sends one command through the pipeline. Errors are *kernel.Error for refusals, others for faults.
func Run[C, R any](ctx context.Context, b *Bus, caller Caller, s Spec[C, R], c C) (Outcome[R], error) {
	ctx, span := b.tracer.Start(ctx, "command "+s.Type, trace.WithAttributes(attribute.String("actor", string(caller.Actor.Kind))))
	defer span.End()
	outcome, err := run(ctx, b, caller, s, c)
	if err != nil && kernel.CodeOf(err) == "" {
		span.SetStatus(codes.Error, err.Error())
	}
	return outcome, err
}

func run[C, R any](ctx context.Context, b *Bus, caller Caller, s Spec[C, R], c C) (Outcome[R], error) {
	if err := s.Needs.admit(caller); err != nil {
		return Outcome[R]{}, err
	}
	if s.Validate != nil {
		if err := s.Validate(c); err != nil {
			return Outcome[R]{}, err
		}
	}
	repeatable := caller.CommandID != ""
	command, err := identify(b, &caller, s.Type, c)
	if err != nil {
		return Outcome[R]{}, err
	}
	if repeatable {
		if receipt, found, err := b.log.CommandReceipt(ctx, command); err != nil || found {
			var first R
			return outcomeOf(first, receipt, refusalOf(err))
		}
	}
	outcome, err := repeatLost(ctx, s.LostRace, func() (Outcome[R], error) {
		w := newWork(b, caller, command)
		result, err := s.Handle(ctx, w, c)
		if err != nil {
			return Outcome[R]{}, err
		}
		receipt, err := w.commit(ctx, result)
		return outcomeOf(result, receipt, err)
	})
	if !repeatable || kernel.CodeOf(err) == "" {
		return outcome, err
	}
	// The same command may have been appended since it was looked up: then this refusal is of its own doing.
	if receipt, found, lookUp := b.log.CommandReceipt(ctx, command); lookUp == nil && found {
		var first R
		return outcomeOf(first, receipt, nil)
	}
	return outcome, err
}

// identify gives the command its id, the hash of its content and, for a fresh request, a correlation.
func identify(b *Bus, caller *Caller, kind string, content any) (eventstore.Command, error) {
	payload, err := json.Marshal(content)
	if err != nil {
		return eventstore.Command{}, fmt.Errorf("encode command %s: %w", kind, err)
	}
	if caller.CommandID == "" {
		caller.CommandID = b.newID().String()
	}
	if caller.Correlation == uuid.Nil {
		caller.Correlation = b.newID()
	}
	return eventstore.Command{
		CommandKey:  eventstore.CommandKey{Actor: caller.Actor.String(), Type: kind, ID: caller.CommandID},
		PayloadHash: sha256.Sum256(payload),
		Forever:     caller.Actor.Kind == kernel.ActorProcess,
	}, nil
}

// outcomeOf answers the result stored with the first append when this one was a repeat.
func outcomeOf[R any](result R, receipt eventstore.Receipt, err error) (Outcome[R], error) {
	if err != nil {
		return Outcome[R]{}, err
	}
	if receipt.Repeated && len(receipt.Result) > 0 {
		if err := json.Unmarshal(receipt.Result, &result); err != nil {
			return Outcome[R]{}, fmt.Errorf("decode the first result: %w", err)
		}
	}
	return Outcome[R]{Result: result, Position: receipt.Position, Repeated: receipt.Repeated}, nil
}

// repeatLost runs attempt until it does not lose against another writer of the same stream; a refusal ends it at the first loss.
func repeatLost[T any](ctx context.Context, refusal error, attempt func() (T, error)) (T, error) {
	for n := 1; ; n++ {
		result, err := attempt()
		var lost *eventstore.WrongVersion
		if !errors.As(err, &lost) {
			return result, refusalOf(err)
		}
		if refusal != nil {
			return result, refusal
		}
		if n == maxAttempts {
			return result, kernel.Conflict("%s is being changed by others all the time; try again", lost.Stream.Kind)
		}
		select {
		case <-ctx.Done():
			return result, ctx.Err()
		case <-time.After(time.Duration(rand.Int64N(int64(n) * int64(2*time.Millisecond)))):
		}
	}
}

// refusalOf turns what the store refuses into the refusal people see.
func refusalOf(err error) error {
	var taken *eventstore.ClaimTaken
	var reused *eventstore.CommandReused
	switch {
	case errors.As(err, &taken):
		return kernel.Conflict("the %s is taken", taken.Kind)
	case errors.As(err, &reused):
		return kernel.Conflict("the command id was used before with another content")
	}
	return err
}
