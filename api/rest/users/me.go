// Package users answers /api/v1/users/me.
//
// It may import queries of projections, api/shape and internal.
package users

import (
	"net/http"
	"time"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	"vidilog/api/rest/videos"
	"vidilog/api/shape"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Site    shape.Site
	Catalog *catalog.Catalog
	Videos  *videos.API
	Waiter  respond.Waiter
}

// Router routes below /api/v1/users/me.
func (a *API) Router() *mux.Router {
	r := mux.NewRouter()
	on := func(path, operation string, h respond.Handler) {
		waiting := respond.MinPosition(a.Waiter, []string{catalog.Name}, h)
		r.Handle("/api/v1/users/me"+path, httpx.WithOperation(operation, authn.Required(waiting))).Methods(http.MethodGet)
	}
	on("", "getUserInfo", a.me)
	on("/videos", "getMyVideos", a.videos)
	on("/video-quota-used", "getMyQuota", a.quota)
	return r
}

// me is a person's own profile, in PeerTube's order.
type me struct {
	ID                      int64           `json:"id"`
	Username                string          `json:"username"`
	Email                   string          `json:"email"`
	Theme                   string          `json:"theme"`
	PendingEmail            *string         `json:"pendingEmail"`
	EmailPublic             bool            `json:"emailPublic"`
	EmailVerified           *bool           `json:"emailVerified"`
	NSFWPolicy              string          `json:"nsfwPolicy"`
	P2PEnabled              bool            `json:"p2pEnabled"`
	VideosHistoryEnabled    bool            `json:"videosHistoryEnabled"`
	AutoPlayVideo           bool            `json:"autoPlayVideo"`
	AutoPlayNextVideo       bool            `json:"autoPlayNextVideo"`
	AutoPlayNextPlaylist    bool            `json:"autoPlayNextVideoPlaylist"`
	VideoLanguages          []string        `json:"videoLanguages"`
	Language                *string         `json:"language"`
	Role                    shape.Constant  `json:"role"`
	VideoQuota              int64           `json:"videoQuota"`
	VideoQuotaDaily         int64           `json:"videoQuotaDaily"`
	NoInstanceConfigWarning bool            `json:"noInstanceConfigWarningModal"`
	NoWelcome               bool            `json:"noWelcomeModal"`
	NoAccountSetupWarning   bool            `json:"noAccountSetupWarningModal"`
	Blocked                 bool            `json:"blocked"`
	BlockedReason           *string         `json:"blockedReason"`
	Account                 shape.Account   `json:"account"`
	NotificationSettings    map[string]int  `json:"notificationSettings"`
	VideoChannels           []shape.Channel `json:"videoChannels"`
	CreatedAt               shape.Time      `json:"createdAt"`
	PluginAuth              *string         `json:"pluginAuth"`
	LastLoginDate           *shape.Time     `json:"lastLoginDate"`
	TwoFactorEnabled        bool            `json:"twoFactorEnabled"`
	AdminFlags              int             `json:"adminFlags"`
	SpecialPlaylists        []any           `json:"specialPlaylists"`
	NewFeaturesInfoRead     int             `json:"newFeaturesInfoRead"`
}

// notificationDefaults are what a new user is told about, by PeerTube's bits: 1 on the site, 2 by mail.
func notificationDefaults() map[string]int {
	settings := map[string]int{}
	for _, name := range []string{
		"newCommentOnMyVideo", "newVideoFromSubscription", "myVideoPublished", "myVideoImportFinished", "newUserRegistration",
		"commentMention", "newFollow", "newInstanceFollower", "autoInstanceFollowing", "myVideoStudioEditionFinished",
		"myVideoTranscriptionGenerated", "newPluginVersion",
	} {
		settings[name] = 1
	}
	for _, name := range []string{
		"abuseAsModerator", "videoAutoBlacklistAsModerator", "blacklistOnMyVideo", "abuseNewMessage", "abuseStateChange",
		"newPeerTubeVersion",
	} {
		settings[name] = 3
	}
	return settings
}

// me answers GET /api/v1/users/me.
func (a *API) me(w http.ResponseWriter, r *http.Request) error {
	u, err := a.Catalog.User(r.Context(), authn.Caller(r).UserID)
	if err != nil {
		return err
	}
	channels, err := a.Catalog.ChannelsOfAccount(r.Context(), u.Account.ID)
	if err != nil {
		return err
	}
	answer := me{
		ID: u.Number, Username: u.Username, Email: string(u.Email), Theme: "instance-default", NSFWPolicy: "do_not_list",
		P2PEnabled: true, VideosHistoryEnabled: true, AutoPlayVideo: true, AutoPlayNextPlaylist: true,
		Role:       shape.Constant{ID: u.Role, Label: user.Role(u.Role).Label()},
		VideoQuota: u.Quota, VideoQuotaDaily: u.QuotaDaily, Account: a.Site.Account(u.Account),
		NotificationSettings: notificationDefaults(), VideoChannels: []shape.Channel{}, CreatedAt: shape.Time(u.CreatedAt),
		SpecialPlaylists: []any{},
	}
	for _, c := range channels {
		answer.VideoChannels = append(answer.VideoChannels, a.Site.ChannelWithoutOwner(c))
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

// videos answers GET /api/v1/users/me/videos.
func (a *API) videos(w http.ResponseWriter, r *http.Request) error {
	l, err := a.Videos.OwnListOf(r, decode.QueryOf(r))
	if err != nil {
		return err
	}
	body, err := a.Videos.OwnPage(r.Context(), l)
	if err != nil {
		return err
	}
	httpx.JSONBytes(w, r, http.StatusOK, body)
	return nil
}

// quota answers GET /api/v1/users/me/video-quota-used, in bytes.
func (a *API) quota(w http.ResponseWriter, r *http.Request) error {
	total, today, err := a.Catalog.StorageUsed(r.Context(), authn.Caller(r).UserID, time.Now())
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, map[string]int64{"videoQuotaUsed": total, "videoQuotaUsedDaily": today})
}
