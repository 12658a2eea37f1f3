package catalog

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
)

// AbuseFilter says which reports a list has, in which order and which part of it. Searches find parts of display names in whatever
// case, as PeerTube's do.
type AbuseFilter struct {
	Start, Count int
	// Sort is one of AbuseSorts.
	Sort      string
	Ascending bool
	// ReporterID leaves out what others reported.
	ReporterID *kernel.UserID
	Number     *int
	// About is one of AbuseKinds, empty for all.
	About string
	// PredefinedReason is one that was chosen, by PeerTube's name.
	PredefinedReason string
	State            *int
	// VideoIs is one of VideoStates, empty for all.
	VideoIs string
	// Search finds videos and channels, gone ones too, reporters and reportees.
	Search string
	// SearchVideo and SearchVideoChannel find those that are still there.
	SearchReporter, SearchReportee, SearchVideo, SearchVideoChannel string
}

// Words of AbuseFilter by PeerTube's names (SORTABLE_COLUMNS.ABUSES, AbuseFilter, AbuseVideoIs).
var (
	AbuseSorts  = []string{"id", "createdAt", "state"}
	AbuseKinds  = []string{"video", "comment", "account"}
	VideoStates = []string{"deleted", "blacklisted"}
)

var abuseOrders = map[string]string{"id": "b.number", "createdAt": "b.created_at", "state": "b.state"}

// What lists are about. Nobody can block videos yet.
var (
	abusesAbout = map[string]string{
		"video": "b.video_id is not null", "comment": "b.comment_number is not null",
		"account": "b.video_id is null and b.comment_number is null",
	}
	abusesVideoIs = map[string]string{"deleted": "b.video_id is not null and v.id is null", "blacklisted": "false"}
)

var (
	abusesFrom     = query("from_abuses")
	listAbusesSQL  = strings.ReplaceAll(query("list_abuses"), "{from}", abusesFrom)
	countAbusesSQL = strings.ReplaceAll(query("count_abuses"), "{from}", abusesFrom)
)

// ListAbuses answers a page of reports and how many there are in all.
func (c *Catalog) ListAbuses(ctx context.Context, f AbuseFilter) (page []Abuse, total int, err error) {
	wanted := abuseConditions(f)
	count := strings.ReplaceAll(countAbusesSQL, "{where}", wanted.String())
	if err := c.db.QueryRow(ctx, count, wanted.args...).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("catalog: count reports: %w", err)
	}
	direction := "desc"
	if f.Ascending {
		direction = "asc"
	}
	by := fmt.Sprintf("%s %s, b.number limit %d offset %d", abuseOrders[f.Sort], direction, f.Count, f.Start)
	sql := strings.NewReplacer("{where}", wanted.String(), "{by}", by).Replace(listAbusesSQL)
	found, err := many(ctx, c.db, sql, scanAbuse, wanted.args...)
	if err != nil {
		return nil, 0, err
	}
	return found, total, c.addPeople(ctx, found)
}

func abuseConditions(f AbuseFilter) *plainConditions {
	w := &plainConditions{}
	if f.ReporterID != nil {
		w.add("b.reporter_id = $", f.ReporterID.UUID)
	}
	if f.Number != nil {
		w.add("b.number = $", *f.Number)
	}
	if f.State != nil {
		w.add("b.state = $", *f.State)
	}
	if f.PredefinedReason != "" {
		w.add("$ = any(b.predefined_reasons)", f.PredefinedReason)
	}
	for _, fixed := range []string{abusesAbout[f.About], abusesVideoIs[f.VideoIs]} {
		if fixed != "" {
			w.texts = append(w.texts, fixed)
		}
	}
	for _, s := range []struct{ text, condition string }{
		{f.Search, "(v.name ilike $ or ch.display_name ilike $ or reporter.display_name ilike $ or flagged.display_name ilike $ or " +
			"v.id is null and (b.video_name ilike $ or b.channel_name ilike $))"},
		{f.SearchReporter, "reporter.display_name ilike $"},
		{f.SearchReportee, "flagged.display_name ilike $"},
		{f.SearchVideo, "v.name ilike $"},
		{f.SearchVideoChannel, "ch.display_name ilike $"},
	} {
		if s.text != "" {
			w.add(s.condition, "%"+likeSpecials.Replace(s.text)+"%")
		}
	}
	return w
}

func scanAbuse(row pgx.CollectableRow) (a Abuse, err error) {
	var v AbusedVideo
	var c AbusedComment
	var video, channel, commented *uuid.UUID
	var comment *int64
	err = row.Scan(&a.ID.UUID, &a.Number, &a.ReporterID.UUID, &a.Reason, &a.PredefinedReasons, &a.State, &a.Note, &a.CreatedAt,
		&a.UpdatedAt, &a.reporter, &a.flagged, &a.Messages, &a.OfReporter, &a.OfReportee,
		&video, &v.Number, &v.Name, &v.NSFW, &v.StartAt, &v.EndAt, &v.Deleted, &v.Thumbnail, &channel, &v.Channel.Number,
		&v.Channel.Handle, &v.Channel.DisplayName, &v.Reports, &v.Nth,
		&comment, &c.Thread, &c.Text, &c.Deleted, &commented, &c.VideoNumber, &c.VideoName)
	if video != nil && channel != nil {
		v.ID, v.Channel.ID = kernel.VideoID{UUID: *video}, kernel.ChannelID{UUID: *channel}
		v.Channel.CreatedAt, v.Channel.UpdatedAt = a.CreatedAt, a.CreatedAt
		a.Video = &v
	}
	if comment != nil && commented != nil {
		c.Number, c.VideoID = *comment, kernel.VideoID{UUID: *commented}
		a.Comment = &c
	}
	return a, err
}
