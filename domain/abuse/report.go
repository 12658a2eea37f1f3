package abuse

import (
	"slices"

	"vidilog/domain/kernel"
)

// ReportedVideo is what a report shows of a video once that is gone.
type ReportedVideo struct {
	VideoID   kernel.VideoID `json:"videoId"`
	IntegerID int64          `json:"integerId"`
	Name      string         `json:"name"`
	NSFW      bool           `json:"nsfw"`
	// Channel is the video's at the time of the report.
	ChannelID        kernel.ChannelID `json:"channelId"`
	ChannelIntegerID int64            `json:"channelIntegerId"`
	ChannelHandle    string           `json:"channelHandle"`
	ChannelName      string           `json:"channelName"`
	// StartAt and EndAt are the seconds between which the abuse is; nil for not said.
	StartAt *int `json:"startAt,omitempty"`
	EndAt   *int `json:"endAt,omitempty"`
}

// ReportedComment is what a report shows of a comment once its video is gone. What it says is not kept.
type ReportedComment struct {
	CommentID int64 `json:"commentId"`
	// ThreadID is the comment that begins the thread, this one itself where it answers none.
	ThreadID       int64          `json:"threadId"`
	VideoID        kernel.VideoID `json:"videoId"`
	VideoIntegerID int64          `json:"videoIntegerId"`
	VideoName      string         `json:"videoName"`
}

// Report says that something is not as it should be here. It is about a video or a comment, or, without either, about the account
// itself. The same person may report the same thing as often as they like, as in PeerTube.
type Report struct {
	AbuseID   kernel.AbuseID
	IntegerID int64
	// ReporterID is who writes, ReporterAccountID under which face.
	ReporterID        kernel.UserID
	ReporterAccountID kernel.AccountID
	// FlaggedAccountID is whose the reported thing is.
	FlaggedAccountID  kernel.AccountID
	Reason            string
	PredefinedReasons []PredefinedReason
	Video             *ReportedVideo
	Comment           *ReportedComment
}

// Reported records a report, which is pending from then on.
type Reported struct {
	AbuseID           kernel.AbuseID     `json:"abuseId"`
	IntegerID         int64              `json:"integerId"`
	ReporterID        kernel.UserID      `json:"reporterId"`
	ReporterAccountID kernel.AccountID   `json:"reporterAccountId"`
	FlaggedAccountID  kernel.AccountID   `json:"flaggedAccountId"`
	Reason            kernel.Personal    `json:"reason"`
	PredefinedReasons []PredefinedReason `json:"predefinedReasons"`
	// Video and Comment are nil for a report of something else.
	Video   *ReportedVideo   `json:"video,omitempty"`
	Comment *ReportedComment `json:"comment,omitempty"`
}

// EventType is the literal id in the log.
func (Reported) EventType() string { return "abuse.reported" }

// PersonalSubject names the key that seals the reason: the reporter's.
func (e Reported) PersonalSubject() string { return e.ReporterID.Stream().String() }

// Decide answers Reported, or CodeInvalid naming the field. A predefined reason that is said twice counts once.
func (r Report) Decide(a Abuse) ([]kernel.Event, error) {
	if a.Exists || a.Deleted {
		return nil, kernel.Conflict("the report %d exists already", r.IntegerID)
	}
	reason, err := checked("reason", r.Reason)
	if err != nil {
		return nil, err
	}
	chosen := make([]PredefinedReason, 0, len(r.PredefinedReasons))
	for _, p := range r.PredefinedReasons {
		if !p.IsKnown() {
			return nil, kernel.Invalid("predefinedReasons", "%q is no predefined reason", p)
		}
		if !slices.Contains(chosen, p) {
			chosen = append(chosen, p)
		}
	}
	if r.Video != nil {
		if err := checkSection(r.Video.StartAt, r.Video.EndAt); err != nil {
			return nil, err
		}
	}
	return []kernel.Event{Reported{
		AbuseID: r.AbuseID, IntegerID: r.IntegerID, ReporterID: r.ReporterID, ReporterAccountID: r.ReporterAccountID,
		FlaggedAccountID: r.FlaggedAccountID, Reason: reason, PredefinedReasons: chosen, Video: r.Video, Comment: r.Comment,
	}}, nil
}

// checkSection refuses seconds before the beginning, an end without a beginning and one that is not after it, as PeerTube does.
func checkSection(startAt, endAt *int) error {
	if startAt != nil && *startAt < 0 {
		return kernel.Invalid("video.startAt", "must be 0 or more seconds")
	}
	if endAt != nil && (startAt == nil || *endAt <= *startAt) {
		return kernel.Invalid("video.endAt", "Should have a startAt timestamp beginning before endAt")
	}
	return nil
}
