package shape

import (
	"vidilog/projections/catalog"
)

// ActorImage is an avatar or banner.
type ActorImage struct {
	Path    string `json:"path"`
	FileURL string `json:"fileUrl"`
	Width   int    `json:"width"`
	Height  int    `json:"height"`
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
}

func (s Site) accountURL(name string) string   { return s.URL + "/accounts/" + name }
func (s Site) channelURL(handle string) string { return s.URL + "/video-channels/" + handle }

// Account shapes an account.
func (s Site) Account(a catalog.Account) Account {
	return Account{
		URL: s.accountURL(a.Name), Name: a.Name, Host: s.Host, Avatars: []ActorImage{}, ID: a.Number,
		CreatedAt: Time(a.CreatedAt), DisplayName: a.DisplayName, UpdatedAt: Time(a.UpdatedAt), UserID: a.UserNumber,
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
		URL: s.channelURL(c.Handle), Name: c.Handle, Host: s.Host, Avatars: []ActorImage{}, ID: c.Number,
		CreatedAt: Time(c.CreatedAt), Banners: []ActorImage{}, DisplayName: c.DisplayName, IsLocal: true,
		UpdatedAt: Time(c.UpdatedAt),
	}
}

func (s Site) accountSummary(a catalog.Account) AccountSummary {
	return AccountSummary{
		ID: a.Number, DisplayName: a.DisplayName, Name: a.Name, URL: s.accountURL(a.Name), Host: s.Host, Avatars: []ActorImage{},
	}
}

func (s Site) channelSummary(c catalog.Channel) ChannelSummary {
	return ChannelSummary{
		ID: c.Number, Name: c.Handle, DisplayName: c.DisplayName, URL: s.channelURL(c.Handle), Host: s.Host, Avatars: []ActorImage{},
	}
}
