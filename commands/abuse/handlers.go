// Package abuse holds the commands on reports of abuse.
//
// It may import commands, domain/… and the eventstore ports. Read report.go.
package abuse

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/abuse"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// Handlers runs the commands of this package on a bus.
type Handlers struct{ bus *commands.Bus }

// New makes the handlers.
func New(bus *commands.Bus) *Handlers { return &Handlers{bus: bus} }

// The kinds of integers that are drawn here.
const (
	reportNumbers  = "abuse"
	messageNumbers = "abuse_message"
)

// Result is nothing: what changed is in the event.
type Result = struct{}

// person answers the caller, who must be somebody with an account.
func person(ctx context.Context, w *commands.Work) (user.User, error) {
	state, err := commands.Load[user.User](ctx, w, w.Caller.UserID.Stream())
	if err == nil && !state.Exists {
		err = kernel.Forbidden("Only people can report abuse and write about it.")
	}
	return state, err
}

// mayTalk refuses everybody but the reporter of a report and moderators. Errors: CodeNotFound, CodeForbidden.
func mayTalk(ctx context.Context, w *commands.Work, id kernel.AbuseID) error {
	state, err := commands.Load[abuse.Abuse](ctx, w, id.Stream())
	if err != nil {
		return err
	}
	if !state.Exists {
		return kernel.NotFound("Abuse not found")
	}
	return MayTalk(w.Caller, state.ReporterID, state.IntegerID)
}

// MayTalk answers CodeForbidden to everybody but the reporter of a report and those who manage reports.
func MayTalk(caller commands.Caller, reporter kernel.UserID, number int64) error {
	if caller.MustOwn(reporter, user.RightManageAbuses) == nil {
		return nil
	}
	return kernel.Forbidden("User does not have right to get abuse %d", number)
}
