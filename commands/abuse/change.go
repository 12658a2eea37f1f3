package abuse

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/abuse"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// Change says what moderators have decided about a report and what they note for themselves; nil for unchanged.
type Change struct {
	AbuseID kernel.AbuseID `json:"abuseId"`
	State   *abuse.State   `json:"state,omitempty"`
	Note    *string        `json:"note,omitempty"`
}

var change = commands.Spec[Change, Result]{
	Type: "abuse.change", Needs: commands.ByRight(user.RightManageAbuses),
	Handle: func(ctx context.Context, w *commands.Work, c Change) (Result, error) {
		state, err := commands.Load[abuse.Abuse](ctx, w, c.AbuseID.Stream())
		if err != nil {
			return Result{}, err
		}
		if !state.Exists {
			return Result{}, kernel.NotFound("Abuse not found")
		}
		if c.State != nil {
			if _, err := commands.Decide[abuse.Abuse](ctx, w, c.AbuseID.Stream(), abuse.SetState{State: *c.State}); err != nil {
				return Result{}, err
			}
		}
		if c.Note == nil {
			return Result{}, nil
		}
		_, err = commands.Decide[abuse.Abuse](ctx, w, c.AbuseID.Stream(), abuse.WriteNote{AuthorID: w.Caller.UserID, Note: *c.Note})
		return Result{}, err
	},
}

// Change runs the command. Errors: CodeInvalid, CodeUnauthenticated, CodeForbidden, CodeNotFound.
func (h *Handlers) Change(ctx context.Context, caller commands.Caller, c Change) (commands.Outcome[Result], error) {
	return commands.Run(ctx, h.bus, caller, change, c)
}
