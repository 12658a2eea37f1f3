package abuse

import "vidilog/domain/kernel"

// WriteNote replaces what moderators have noted about a report for themselves.
type WriteNote struct {
	// AuthorID is the moderator who writes.
	AuthorID kernel.UserID
	Note     string
}

// NoteWritten records a note of the moderators, which the reporter never sees.
type NoteWritten struct {
	AbuseID  kernel.AbuseID  `json:"abuseId"`
	AuthorID kernel.UserID   `json:"authorId"`
	Note     kernel.Personal `json:"note"`
}

// EventType is the literal id in the log.
func (NoteWritten) EventType() string { return "abuse.note-written" }

// PersonalSubject names the key that seals the note: its author's.
func (e NoteWritten) PersonalSubject() string { return e.AuthorID.Stream().String() }

// Decide answers NoteWritten, nothing when it says so already, CodeInvalid for a note of a length that is not allowed, or CodeNotFound.
func (w WriteNote) Decide(a Abuse) ([]kernel.Event, error) {
	if err := a.mustStand(); err != nil {
		return nil, err
	}
	note, err := checked("moderationComment", w.Note)
	if err != nil || note == a.Note {
		return nil, err
	}
	return []kernel.Event{NoteWritten{AbuseID: a.ID, AuthorID: w.AuthorID, Note: note}}, nil
}
