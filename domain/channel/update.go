package channel

import (
	"vidilog/domain/actor"
	"vidilog/domain/kernel"
)

// Update changes what a channel says of itself; nil leaves a field, an empty text takes it away.
type Update struct {
	DisplayName, Description, Support *string
	// SpreadSupport gives the support text to all videos of the channel as well.
	SpreadSupport bool
}

// Updated records what the channel says of itself now.
type Updated struct {
	ChannelID   kernel.ChannelID `json:"channelId"`
	OwnerID     kernel.UserID    `json:"ownerId"`
	DisplayName string           `json:"displayName"`
	Description *string          `json:"description,omitempty"`
	Support     *string          `json:"support,omitempty"`
	// SpreadsSupport says that the videos are to get the support text too.
	SpreadsSupport bool `json:"spreadsSupport"`
}

// EventType is the literal id in the log.
func (Updated) EventType() string { return "channel.updated" }

// Decide answers Updated, nothing when all is so already, CodeInvalid or CodeNotFound.
func (u Update) Decide(c Channel) ([]kernel.Event, error) {
	if !c.Stands() {
		return nil, kernel.NotFound("Video channel not found")
	}
	e := Updated{
		ChannelID: c.ChannelID, OwnerID: c.OwnerID, DisplayName: c.DisplayName, Description: c.Description, Support: c.Support,
	}
	var err error
	if u.DisplayName != nil {
		if e.DisplayName, err = actor.DisplayName("displayName", *u.DisplayName); err != nil {
			return nil, err
		}
	}
	if u.Description != nil {
		if e.Description, err = actor.Text("description", u.Description); err != nil {
			return nil, err
		}
	}
	if u.Support != nil {
		if e.Support, err = actor.Text("support", u.Support); err != nil {
			return nil, err
		}
	}
	isNewSupport := !actor.SameText(e.Support, c.Support)
	e.SpreadsSupport = u.SpreadSupport && isNewSupport // as PeerTube: only a new text is spread
	if e.DisplayName == c.DisplayName && actor.SameText(e.Description, c.Description) && !isNewSupport {
		return nil, nil
	}
	return []kernel.Event{e}, nil
}
