package channel

import (
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// Delete removes a channel. Its handle stays taken for ever, as in PeerTube; its videos go afterwards, step by step.
type Delete struct{}

// Deleted records that the channel is gone, and the files that are needed no more.
type Deleted struct {
	ChannelID kernel.ChannelID `json:"channelId"`
	OwnerID   kernel.UserID    `json:"ownerId"`
	Files     []string         `json:"files"`
}

// EventType is the literal id in the log.
func (Deleted) EventType() string { return "channel.deleted" }

// Decide answers Deleted, or CodeNotFound.
func (Delete) Decide(c Channel) ([]kernel.Event, error) {
	if !c.Stands() {
		return nil, kernel.NotFound("Video channel not found")
	}
	files := append(actor.FileNames(c.Avatars), actor.FileNames(c.Banners)...)
	return []kernel.Event{Deleted{ChannelID: c.ChannelID, OwnerID: c.OwnerID, Files: files}}, nil
}

// RemoveVideos states that some videos of a deleted channel have been deleted. There may be thousands, so it goes by steps.
type RemoveVideos struct {
	Videos int
	More   bool
}

// VideosRemoved records one step of deleting the videos of a deleted channel.
type VideosRemoved struct {
	ChannelID kernel.ChannelID `json:"channelId"`
	OwnerID   kernel.UserID    `json:"ownerId"`
	Videos    int              `json:"videos"`
	// More says that there are others.
	More bool `json:"more"`
}

// EventType is the literal id in the log.
func (VideosRemoved) EventType() string { return "channel.videos-removed" }

// Decide answers VideosRemoved, nothing for a step of no videos, or CodeConflict for a channel that stands.
func (r RemoveVideos) Decide(c Channel) ([]kernel.Event, error) {
	if !c.Deleted {
		return nil, kernel.Conflict("the channel %s stands, and so do its videos", c.Handle)
	}
	if r.Videos == 0 {
		return nil, nil
	}
	return []kernel.Event{VideosRemoved{ChannelID: c.ChannelID, OwnerID: c.OwnerID, Videos: r.Videos, More: r.More}}, nil
}
