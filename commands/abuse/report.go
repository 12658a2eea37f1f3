package abuse

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/abuse"
	"vidilog/domain/kernel"
)

// Report reports a video, else a comment, else an account.
type Report struct {
	VideoID   *kernel.VideoID   `json:"videoId,omitempty"`
	CommentID *int64            `json:"commentId,omitempty"`
	AccountID *kernel.AccountID `json:"accountId,omitempty"`
	// StartAt and EndAt are seconds of the video; nil for not said.
	StartAt           *int                     `json:"startAt,omitempty"`
	EndAt             *int                     `json:"endAt,omitempty"`
	Reason            string                   `json:"reason"`
	PredefinedReasons []abuse.PredefinedReason `json:"predefinedReasons"`
}

// Reported names the new report; IntegerID is the one PeerTube's API gives it.
type Reported struct {
	AbuseID   kernel.AbuseID `json:"abuseId"`
	IntegerID int64          `json:"integerId"`
}

var report = commands.Spec[Report, Reported]{
	Type: "abuse.report", Needs: commands.ByUser(), Handle: handleReport,
	Validate: func(c Report) error {
		if c.VideoID == nil && c.CommentID == nil && c.AccountID == nil {
			return kernel.Refuse(kernel.CodeInvalid, "video id or account id or comment id is required.")
		}
		return nil
	},
}

// Report runs the command. Errors: CodeInvalid, CodeUnauthenticated, CodeForbidden for what belongs to a private video of somebody else, CodeNotFound.
func (h *Handlers) Report(ctx context.Context, caller commands.Caller, c Report) (commands.Outcome[Reported], error) {
	return commands.Run(ctx, h.bus, caller, report, c)
}

// handleReport needs what is reported to stand when it is decided. What is deleted at the same moment is shown as deleted.
func handleReport(ctx context.Context, w *commands.Work, c Report) (Reported, error) {
	reporter, err := person(ctx, w)
	if err != nil {
		return Reported{}, err
	}
	verb := abuse.Report{
		AbuseID: kernel.AbuseID{UUID: w.NewID()}, ReporterID: w.Caller.UserID, ReporterAccountID: reporter.AccountID,
		Reason: c.Reason, PredefinedReasons: c.PredefinedReasons,
	}
	if err := c.describe(ctx, w, &verb); err != nil {
		return Reported{}, err
	}
	if verb.IntegerID, err = w.Number(ctx, reportNumbers, verb.AbuseID.Stream()); err != nil {
		return Reported{}, err
	}
	_, err = commands.Decide[abuse.Abuse](ctx, w, verb.AbuseID.Stream(), verb)
	return Reported{AbuseID: verb.AbuseID, IntegerID: verb.IntegerID}, err
}
