package server

import (
	"context"
	"net/http"
	"time"

	"vidilog/internal/config"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// statsLifetime is how long the numbers are kept (PeerTube's ROUTE_CACHE_LIFETIME.STATS).
const statsLifetime = 4 * time.Hour

// Numbers are where statistics come from.
type Numbers struct {
	Totals func(ctx context.Context, now time.Time) (catalog.InstanceTotals, error)
	Abuses func(ctx context.Context, now time.Time) (catalog.AbuseTotals, error)
	// Active counts the people who have logged in since each of some moments.
	Active func(ctx context.Context, since ...time.Time) ([]int64, error)
	Now    func() time.Time
}

// activities are the kinds of ActivityPub messages that PeerTube counts.
var activities = []string{
	"Create", "Update", "Delete", "Follow", "Accept", "Reject", "Announce", "Undo", "Like", "Dislike", "Flag", "View", "ApproveReply",
	"RejectReply",
}

func (a *API) stats(w http.ResponseWriter, r *http.Request) error {
	now := a.Numbers.Now()
	t, err := a.Numbers.Totals(r.Context(), now)
	if err != nil {
		return err
	}
	active, err := a.Numbers.Active(r.Context(), now.AddDate(0, 0, -1), now.AddDate(0, 0, -7), now.AddDate(0, -1, 0))
	if err != nil {
		return err
	}
	answer := map[string]any{
		"totalUsers": t.Users, "totalDailyActiveUsers": active[0], "totalWeeklyActiveUsers": active[1], "totalMonthlyActiveUsers": active[2],
		"totalModerators": t.Moderators, "totalAdmins": t.Administrators,
		"totalLocalVideos": t.Videos, "totalVideos": t.Videos, "totalLocalVideoViews": t.Views,
		"totalLocalVideoComments": t.Comments, "totalVideoComments": t.Comments, "totalLocalVideoFilesSize": t.FileBytes,
		"totalLocalVideoChannels": t.Channels, "totalLocalDailyActiveVideoChannels": t.ActiveDay,
		"totalLocalWeeklyActiveVideoChannels": t.ActiveWeek, "totalLocalMonthlyActiveVideoChannels": t.ActiveMonth,
	}
	addAbsent(answer, a.Config())
	if err := a.addAbuses(r.Context(), answer, now); err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

// addAbuses adds how moderators keep up with reports; null where the configuration keeps that to itself.
func (a *API) addAbuses(ctx context.Context, answer map[string]any, now time.Time) error {
	answer["totalAbuses"], answer["totalAbusesProcessed"], answer["averageAbuseResponseTimeMs"] = nil, nil, nil
	if !a.Config().Stats.Abuses.Enabled {
		return nil
	}
	t, err := a.Numbers.Abuses(ctx, now)
	if err != nil {
		return err
	}
	answer["totalAbuses"], answer["totalAbusesProcessed"], answer["averageAbuseResponseTimeMs"] = t.Total, t.Processed, t.ResponseMilliseconds
	return nil
}

// addAbsent adds the numbers of what this release does not have: there is none of it. What the configuration keeps to itself is null.
func addAbsent(answer map[string]any, c *config.Config) {
	for _, name := range []string{
		"totalLocalPlaylists", "totalInstanceFollowers", "totalInstanceFollowing",
		"totalRegistrationRequests", "totalRegistrationRequestsProcessed", "totalActivityPubMessagesProcessed",
		"totalActivityPubMessagesSuccesses", "totalActivityPubMessagesErrors", "activityPubMessagesProcessedPerSecond",
		"totalActivityPubMessagesWaiting",
	} {
		answer[name] = 0
	}
	answer["averageRegistrationRequestResponseTimeMs"] = nil
	for _, kind := range activities {
		answer["totalActivityPub"+kind+"MessagesSuccesses"], answer["totalActivityPub"+kind+"MessagesErrors"] = 0, 0
	}
	redundancy := []map[string]any{}
	for _, s := range c.Redundancy.Videos.Strategies {
		redundancy = append(redundancy, unused(s.Strategy, int64(s.Size)))
	}
	answer["videosRedundancy"] = append(redundancy, unused("manual", nil))
	for name, isShown := range map[string]bool{
		"totalModerators": c.Stats.TotalModerators.Enabled, "totalAdmins": c.Stats.TotalAdmins.Enabled,
		"totalRegistrationRequests": c.Stats.RegistrationRequests.Enabled, "totalRegistrationRequestsProcessed": c.Stats.RegistrationRequests.Enabled,
	} {
		if !isShown {
			answer[name] = nil
		}
	}
}

func unused(strategy string, size any) map[string]any {
	return map[string]any{"totalUsed": 0, "totalVideos": 0, "totalVideoFiles": 0, "strategy": strategy, "totalSize": size}
}
