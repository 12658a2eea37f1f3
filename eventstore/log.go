package eventstore

import (
	"context"

	"vidilog/domain/kernel"
)

// Log is the whole store as one adapter gives it. Callers ask for the narrowest of the interfaces below.
type Log interface {
	Appender
	Reader
	Claims
	Sequences
	Vault
	Watcher
}

// Appender records decisions.
type Appender interface {
	// Append records everything in a or nothing. It answers the receipt of the first append when the command id has been
	// seen with the same payload hash. Errors: *WrongVersion, *ClaimTaken, *ClaimMissing, *CommandReused, or a fault of
	// the store. A connection lost at commit is settled inside (by the command id), never reported as failure; only when
	// ctx ends while the append is being written is the outcome unknown, which errors.Is(err, ErrOutcomeUnknown) tells.
	// The checks come in this order: command id, streams as listed, claims as listed; the first that fails is the error.
	Append(ctx context.Context, a Append) (Receipt, error)
}

// Reader reads recorded events. Payloads come as stored: sealed fields stay sealed, old schema versions stay old; codec
// turns them into domain events.
type Reader interface {
	// Read answers up to limit events with positions above after, in position order, without holes.
	Read(ctx context.Context, after Position, limit int) ([]Recorded, error)
	// ReadStream answers up to limit events of one stream with versions above after, in version order.
	ReadStream(ctx context.Context, stream kernel.StreamID, after Version, limit int) ([]Recorded, error)
	// Head is the position of the newest event, 0 for an empty log.
	Head(ctx context.Context) (Position, error)
	// CommandReceipt answers the receipt of a command that has been appended (Repeated is set), found=false for one never
	// seen or forgotten (see Command.Forever). Error: *CommandReused when the id was used with another payload hash.
	CommandReceipt(ctx context.Context, c Command) (r Receipt, found bool, err error)
}

// Claims looks up what has been claimed. A claim is unique over the whole log and is taken or released in the append that
// records why, so a look-up here is never stale the way a read model can be.
type Claims interface {
	// ClaimOwner answers who holds a claim.
	ClaimOwner(ctx context.Context, key ClaimKey) (owner string, found bool, err error)
	// ClaimsOf answers up to limit claims of a kind whose keys are above after, ordered by key as bytes: the look-up index
	// from one thing to the many that belong to it, for commands that must reach all of them.
	ClaimsOf(ctx context.Context, kind, after string, limit int) ([]Claim, error)
}

// Sequences draws the stable integers that PeerTube's API shows beside UUIDs.
type Sequences interface {
	// NextInteger draws the next integer of a kind ("video", "user", …), from 1. A number drawn and not used is lost; the
	// number lives in the event that uses it.
	NextInteger(ctx context.Context, kind string) (int64, error)
	// RaiseInteger makes the next integer of a kind greater than used, for imports. Opening a store does the same for
	// every kind from its claims (see IntegerClaim), so that a restored database never gives a number twice.
	RaiseInteger(ctx context.Context, kind string, used int64) error
}

// Vault reads secrets that are not in the log (password hashes, private keys), sealed as they were written.
type Vault interface {
	// VaultRead answers the sealed bytes stored under ref.
	VaultRead(ctx context.Context, ref string) (sealed []byte, found bool, err error)
}

// Watcher wakes readers.
type Watcher interface {
	// Changed answers a channel that is closed once the log may hold events above after. It is a hint: a reader also polls.
	Changed(after Position) <-chan struct{}
}
