package channel

import (
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// ChangeAvatar gives a channel an avatar in several sizes; none takes it away.
type ChangeAvatar struct{ Avatars []actor.Image }

// AvatarChanged records the avatar's sizes, and the files that are needed no more.
type AvatarChanged struct {
	ChannelID kernel.ChannelID `json:"channelId"`
	Avatars   []actor.Image    `json:"avatars"`
	Replaced  []string         `json:"replaced"`
}

// EventType is the literal id in the log.
func (AvatarChanged) EventType() string { return "channel.avatar-changed" }

// Decide answers AvatarChanged, nothing when there is none to take away, or CodeNotFound.
func (c ChangeAvatar) Decide(ch Channel) ([]kernel.Event, error) {
	if !ch.Stands() {
		return nil, kernel.NotFound("Video channel not found")
	}
	if len(c.Avatars) == 0 && len(ch.Avatars) == 0 {
		return nil, nil
	}
	return []kernel.Event{AvatarChanged{ChannelID: ch.ChannelID, Avatars: c.Avatars, Replaced: actor.FileNames(ch.Avatars)}}, nil
}

// ChangeBanner gives a channel a banner in several sizes; none takes it away.
type ChangeBanner struct{ Banners []actor.Image }

// BannerChanged records the banner's sizes, and the files that are needed no more.
type BannerChanged struct {
	ChannelID kernel.ChannelID `json:"channelId"`
	Banners   []actor.Image    `json:"banners"`
	Replaced  []string         `json:"replaced"`
}

// EventType is the literal id in the log.
func (BannerChanged) EventType() string { return "channel.banner-changed" }

// Decide answers BannerChanged, nothing when there is none to take away, or CodeNotFound.
func (c ChangeBanner) Decide(ch Channel) ([]kernel.Event, error) {
	if !ch.Stands() {
		return nil, kernel.NotFound("Video channel not found")
	}
	if len(c.Banners) == 0 && len(ch.Banners) == 0 {
		return nil, nil
	}
	return []kernel.Event{BannerChanged{ChannelID: ch.ChannelID, Banners: c.Banners, Replaced: actor.FileNames(ch.Banners)}}, nil
}
