package eventstore

import (
	"errors"
	"fmt"

	"vidilog/domain/kernel"
)

// ErrOutcomeUnknown means that the caller stopped waiting before the store could say whether the append was recorded.
// Sending the same command again answers it.
var ErrOutcomeUnknown = errors.New("the outcome of the append is not known; send the same command again")

// ErrMalformed means that an append contradicts itself: a stream or claim twice, no command id, a payload that is too large.
var ErrMalformed = errors.New("malformed append")

// ErrClosed means that the store has been closed; the append was not recorded.
var ErrClosed = errors.New("the event store is closed")

// WrongVersion means that a stream has moved on since it was loaded. Loading and deciding again is the cure.
type WrongVersion struct {
	Stream   kernel.StreamID
	Expected Version
	Actual   Version
}

func (e *WrongVersion) Error() string {
	return fmt.Sprintf("stream %s is at version %d, expected %d", e.Stream, e.Actual, e.Expected)
}

// ClaimTaken means that somebody else holds what the append wanted to take or release.
type ClaimTaken struct {
	ClaimKey
	Owner string
}

func (e *ClaimTaken) Error() string {
	return fmt.Sprintf("%s %q is held by %s", e.Kind, e.Key, e.Owner)
}

// ClaimMissing means that a required claim is not held by the owner it was required of.
type ClaimMissing struct {
	ClaimKey
	Owner string
}

func (e *ClaimMissing) Error() string {
	return fmt.Sprintf("%s %q is not held by %s", e.Kind, e.Key, e.Owner)
}

// CommandReused means that a command id came again with another payload.
type CommandReused struct{ CommandKey }

func (e *CommandReused) Error() string {
	return fmt.Sprintf("command id %s of %s was used before with another content", e.ID, e.Type)
}
