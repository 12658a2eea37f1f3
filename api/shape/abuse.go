package shape

import (
	"vidilog/domain/abuse"
	"vidilog/projections/catalog"
)

// UserAbuse is a report as its reporter sees it.
type UserAbuse struct {
	ID                int64         `json:"id"`
	Reason            string        `json:"reason"`
	PredefinedReasons []string      `json:"predefinedReasons"`
	FlaggedAccount    *Account      `json:"flaggedAccount"`
	State             Constant      `json:"state"`
	CountMessages     int64         `json:"countMessages"`
	CreatedAt         Time          `json:"createdAt"`
	UpdatedAt         Time          `json:"updatedAt"`
	Video             *AbuseVideo   `json:"video"`
	Comment           *AbuseComment `json:"comment"`
}

// AbuseVideo is the video that a report is about. The counts are for moderators.
type AbuseVideo struct {
	ID            int64   `json:"id"`
	UUID          string  `json:"uuid"`
	Name          string  `json:"name"`
	NSFW          bool    `json:"nsfw"`
	StartAt       *int    `json:"startAt"`
	EndAt         *int    `json:"endAt"`
	Deleted       bool    `json:"deleted"`
	Blacklisted   bool    `json:"blacklisted"`
	ThumbnailPath string  `json:"thumbnailPath,omitempty"`
	Channel       Channel `json:"channel"`
	CountReports  *int64  `json:"countReports,omitempty"`
	NthReport     *int64  `json:"nthReport,omitempty"`
}

// AbuseComment is the comment that a report is about.
type AbuseComment struct {
	ID       int64  `json:"id"`
	ThreadID int64  `json:"threadId"`
	Text     string `json:"text"`
	Deleted  bool   `json:"deleted"`
	Video    struct {
		ID   int64  `json:"id"`
		Name string `json:"name"`
		UUID string `json:"uuid"`
	} `json:"video"`
}

// AdminAbuse is a report as moderators see it.
type AdminAbuse struct {
	UserAbuse
	ModerationComment       *string  `json:"moderationComment"`
	ReporterAccount         *Account `json:"reporterAccount"`
	CountReportsForReporter int64    `json:"countReportsForReporter"`
	CountReportsForReportee int64    `json:"countReportsForReportee"`
}

// AbuseMessage is a message about a report.
type AbuseMessage struct {
	ID          int64           `json:"id"`
	CreatedAt   Time            `json:"createdAt"`
	ByModerator bool            `json:"byModerator"`
	Message     string          `json:"message"`
	Account     *AccountSummary `json:"account"`
}

// UserAbuse shapes a report for its reporter.
func (s Site) UserAbuse(a catalog.Abuse) UserAbuse {
	return UserAbuse{
		ID: a.Number, Reason: a.Reason, PredefinedReasons: a.PredefinedReasons, FlaggedAccount: s.accountOrNull(a.Flagged),
		State: Constant{ID: a.State, Label: abuse.State(a.State).Label()}, CountMessages: a.Messages, CreatedAt: Time(a.CreatedAt),
		UpdatedAt: Time(a.UpdatedAt), Video: s.abuseVideo(a.Video), Comment: abuseComment(a.Comment),
	}
}

// AdminAbuse shapes a report for moderators.
func (s Site) AdminAbuse(a catalog.Abuse) AdminAbuse {
	shaped := AdminAbuse{
		UserAbuse: s.UserAbuse(a), ModerationComment: a.Note, ReporterAccount: s.accountOrNull(a.Reporter),
		CountReportsForReporter: a.OfReporter, CountReportsForReportee: a.OfReportee,
	}
	if shaped.Video != nil {
		shaped.Video.CountReports, shaped.Video.NthReport = &a.Video.Reports, &a.Video.Nth
	}
	return shaped
}

// AbuseMessage shapes a message about a report.
func (s Site) AbuseMessage(m catalog.AbuseMessage) AbuseMessage {
	shaped := AbuseMessage{ID: m.Number, CreatedAt: Time(m.CreatedAt), ByModerator: m.ByModerator, Message: m.Message}
	if m.Account != nil {
		summary := s.accountSummary(*m.Account)
		shaped.Account = &summary
	}
	return shaped
}

func (s Site) abuseVideo(v *catalog.AbusedVideo) *AbuseVideo {
	if v == nil {
		return nil
	}
	shaped := AbuseVideo{
		ID: v.Number, UUID: v.ID.String(), Name: v.Name, NSFW: v.NSFW, StartAt: v.StartAt, EndAt: v.EndAt, Deleted: v.Deleted,
		Channel: s.ChannelWithoutOwner(v.Channel),
	}
	if v.Thumbnail != "" {
		shaped.ThumbnailPath = "/lazy-static/thumbnails/" + v.Thumbnail
	}
	return &shaped
}

func abuseComment(c *catalog.AbusedComment) *AbuseComment {
	if c == nil {
		return nil
	}
	shaped := AbuseComment{ID: c.Number, ThreadID: c.Thread, Text: c.Text, Deleted: c.Deleted}
	shaped.Video.ID, shaped.Video.Name, shaped.Video.UUID = c.VideoNumber, c.VideoName, c.VideoID.String()
	return &shaped
}

func (s Site) accountOrNull(a *catalog.Account) *Account {
	if a == nil {
		return nil
	}
	shaped := s.Account(*a)
	return &shaped
}
