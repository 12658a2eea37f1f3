package abuse

import (
	"slices"

	"vidilog/domain/kernel"
)

// Abuse is what commands need to know of a report.
type Abuse struct {
	// Exists is false again once the report has been deleted.
	Exists     bool
	Deleted    bool
	ID         kernel.AbuseID
	IntegerID  int64
	ReporterID kernel.UserID
	State      State
	// Note is the moderators' own, empty for none.
	Note kernel.Personal
	// Messages that have not been deleted, in the order in which they were written.
	Messages []Message
	// Written counts all messages, deleted ones too.
	Written int
}

// Message is what decides who may delete it.
type Message struct {
	ID       int64
	AuthorID kernel.UserID
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event {
	return []kernel.Event{Reported{}, StateSet{}, NoteWritten{}, MessageAdded{}, MessageDeleted{}, Deleted{}}
}

// Apply folds one event. Messages are copied, since a folded state may be shared by readers.
func (a Abuse) Apply(e kernel.Event) Abuse {
	switch e := e.(type) {
	case Reported:
		a = Abuse{Exists: true, ID: e.AbuseID, IntegerID: e.IntegerID, ReporterID: e.ReporterID, State: Pending}
	case StateSet:
		a.State = e.State
	case NoteWritten:
		a.Note = e.Note
	case MessageAdded:
		a.Messages = append(slices.Clone(a.Messages), Message{ID: e.MessageID, AuthorID: e.AuthorID})
		a.Written++
	case MessageDeleted:
		a.Messages = slices.DeleteFunc(slices.Clone(a.Messages), func(m Message) bool { return m.ID == e.MessageID })
	case Deleted:
		a = Abuse{Deleted: true, ID: a.ID}
	}
	return a
}

// mustStand answers CodeNotFound for a report that is not there.
func (a Abuse) mustStand() error {
	if !a.Exists {
		return kernel.NotFound("Abuse not found")
	}
	return nil
}
