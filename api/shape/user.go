package shape

import (
	"time"

	"vidilog/domain/user"
	"vidilog/projections/catalog"
)

// User is a person as they and administrators see them, in PeerTube's order.
type User struct {
	ID                      int64          `json:"id"`
	Username                string         `json:"username"`
	Email                   string         `json:"email"`
	Theme                   string         `json:"theme"`
	PendingEmail            *string        `json:"pendingEmail"`
	EmailPublic             bool           `json:"emailPublic"`
	EmailVerified           *bool          `json:"emailVerified"`
	NSFWPolicy              string         `json:"nsfwPolicy"`
	NSFWFlagsDisplayed      int            `json:"nsfwFlagsDisplayed"`
	NSFWFlagsHidden         int            `json:"nsfwFlagsHidden"`
	NSFWFlagsWarned         int            `json:"nsfwFlagsWarned"`
	NSFWFlagsBlurred        int            `json:"nsfwFlagsBlurred"`
	P2PEnabled              bool           `json:"p2pEnabled"`
	VideosHistoryEnabled    bool           `json:"videosHistoryEnabled"`
	AutoPlayVideo           bool           `json:"autoPlayVideo"`
	AutoPlayNextVideo       bool           `json:"autoPlayNextVideo"`
	AutoPlayNextPlaylist    bool           `json:"autoPlayNextVideoPlaylist"`
	VideoLanguages          []string       `json:"videoLanguages"`
	Language                string         `json:"language"`
	Role                    Constant       `json:"role"`
	VideoQuota              int64          `json:"videoQuota"`
	VideoQuotaDaily         int64          `json:"videoQuotaDaily"`
	TotalVideoFileSize      *int64         `json:"totalVideoFileSize,omitempty"`
	VideoQuotaUsed          *int64         `json:"videoQuotaUsed,omitempty"`
	VideoQuotaUsedDaily     *int64         `json:"videoQuotaUsedDaily,omitempty"`
	VideosCount             *int64         `json:"videosCount,omitempty"`
	AbusesCount             *int64         `json:"abusesCount,omitempty"`
	AbusesAcceptedCount     *int64         `json:"abusesAcceptedCount,omitempty"`
	AbusesCreatedCount      *int64         `json:"abusesCreatedCount,omitempty"`
	VideoCommentsCount      *int64         `json:"videoCommentsCount,omitempty"`
	NoInstanceConfigWarning bool           `json:"noInstanceConfigWarningModal"`
	NoWelcome               bool           `json:"noWelcomeModal"`
	NoAccountSetupWarning   bool           `json:"noAccountSetupWarningModal"`
	Blocked                 bool           `json:"blocked"`
	BlockedReason           *string        `json:"blockedReason"`
	Account                 Account        `json:"account"`
	NotificationSettings    map[string]int `json:"notificationSettings,omitempty"`
	VideoChannels           []Channel      `json:"videoChannels"`
	CreatedAt               Time           `json:"createdAt"`
	PluginAuth              *string        `json:"pluginAuth"`
	LastLoginDate           *Time          `json:"lastLoginDate"`
	TwoFactorEnabled        bool           `json:"twoFactorEnabled"`
	AdminFlags              int            `json:"adminFlags"`
	NewFeaturesInfoRead     int            `json:"newFeaturesInfoRead"`
}

// User shapes a person; channels are added by the caller.
func (s Site) User(u catalog.User, lastLogin *time.Time) User {
	c := u.Settings
	return User{
		ID: u.Number, Username: u.Username, Email: string(u.Email), Theme: c.Theme, EmailPublic: c.EmailPublic,
		EmailVerified: u.EmailVerified, NSFWPolicy: c.NSFWPolicy, NSFWFlagsDisplayed: c.NSFWFlagsDisplayed,
		NSFWFlagsHidden: c.NSFWFlagsHidden, NSFWFlagsWarned: c.NSFWFlagsWarned, NSFWFlagsBlurred: c.NSFWFlagsBlurred,
		P2PEnabled: c.P2PEnabled, VideosHistoryEnabled: c.VideosHistoryEnabled, AutoPlayVideo: c.AutoPlayVideo,
		AutoPlayNextVideo: c.AutoPlayNextVideo, AutoPlayNextPlaylist: c.AutoPlayNextPlaylist, VideoLanguages: c.VideoLanguages,
		Language: languageOf(c.Language), Role: Constant{ID: u.Role, Label: user.Role(u.Role).Label()},
		VideoQuota: u.Quota, VideoQuotaDaily: u.QuotaDaily, NoInstanceConfigWarning: c.NoInstanceConfigWarning,
		NoWelcome: c.NoWelcome, NoAccountSetupWarning: c.NoAccountSetupWarning, Blocked: u.Blocked, BlockedReason: u.BlockedReason,
		Account: s.Account(u.Account), VideoChannels: []Channel{}, CreatedAt: Time(u.CreatedAt), PluginAuth: u.AuthPlugin,
		LastLoginDate: TimeOrNull(lastLogin), AdminFlags: u.AdminFlags, NewFeaturesInfoRead: c.NewFeaturesRead,
	}
}

// languageOf is the language that pages are shown in: English until the user has chosen, the default of 8.x
// (instance.default_language).
func languageOf(chosen *string) string {
	if chosen == nil {
		return "en"
	}
	return *chosen
}

// UserForAdmins shapes a person with what they have stored.
func (s Site) UserForAdmins(u catalog.UserStats, lastLogin *time.Time) User {
	shaped := s.User(u.User, lastLogin)
	shaped.TotalVideoFileSize, shaped.VideoQuotaUsed, shaped.VideoQuotaUsedDaily = &u.FileBytes, &u.StoredBytes, &u.StoredToday
	return shaped
}

// Count adds how much a person has done here.
func (u *User) Count(of catalog.UserStats) {
	u.VideosCount, u.VideoCommentsCount = &of.Videos, &of.Comments
}

// CountAbuses adds how often a person was reported, how often rightly, and how often they reported others.
func (u *User) CountAbuses(of catalog.AbuseCounts) {
	u.AbusesCount, u.AbusesAcceptedCount, u.AbusesCreatedCount = &of.Flagged, &of.Accepted, &of.Created
}
