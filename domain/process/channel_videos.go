package process

import (
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
)

// ChannelVideosName is the consumer group of the process and the actor of what it does.
const ChannelVideosName = "channelvideos"

// ChannelVideos does to all videos of a channel what was done to the channel: deletes them with it, gives them its support
// text. There may be thousands, so each step says in the log how far it came, and that is the cause of the next.
type ChannelVideos struct {
	// Declined counts what the channel refused: it was deleted while its text was being spread.
	Declined int
}

// Apply folds one event of the process's stream.
func (c ChannelVideos) Apply(e kernel.Event) ChannelVideos {
	if _, refused := e.(Declined); refused {
		c.Declined++
	}
	return c
}

// ChannelVideosKey answers whose process an event belongs to; ok is false for events that are none of its business.
func ChannelVideosKey(e kernel.Event) (id kernel.ChannelID, ok bool) {
	switch e := e.(type) {
	case channel.Deleted:
		return e.ChannelID, true
	case channel.VideosRemoved:
		return e.ChannelID, e.More
	case channel.Updated:
		return e.ChannelID, e.SpreadsSupport
	case channel.SupportSpread:
		return e.ChannelID, e.More
	}
	return id, false
}

// React answers the next step.
func (c ChannelVideos) React(cause Cause) Decision {
	id, concerned := ChannelVideosKey(cause.Data)
	if !concerned {
		return Decision{}
	}
	switch cause.Data.(type) {
	case channel.Deleted, channel.VideosRemoved:
		return Decision{Intents: []Intent{RemoveVideosOfChannel{ChannelID: id}}}
	}
	return Decision{Intents: []Intent{SpreadSupport{ChannelID: id}}}
}
