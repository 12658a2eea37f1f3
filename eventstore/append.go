package eventstore

import (
	"fmt"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
)

// Append is one atomic decision: events for any number of streams, claims, secrets and the identity of the command.
type Append struct {
	Command  Command
	Metadata Metadata
	Streams  []StreamAppend
	Claims   []ClaimChange
	Vault    []VaultChange
	// Result is stored with the command id and answered again to a repeat; JSON by convention, at most 64 KiB.
	Result []byte
}

// StreamAppend adds events to one stream. A stream occurs at most once in an append. Without events it only checks the
// version.
type StreamAppend struct {
	Stream   kernel.StreamID
	Expected Expected
	Events   []Draft
}

// Draft is an encoded event before it has a place in the log.
type Draft struct {
	EventID       uuid.UUID
	Type          string
	SchemaVersion int
	Payload       []byte
	KeyRef        string
}

// Expected is what an append demands of a stream's version. Its zero value is Any.
type Expected struct {
	exact   bool
	version Version
}

// Any appends whatever the stream's version is.
func Any() Expected { return Expected{} }

// None appends only to a stream without events.
func None() Expected { return Expected{exact: true} }

// Exactly appends only when the stream is at this version.
func Exactly(v Version) Expected { return Expected{exact: true, version: v} }

// Allows says whether a stream at version v may be appended to.
func (e Expected) Allows(v Version) bool { return !e.exact || e.version == v }

// Exact answers the version that is demanded; exact=false means any.
func (e Expected) Exact() (v Version, exact bool) { return e.version, e.exact }

// CommandKey identifies a command: ids are unique per actor and command type, so that one client cannot block another's.
type CommandKey struct {
	Actor string
	Type  string
	ID    string
}

// Command is the identity under which an append is recorded. Every append has one, so that an outcome lost with a
// connection can be looked up.
type Command struct {
	CommandKey
	// PayloadHash tells a repeat from another command under the same id.
	PayloadHash [32]byte
	// Forever keeps the id for ever (process managers replay); otherwise it may be forgotten after 30 days.
	Forever bool
}

// ClaimKey names something that may belong to one owner only: a handle, an e-mail as HMAC, an ActivityPub id.
type ClaimKey struct {
	Kind string
	Key  string
}

// integerClaimDigits makes integers compare as text: int64 has at most 19 digits.
const integerClaimDigits = 19

// IntegerClaim is the claim by which a drawn integer belongs to its owner, zero-padded so that the highest one of a kind
// is the last in the index.
func IntegerClaim(kind string, n int64) ClaimKey {
	return ClaimKey{Kind: "integer-" + kind, Key: fmt.Sprintf("%0*d", integerClaimDigits, n)}
}

// ClaimAction says what an append does with a claim.
type ClaimAction int

// What can be done with a claim.
const (
	// TakeClaim makes Owner the holder; taking one's own claim again changes nothing.
	TakeClaim ClaimAction = iota
	// ReleaseClaim frees a claim that Owner holds; a claim nobody holds stays free.
	ReleaseClaim
	// RequireClaim demands that Owner holds the claim at the moment of the append.
	RequireClaim
)

// Claim is a claim and who holds it.
type Claim struct {
	ClaimKey
	Owner string
}

// ClaimChange is one change of, or demand on, a claim. A key occurs at most once in an append.
type ClaimChange struct {
	ClaimKey
	Owner  string
	Action ClaimAction
}

// VaultChange writes sealed bytes under a reference, or removes the reference when Sealed is nil.
type VaultChange struct {
	Ref    string
	Sealed []byte
}

// Receipt is the answer to an append.
type Receipt struct {
	// Position of the last event appended; the head at the time when there was none.
	Position Position
	// Result as stored with the command id.
	Result []byte
	// Repeated says that the command id was known and nothing was appended now.
	Repeated bool
}
