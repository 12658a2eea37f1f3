package shape

import (
	"time"

	"vidilog/domain/actor"
	"vidilog/projections/catalog"
)

// ActorImage is one size of an avatar or banner.
type ActorImage struct {
	Height    int    `json:"height"`
	Width     int    `json:"width"`
	Path      string `json:"path"`
	FileURL   string `json:"fileUrl"`
	CreatedAt Time   `json:"createdAt"`
	UpdatedAt Time   `json:"updatedAt"`
}

// Avatars shapes the sizes of an avatar, which was last changed at a moment.
func (s Site) Avatars(images []actor.Image, at time.Time) []ActorImage {
	return s.images("/lazy-static/avatars/", images, at)
}

// Banners shapes the sizes of a banner.
func (s Site) Banners(images []actor.Image, at time.Time) []ActorImage {
	return s.images("/lazy-static/banners/", images, at)
}

func (s Site) images(folder string, images []actor.Image, at time.Time) []ActorImage {
	shaped := make([]ActorImage, 0, len(images))
	for _, i := range images {
		path := folder + i.FileName
		shaped = append(shaped, ActorImage{
			Height: i.Height, Width: i.Width, Path: path, FileURL: s.URL + path, CreatedAt: Time(at), UpdatedAt: Time(at),
		})
	}
	return shaped
}

// AccountSummary is an account beside a video in a list.
type AccountSummary struct {
	ID          int64        `json:"id"`
	DisplayName string       `json:"displayName"`
	Name        string       `json:"name"`
	URL         string       `json:"url"`
	Host        string       `json:"host"`
	Avatars     []ActorImage `json:"avatars"`
}

// ChannelSummary is a channel beside a video in a list.
type ChannelSummary struct {
	ID          int64        `json:"id"`
	Name        string       `json:"name"`
	DisplayName string       `json:"displayName"`
	URL         string       `json:"url"`
	Host        string       `json:"host"`
	Avatars     []ActorImage `json:"avatars"`
}

// Account is an account in full.
type Account struct {
	URL                   string       `json:"url"`
	Name                  string       `json:"name"`
	Host                  string       `json:"host"`
	Avatars               []ActorImage `json:"avatars"`
	ID                    int64        `json:"id"`
	HostRedundancyAllowed bool         `json:"hostRedundancyAllowed"`
	FollowingCount        int64        `json:"followingCount"`
	FollowersCount        int64        `json:"followersCount"`
	CreatedAt             Time         `json:"createdAt"`
	DisplayName           string       `json:"displayName"`
	Description           *string      `json:"description"`
	UpdatedAt             Time         `json:"updatedAt"`
	UserID                int64        `json:"userId,omitempty"`
}

// Channel is a channel in full.
type Channel struct {
	URL                   string       `json:"url"`
	Name                  string       `json:"name"`
	Host                  string       `json:"host"`
	Avatars               []ActorImage `json:"avatars"`
	ID                    int64        `json:"id"`
	HostRedundancyAllowed bool         `json:"hostRedundancyAllowed"`
	FollowingCount        int64        `json:"followingCount"`
	FollowersCount        int64        `json:"followersCount"`
	CreatedAt             Time         `json:"createdAt"`
	Banners               []ActorImage `json:"banners"`
	DisplayName           string       `json:"displayName"`
	Description           *string      `json:"description"`
	Support               *string      `json:"support"`
	IsLocal               bool         `json:"isLocal"`
	UpdatedAt             Time         `json:"updatedAt"`
	OwnerAccount          *Account     `json:"ownerAccount,omitempty"`
	*ChannelStats
}

// ChannelStats are the figures of a channel where they are asked for.
type ChannelStats struct {
	VideosCount int64      `json:"videosCount"`
	ViewsPerDay []DayViews `json:"viewsPerDay"`
	TotalViews  int64      `json:"totalViews"`
}

// DayViews are the views of the day that begins then.
type DayViews struct {
	Date  Time  `json:"date"`
	Views int64 `json:"views"`
}

// StatsOfChannel shapes the figures of a channel.
func StatsOfChannel(of catalog.ChannelStats) *ChannelStats {
	shaped := &ChannelStats{VideosCount: of.Videos, TotalViews: of.Views, ViewsPerDay: make([]DayViews, len(of.Days))}
	for i, views := range of.Days {
		shaped.ViewsPerDay[i] = DayViews{Date: Time(of.Since.AddDate(0, 0, i)), Views: views}
	}
	return shaped
}

func (s Site) accountURL(name string) string   { return s.URL + "/accounts/" + name }
func (s Site) channelURL(handle string) string { return s.URL + "/video-channels/" + handle }

// Account shapes an account.
func (s Site) Account(a catalog.Account) Account {
	return Account{
		URL: s.accountURL(a.Name), Name: a.Name, Host: s.Host, Avatars: s.Avatars(a.Avatars, a.UpdatedAt), ID: a.Number,
		CreatedAt: Time(a.CreatedAt), DisplayName: a.DisplayName, Description: a.Description, UpdatedAt: Time(a.UpdatedAt), UserID: a.UserNumber,
	}
}

// Channel shapes a channel with its owner.
func (s Site) Channel(c catalog.Channel) Channel {
	owner := s.Account(c.Account)
	channel := s.ChannelWithoutOwner(c)
	channel.OwnerAccount = &owner
	return channel
}

// ChannelWithoutOwner shapes a channel where the owner is clear: in one's own profile.
func (s Site) ChannelWithoutOwner(c catalog.Channel) Channel {
	return Channel{
		URL: s.channelURL(c.Handle), Name: c.Handle, Host: s.Host, Avatars: s.Avatars(c.Avatars, c.UpdatedAt), ID: c.Number,
		CreatedAt: Time(c.CreatedAt), Banners: s.Banners(c.Banners, c.UpdatedAt), DisplayName: c.DisplayName,
		Description: c.Description, Support: c.Support, IsLocal: true,
		UpdatedAt: Time(c.UpdatedAt),
	}
}

func (s Site) accountSummary(a catalog.Account) AccountSummary {
	return AccountSummary{
		ID: a.Number, DisplayName: a.DisplayName, Name: a.Name, URL: s.accountURL(a.Name), Host: s.Host,
		Avatars: s.Avatars(a.Avatars, a.UpdatedAt),
	}
}

func (s Site) channelSummary(c catalog.Channel) ChannelSummary {
	return ChannelSummary{
		ID: c.Number, Name: c.Handle, DisplayName: c.DisplayName, URL: s.channelURL(c.Handle), Host: s.Host,
		Avatars: s.Avatars(c.Avatars, c.UpdatedAt),
	}
}
