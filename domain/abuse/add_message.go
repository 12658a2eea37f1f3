package abuse

import "vidilog/domain/kernel"

// MostMessages bounds how many messages are ever written about one report, those that were deleted included: a report is one stream,
// and streams stay short. PeerTube knows no bound.
const MostMessages = 400

// AddMessage writes to the other side: moderators to the reporter, or the reporter to them.
type AddMessage struct {
	// MessageID is the integer PeerTube's API gives the message.
	MessageID int64
	AuthorID  kernel.UserID
	AccountID kernel.AccountID
	Text      string
}

// MessageAdded records a message. The first one of a moderator means that the report has been dealt with, as in PeerTube.
type MessageAdded struct {
	AbuseID   kernel.AbuseID   `json:"abuseId"`
	MessageID int64            `json:"messageId"`
	AuthorID  kernel.UserID    `json:"authorId"`
	AccountID kernel.AccountID `json:"accountId"`
	// ByModerator says that the author is not the reporter.
	ByModerator bool            `json:"byModerator"`
	Text        kernel.Personal `json:"text"`
}

// EventType is the literal id in the log.
func (MessageAdded) EventType() string { return "abuse.message-added" }

// PersonalSubject names the key that seals the text: its author's.
func (e MessageAdded) PersonalSubject() string { return e.AuthorID.Stream().String() }

// Decide answers MessageAdded, CodeInvalid for a text of a length that is not allowed or for one message too many, or CodeNotFound.
// A moderator who writes about their own report does so as its reporter, as in PeerTube.
func (m AddMessage) Decide(a Abuse) ([]kernel.Event, error) {
	if err := a.mustStand(); err != nil {
		return nil, err
	}
	text, err := checked("message", m.Text)
	if err != nil {
		return nil, err
	}
	if a.Written >= MostMessages {
		return nil, kernel.Refuse(kernel.CodeInvalid,
			"%d messages have been written about this report; no more are taken", MostMessages)
	}
	return []kernel.Event{MessageAdded{
		AbuseID: a.ID, MessageID: m.MessageID, AuthorID: m.AuthorID, AccountID: m.AccountID,
		ByModerator: m.AuthorID != a.ReporterID, Text: text,
	}}, nil
}
