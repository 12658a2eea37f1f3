package abuse

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/abuse"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// DeleteMessage takes a message about a report back.
type DeleteMessage struct {
	AbuseID   kernel.AbuseID `json:"abuseId"`
	MessageID int64          `json:"messageId"`
}

var deleteMessage = commands.Spec[DeleteMessage, Result]{
	Type: "abuse.delete-message", Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c DeleteMessage) (Result, error) {
		if err := mayTalk(ctx, w, c.AbuseID); err != nil {
			return Result{}, err
		}
		_, err := commands.Decide[abuse.Abuse](ctx, w, c.AbuseID.Stream(), abuse.DeleteMessage{
			MessageID: c.MessageID, By: w.Caller.UserID, AsModerator: w.Caller.Role.Has(user.RightManageAbuses),
		})
		return Result{}, err
	},
}

// DeleteMessage runs the command. Errors: CodeUnauthenticated, CodeForbidden for what somebody else wrote, CodeNotFound.
func (h *Handlers) DeleteMessage(ctx context.Context, caller commands.Caller, c DeleteMessage) (commands.Outcome[Result], error) {
	return commands.Run(ctx, h.bus, caller, deleteMessage, c)
}
