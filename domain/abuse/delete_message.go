package abuse

import (
	"slices"

	"vidilog/domain/kernel"
)

// DeleteMessage takes a message back.
type DeleteMessage struct {
	MessageID int64
	// By is who asks, AsModerator that they may delete what others wrote.
	By          kernel.UserID
	AsModerator bool
}

// MessageDeleted records that a message is gone.
type MessageDeleted struct {
	AbuseID   kernel.AbuseID `json:"abuseId"`
	MessageID int64          `json:"messageId"`
}

// EventType is the literal id in the log.
func (MessageDeleted) EventType() string { return "abuse.message-deleted" }

// Decide answers MessageDeleted, CodeNotFound, or CodeForbidden for what somebody else wrote.
func (d DeleteMessage) Decide(a Abuse) ([]kernel.Event, error) {
	if err := a.mustStand(); err != nil {
		return nil, err
	}
	at := slices.IndexFunc(a.Messages, func(m Message) bool { return m.ID == d.MessageID })
	if at < 0 {
		return nil, kernel.NotFound("Abuse message not found")
	}
	if a.Messages[at].AuthorID != d.By && !d.AsModerator {
		return nil, kernel.Forbidden("Cannot delete this abuse message")
	}
	return []kernel.Event{MessageDeleted{AbuseID: a.ID, MessageID: d.MessageID}}, nil
}
