package channel

import "vidilog/domain/kernel"

// SpreadSupport states that some videos have got the channel's support text. There may be thousands, so it goes by steps.
type SpreadSupport struct {
	Videos int
	More   bool
}

// SupportSpread records one step of giving the support text to all videos.
type SupportSpread struct {
	ChannelID kernel.ChannelID `json:"channelId"`
	OwnerID   kernel.UserID    `json:"ownerId"`
	Videos    int              `json:"videos"`
	// More says that other videos still wait for theirs.
	More bool `json:"more"`
}

// EventType is the literal id in the log.
func (SupportSpread) EventType() string { return "channel.support-spread" }

// Decide answers SupportSpread, nothing for a step of no videos, or CodeNotFound for a channel that has gone meanwhile.
func (s SpreadSupport) Decide(c Channel) ([]kernel.Event, error) {
	if !c.Stands() {
		return nil, kernel.NotFound("Video channel not found")
	}
	if s.Videos == 0 {
		return nil, nil
	}
	return []kernel.Event{SupportSpread{ChannelID: c.ChannelID, OwnerID: c.OwnerID, Videos: s.Videos, More: s.More}}, nil
}
