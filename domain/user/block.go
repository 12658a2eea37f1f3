package user

import (
	"unicode/utf8"

	"vidilog/domain/kernel"
)

// The length of reasons is PeerTube's (USERS.BLOCKED_REASON), in characters.
const (
	shortestReason = 3
	longestReason  = 250
)

// Block keeps a person from logging in. The reason may be nil.
type Block struct{ Reason *string }

// Blocked records that a person may not log in, and why.
type Blocked struct {
	UserID kernel.UserID `json:"userId"`
	Reason *string       `json:"reason,omitempty"`
}

// EventType is the literal id in the log.
func (Blocked) EventType() string { return "user.blocked" }

// Decide answers Blocked, also for one who is blocked, whose reason it replaces; CodeInvalid for root or a bad reason, CodeNotFound.
func (b Block) Decide(u User) ([]kernel.Event, error) {
	if err := u.mustExist(); err != nil {
		return nil, err
	}
	if u.Username == rootName {
		return nil, kernel.Refuse(kernel.CodeInvalid, "Cannot block the root user")
	}
	e := Blocked{UserID: u.ID}
	if b.Reason != nil && *b.Reason != "" {
		reason := kernel.CleanText(*b.Reason)
		if n := utf8.RuneCountInString(reason); n < shortestReason || n > longestReason {
			return nil, kernel.Invalid("reason", "must have %d to %d characters, has %d", shortestReason, longestReason, n)
		}
		e.Reason = &reason
	}
	return []kernel.Event{e}, nil
}

// Unblock lets a person log in again.
type Unblock struct{}

// Unblocked records that a person may log in again.
type Unblocked struct {
	UserID kernel.UserID `json:"userId"`
}

// EventType is the literal id in the log.
func (Unblocked) EventType() string { return "user.unblocked" }

// Decide answers Unblocked, nothing when the person is not blocked, CodeInvalid for root, or CodeNotFound.
func (Unblock) Decide(u User) ([]kernel.Event, error) {
	if err := u.mustExist(); err != nil {
		return nil, err
	}
	if u.Username == rootName {
		return nil, kernel.Refuse(kernel.CodeInvalid, "Cannot block the root user")
	}
	if !u.Blocked {
		return nil, nil
	}
	return []kernel.Event{Unblocked{UserID: u.ID}}, nil
}
