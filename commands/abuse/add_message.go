package abuse

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/abuse"
	"vidilog/domain/kernel"
)

// AddMessage writes about a report to the other side.
type AddMessage struct {
	AbuseID kernel.AbuseID `json:"abuseId"`
	Text    string         `json:"text"`
}

// MessageAdded names the new message by the integer that PeerTube's API gives it.
type MessageAdded struct {
	MessageID int64 `json:"messageId"`
}

var addMessage = commands.Spec[AddMessage, MessageAdded]{
	Type: "abuse.add-message", Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c AddMessage) (MessageAdded, error) {
		if err := mayTalk(ctx, w, c.AbuseID); err != nil {
			return MessageAdded{}, err
		}
		author, err := person(ctx, w)
		if err != nil {
			return MessageAdded{}, err
		}
		number, err := w.Number(ctx, messageNumbers, c.AbuseID.Stream())
		if err != nil {
			return MessageAdded{}, err
		}
		_, err = commands.Decide[abuse.Abuse](ctx, w, c.AbuseID.Stream(), abuse.AddMessage{
			MessageID: number, AuthorID: w.Caller.UserID, AccountID: author.AccountID, Text: c.Text,
		})
		return MessageAdded{MessageID: number}, err
	},
}

// AddMessage runs the command. Errors: CodeInvalid, CodeUnauthenticated, CodeForbidden for strangers to the report, CodeNotFound.
func (h *Handlers) AddMessage(ctx context.Context, caller commands.Caller, c AddMessage) (commands.Outcome[MessageAdded], error) {
	return commands.Run(ctx, h.bus, caller, addMessage, c)
}
