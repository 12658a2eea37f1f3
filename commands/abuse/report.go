package abuse

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/abuse"
	"vidilog/domain/account"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// Report reports a video or, without one, an account.
type Report struct {
	VideoID   *kernel.VideoID   `json:"videoId,omitempty"`
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
		if c.VideoID == nil && c.AccountID == nil {
			return kernel.Refuse(kernel.CodeInvalid, "video id or account id or comment id is required.")
		}
		return nil
	},
}

// Report runs the command. Errors: CodeInvalid, CodeUnauthenticated, CodeForbidden for a private video of somebody else, CodeNotFound.
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

// describe says what the report is about.
func (c Report) describe(ctx context.Context, w *commands.Work, verb *abuse.Report) (err error) {
	if c.VideoID != nil {
		verb.Video, verb.FlaggedAccountID, err = c.video(ctx, w)
		return err
	}
	flagged, err := commands.Load[account.Account](ctx, w, c.AccountID.Stream())
	if err == nil && !flagged.Stands() {
		err = kernel.NotFound("Account not found")
	}
	verb.FlaggedAccountID = flagged.AccountID
	return err
}

// video answers what is kept of the video, and whose it is. PeerTube takes reports of private videos from everybody and then shows
// their names to the reporter; here they are refused to those who may not see them.
func (c Report) video(ctx context.Context, w *commands.Work) (*abuse.ReportedVideo, kernel.AccountID, error) {
	film, err := commands.Load[video.Video](ctx, w, c.VideoID.Stream())
	if err != nil {
		return nil, kernel.AccountID{}, err
	}
	if !film.Exists || film.Deleted {
		return nil, kernel.AccountID{}, kernel.NotFound("Video not found")
	}
	if film.Attributes.Privacy == video.Private && film.OwnerID != w.Caller.UserID && !w.Caller.Role.Has(user.RightSeeAllVideos) {
		return nil, kernel.AccountID{}, kernel.Forbidden("Cannot fetch information of private/internal/blocked video")
	}
	shown, err := commands.Load[channel.Channel](ctx, w, film.ChannelID.Stream())
	return &abuse.ReportedVideo{
		VideoID: film.ID, IntegerID: film.IntegerID, Name: film.Attributes.Name, NSFW: film.Attributes.NSFW,
		ChannelID: film.ChannelID, ChannelIntegerID: shown.IntegerID, ChannelHandle: shown.Handle, ChannelName: shown.DisplayName,
		StartAt: c.StartAt, EndAt: c.EndAt,
	}, film.AccountID, err
}
