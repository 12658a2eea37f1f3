package eventstore

import (
	"fmt"

	"vidilog/domain/kernel"
)

// Limits of one append. They keep a batch within the memory and the statement size that the store was measured with.
const (
	MaxEventsPerAppend = 1_000
	MaxPayloadBytes    = 1 << 20
	MaxResultBytes     = 64 << 10
)

// Validate checks what an append must hold whatever the log says; adapters call it before anything else.
// Errors wrap ErrMalformed.
func (a Append) Validate() error {
	if a.Command.ID == "" || a.Command.Type == "" {
		return fmt.Errorf("%w: command id and type are required", ErrMalformed)
	}
	if len(a.Result) > MaxResultBytes {
		return fmt.Errorf("%w: result of %d bytes, the limit is %d", ErrMalformed, len(a.Result), MaxResultBytes)
	}
	if err := validateStreams(a.Streams); err != nil {
		return err
	}
	seen := make(map[ClaimKey]bool, len(a.Claims))
	for _, c := range a.Claims {
		if c.Kind == "" || c.Key == "" || c.Owner == "" {
			return fmt.Errorf("%w: a claim needs kind, key and owner", ErrMalformed)
		}
		if seen[c.ClaimKey] {
			return fmt.Errorf("%w: claim %s %q occurs twice", ErrMalformed, c.Kind, c.Key)
		}
		seen[c.ClaimKey] = true
	}
	return nil
}

func validateStreams(streams []StreamAppend) error {
	seen := make(map[kernel.StreamID]bool, len(streams))
	count := 0
	for _, s := range streams {
		if s.Stream.Kind == "" || s.Stream.ID == "" {
			return fmt.Errorf("%w: a stream needs kind and id", ErrMalformed)
		}
		if seen[s.Stream] {
			return fmt.Errorf("%w: stream %s occurs twice", ErrMalformed, s.Stream)
		}
		seen[s.Stream] = true
		for _, d := range s.Events {
			if d.Type == "" || len(d.Payload) == 0 || len(d.Payload) > MaxPayloadBytes {
				return fmt.Errorf("%w: event %q with %d bytes in %s", ErrMalformed, d.Type, len(d.Payload), s.Stream)
			}
			count++
		}
	}
	if count > MaxEventsPerAppend {
		return fmt.Errorf("%w: %d events, the limit is %d", ErrMalformed, count, MaxEventsPerAppend)
	}
	return nil
}
