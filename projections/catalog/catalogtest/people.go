package catalogtest

import (
	"fmt"
	"time"

	"vidilog/domain/account"
	"vidilog/domain/actor"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/playlist"
	"vidilog/domain/plugin"
	"vidilog/domain/user"
)

// guest is the number of somebody who comes and goes; no video is theirs.
const guest = 1_000_000

func picture(of string, number int64, width, height int) []actor.Image {
	return []actor.Image{{FileName: fmt.Sprintf("%s-%d-%d.png", of, number, width), Width: width, Height: height, Bytes: int64(width)}}
}

// profile is what a person does first: chooses settings, shows a face, says what the channel is about.
func profile(at time.Time, number int64) story {
	p := personOf(number)
	about, verified, flags := fmt.Sprintf("about user%d", number), number%2 == 0, user.BypassVideoAutoBlacklist
	settings := user.Settings{
		NSFWPolicy: user.Blur, P2PEnabled: true, AutoPlayVideo: number%2 == 0, VideoLanguages: []string{"fr", "en"}, Theme: user.DefaultTheme,
	}
	avatar := picture("avatar", number, 48, 48)
	return story{at: at, steps: []step{{
		actor: kernel.System("profile"), correlation: derived("profile", number), causedBy: -1,
		parts: []part{
			{p.user.Stream(), []kernel.Event{
				user.SettingsChanged{UserID: p.user, Settings: settings},
				user.EmailChanged{UserID: p.user, Email: kernel.Personal(fmt.Sprintf("new%d@example.org", number)), Verified: &verified},
				user.QuotaChanged{UserID: p.user, Quota: 1 << 40, QuotaDaily: 1 << 30},
				user.RoleChanged{UserID: p.user, Role: user.Moderator},
				user.AdminFlagsChanged{UserID: p.user, Flags: flags},
				user.AuthPluginChanged{UserID: p.user, AuthPlugin: &about},
				user.EmailVerificationChanged{UserID: p.user},
			}},
			{p.account.Stream(), []kernel.Event{
				account.Updated{AccountID: p.account, DisplayName: "The " + about, Description: &about},
				account.AvatarChanged{AccountID: p.account, Avatars: avatar},
				account.AvatarChanged{AccountID: p.account, Avatars: picture("new", number, 120, 120), Replaced: actor.FileNames(avatar)},
			}},
			{p.channel.Stream(), []kernel.Event{
				channel.Updated{ChannelID: p.channel, OwnerID: p.user, DisplayName: "All " + about, Description: &about, Support: &about},
				channel.AvatarChanged{ChannelID: p.channel, Avatars: picture("channel", number, 48, 48)},
				channel.BannerChanged{ChannelID: p.channel, Banners: picture("banner", number, 600, 100)},
			}},
		},
	}}}
}

// visit is somebody who comes, is blocked, is let in again and goes.
func visit(at time.Time) []story {
	p := personOf(guest)
	reason := "no reason"
	face := picture("avatar", guest, 48, 48)
	return []story{newcomer(at, guest), {at: at.Add(time.Minute), steps: []step{{
		actor: kernel.System("visit"), correlation: derived("visit", guest), causedBy: -1,
		parts: []part{
			complained(p),
			{p.user.Stream(), []kernel.Event{
				user.Blocked{UserID: p.user, Reason: &reason},
				user.Unblocked{UserID: p.user},
				user.Deleted{UserID: p.user, AccountID: p.account},
				user.Erased{UserID: p.user},
			}},
			{p.account.Stream(), []kernel.Event{
				account.AvatarChanged{AccountID: p.account, Avatars: face},
				account.Deleted{AccountID: p.account, Files: actor.FileNames(face)},
			}},
			{p.channel.Stream(), []kernel.Event{
				channel.AvatarChanged{ChannelID: p.channel, Avatars: picture("channel", guest, 48, 48)},
				channel.Deleted{ChannelID: p.channel, OwnerID: p.user, Files: []string{fmt.Sprintf("channel-%d-48.png", guest)}},
			}},
			{kernel.PluginID{UUID: derived("plugin", 1)}.Stream(), []kernel.Event{
				plugin.Installed{Package: plugin.Package{
					NPMName: "peertube-theme-red", Version: "0.0.5", CSS: []string{"a.css"}, StaticDirs: map[string]string{"images": "public"},
					Scripts: []plugin.Script{{Script: "a.js", Scopes: []string{"common"}}},
				}},
				plugin.Uninstalled{NPMName: "peertube-theme-red"},
			}},
			{playlist.WatchLaterOf(p.account).Stream(), []kernel.Event{
				playlist.Deleted{PlaylistID: playlist.WatchLaterOf(p.account)},
			}},
		},
	}}}}
}
