package eventstore

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
)

// Limits of one append. They keep a batch within the memory and the statement size that the store was measured with.
const (
	MaxEventsPerAppend = 1_000
	MaxPayloadBytes    = 1 << 20
	MaxResultBytes     = 64 << 10
	MaxSealedBytes     = 64 << 10 // of one vault entry, and of Metadata.Origin
	// MaxNameBytes bounds kinds, event types, and parts of names that end in an index row (of at most 2,704 bytes).
	MaxNameBytes = 200
	// MaxKeyBytes bounds ids and claim keys. ActivityPub ids have up to 2,000 characters.
	MaxKeyBytes = 2_200
)

// Validate checks what an append must hold whatever the log says; adapters call it before anything else.
// Errors wrap ErrMalformed.
func (a Append) Validate() error {
	if a.Command.ID == "" || a.Command.Type == "" {
		return fmt.Errorf("%w: command id and type are required", ErrMalformed)
	}
	if a.Metadata.CommandID != "" && a.Metadata.CommandID != a.Command.ID {
		return fmt.Errorf("%w: metadata names command %q, the command is %q", ErrMalformed, a.Metadata.CommandID, a.Command.ID)
	}
	if err := a.validateTexts(); err != nil {
		return err
	}
	if len(a.Result) > MaxResultBytes {
		return fmt.Errorf("%w: result of %d bytes, the limit is %d", ErrMalformed, len(a.Result), MaxResultBytes)
	}
	if err := validateStreams(a.Streams); err != nil {
		return err
	}
	if err := validateVault(a.Vault); err != nil {
		return err
	}
	return validateClaims(a.Claims)
}

// validateTexts refuses what a database cannot store as text or index, before it could spoil the batch of others.
func (a Append) validateTexts() error {
	actor := a.Metadata.Actor
	for _, name := range []string{a.Command.Type, string(actor.Kind)} {
		if err := validateText(name, MaxNameBytes); err != nil {
			return err
		}
	}
	for _, key := range []string{a.Command.ID, a.Command.Actor, actor.ID, actor.OnBehalfOf} {
		if err := validateText(key, MaxKeyBytes); err != nil {
			return err
		}
	}
	if len(a.Metadata.Origin) > MaxSealedBytes {
		return fmt.Errorf("%w: origin of %d bytes, the limit is %d", ErrMalformed, len(a.Metadata.Origin), MaxSealedBytes)
	}
	return nil
}

func validateText(text string, limit int) error {
	if len(text) > limit {
		return fmt.Errorf("%w: %.40q… has %d bytes, the limit is %d", ErrMalformed, text, len(text), limit)
	}
	if !utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0 {
		return fmt.Errorf("%w: %.40q is not text (UTF-8 without zero bytes)", ErrMalformed, text)
	}
	return nil
}

func validateVault(changes []VaultChange) error {
	seen := make(map[string]bool, len(changes))
	for _, c := range changes {
		if c.Ref == "" || len(c.Sealed) > MaxSealedBytes {
			return fmt.Errorf("%w: vault entry %q with %d bytes", ErrMalformed, c.Ref, len(c.Sealed))
		}
		if seen[c.Ref] {
			return fmt.Errorf("%w: vault entry %q occurs twice", ErrMalformed, c.Ref)
		}
		seen[c.Ref] = true
		if err := validateText(c.Ref, MaxKeyBytes); err != nil {
			return err
		}
	}
	return nil
}

func validateClaims(claims []ClaimChange) error {
	seen := make(map[ClaimKey]bool, len(claims))
	for _, c := range claims {
		if c.Kind == "" || c.Key == "" || c.Owner == "" {
			return fmt.Errorf("%w: a claim needs kind, key and owner", ErrMalformed)
		}
		if seen[c.ClaimKey] {
			return fmt.Errorf("%w: claim %s %q occurs twice", ErrMalformed, c.Kind, c.Key)
		}
		seen[c.ClaimKey] = true
		if c.Action < TakeClaim || c.Action > RequireClaim {
			return fmt.Errorf("%w: claim %s %q with unknown action %d", ErrMalformed, c.Kind, c.Key, c.Action)
		}
		if err := firstOf(validateText(c.Kind, MaxNameBytes), validateText(c.Key, MaxKeyBytes), validateText(c.Owner, MaxKeyBytes)); err != nil {
			return err
		}
	}
	return nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
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
		if err := firstOf(validateText(string(s.Stream.Kind), MaxNameBytes), validateText(s.Stream.ID, MaxKeyBytes)); err != nil {
			return err
		}
		for _, d := range s.Events {
			if err := d.validate(s.Stream); err != nil {
				return err
			}
			count++
		}
	}
	if count > MaxEventsPerAppend {
		return fmt.Errorf("%w: %d events, the limit is %d", ErrMalformed, count, MaxEventsPerAppend)
	}
	return nil
}

func (d Draft) validate(stream kernel.StreamID) error {
	if d.Type == "" || len(d.Payload) == 0 || len(d.Payload) > MaxPayloadBytes {
		return fmt.Errorf("%w: event %q with %d bytes in %s", ErrMalformed, d.Type, len(d.Payload), stream)
	}
	if d.EventID == uuid.Nil {
		return fmt.Errorf("%w: event %q in %s has no id", ErrMalformed, d.Type, stream)
	}
	return firstOf(validateText(d.Type, MaxNameBytes), validateText(d.KeyRef, MaxKeyBytes))
}
