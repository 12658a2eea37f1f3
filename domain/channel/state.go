package channel

import "vidilog/domain/kernel"

// Channel is what commands need to know of one.
type Channel struct {
	Exists      bool
	Deleted     bool
	Handle      string
	DisplayName string
	AccountID   kernel.AccountID
	OwnerID     kernel.UserID
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event { return []kernel.Event{Created{}} }

// Apply folds one event.
func (c Channel) Apply(e kernel.Event) Channel {
	if e, ok := e.(Created); ok {
		c = Channel{Exists: true, Handle: e.Handle, DisplayName: e.DisplayName, AccountID: e.AccountID, OwnerID: e.OwnerID}
	}
	return c
}
