package abuse

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/abuse"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// Delete removes a report with its messages.
type Delete struct {
	AbuseID kernel.AbuseID `json:"abuseId"`
}

var remove = commands.Spec[Delete, Result]{
	Type: "abuse.delete", Needs: commands.ByRight(user.RightManageAbuses),
	Handle: func(ctx context.Context, w *commands.Work, c Delete) (Result, error) {
		_, err := commands.Decide[abuse.Abuse](ctx, w, c.AbuseID.Stream(), abuse.Delete{})
		return Result{}, err
	},
}

// Delete runs the command. Errors: CodeUnauthenticated, CodeForbidden, CodeNotFound.
func (h *Handlers) Delete(ctx context.Context, caller commands.Caller, c Delete) (commands.Outcome[Result], error) {
	return commands.Run(ctx, h.bus, caller, remove, c)
}
