package users

import (
	"errors"
	"net/http"
	"time"

	"github.com/google/uuid"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/images"
	"vidilog/api/shape"
	commandsaccount "vidilog/commands/account"
	"vidilog/internal/httpx"
)

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
	logins, err := a.Sessions.LastLogins(r.Context(), []uuid.UUID{u.ID.UUID})
	if err != nil {
		return err
	}
	answer := a.Site.User(u, lastLogin(logins, u))
	answer.NotificationSettings = notificationDefaults()
	for _, c := range channels {
		answer.VideoChannels = append(answer.VideoChannels, a.Site.ChannelWithoutOwner(c))
	}
	lists, err := a.Catalog.SpecialPlaylists(r.Context(), u.Account.ID)
	if err != nil {
		return err
	}
	own := mine{User: answer, SpecialPlaylists: []specialPlaylist{}}
	for _, l := range lists {
		own.SpecialPlaylists = append(own.SpecialPlaylists, specialPlaylist{ID: l.Number, Name: l.DisplayName, Type: l.Type})
	}
	return httpx.JSON(w, r, http.StatusOK, own)
}

// mine is one's own profile, which always has the list of special playlists.
type mine struct {
	shape.User
	SpecialPlaylists []specialPlaylist `json:"specialPlaylists"`
}

// specialPlaylist is a playlist that everybody has.
type specialPlaylist struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	Type int    `json:"type"`
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

// pickAvatar answers POST /api/v1/users/me/avatar/pick.
func (a *API) pickAvatar(w http.ResponseWriter, r *http.Request) error {
	made, err := a.Images.Receive(r, "avatarfile", images.Avatar)
	if err != nil {
		return err
	}
	account, err := a.Catalog.User(r.Context(), authn.Caller(r).UserID)
	if err != nil {
		return errors.Join(err, a.Images.Drop(made))
	}
	outcome, err := a.Accounts.ChangeAvatar(r.Context(), authn.Caller(r), commandsaccount.ChangeAvatar{
		AccountID: account.Account.ID, Avatars: made,
	})
	if err != nil {
		return errors.Join(err, a.Images.Drop(made))
	}
	return a.Writes.JSON(w, r, outcome.Position, map[string]any{"avatars": a.Site.Avatars(made, time.Now())})
}

// removeAvatar answers DELETE /api/v1/users/me/avatar.
func (a *API) removeAvatar(w http.ResponseWriter, r *http.Request) error {
	u, err := a.Catalog.User(r.Context(), authn.Caller(r).UserID)
	if err != nil {
		return err
	}
	outcome, err := a.Accounts.ChangeAvatar(r.Context(), authn.Caller(r), commandsaccount.ChangeAvatar{AccountID: u.Account.ID})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}
