package channel

import (
	"context"
	"maps"
	"slices"

	"vidilog/commands"
	"vidilog/domain/actor"
	"vidilog/domain/channel"
	"vidilog/domain/kernel"
	"vidilog/domain/storage"
	"vidilog/domain/video"
)

// videosPerStep bounds the videos of one append, which may hold 1,000 events.
const videosPerStep = 100

// RemoveVideos deletes some videos of a deleted channel.
type RemoveVideos struct {
	ChannelID kernel.ChannelID `json:"channelId"`
}

// RemoveVideosSpec is for the process that follows the deletion.
var RemoveVideosSpec = commands.Spec[RemoveVideos, struct{}]{
	Type: removeVideos.Type,
	Handle: func(ctx context.Context, w *commands.Work, c RemoveVideos) (struct{}, error) {
		_, err := handleRemoveVideos(ctx, w, c)
		return struct{}{}, err
	},
}

var removeVideos = commands.Spec[RemoveVideos, bool]{Type: "channel.remove-videos", Handle: handleRemoveVideos}

func handleRemoveVideos(ctx context.Context, w *commands.Work, c RemoveVideos) (more bool, err error) {
	state, err := commands.Load[channel.Channel](ctx, w, c.ChannelID.Stream())
	if err != nil {
		return false, err
	}
	found, more, err := videosOf(ctx, w, state, func(video.Video) bool { return true })
	if err != nil {
		return false, err
	}
	for _, id := range found {
		if _, err := commands.Decide[video.Video](ctx, w, id.Stream(), video.Delete{}); err != nil {
			return false, err
		}
		release := storage.Release{For: id.String()}
		if _, err := commands.Decide[storage.Storage](ctx, w, storageOf(state), release); err != nil {
			return false, err
		}
	}
	_, err = commands.Decide[channel.Channel](ctx, w, c.ChannelID.Stream(), channel.RemoveVideos{Videos: len(found), More: more})
	return more, err
}

// SpreadSupport gives some videos of a channel its support text.
type SpreadSupport struct {
	ChannelID kernel.ChannelID `json:"channelId"`
}

// SpreadSupportSpec is for the process that follows the change of the text.
var SpreadSupportSpec = commands.Spec[SpreadSupport, struct{}]{Type: "channel.spread-support", Handle: handleSpreadSupport}

func handleSpreadSupport(ctx context.Context, w *commands.Work, c SpreadSupport) (struct{}, error) {
	state, err := commands.Load[channel.Channel](ctx, w, c.ChannelID.Stream())
	if err != nil {
		return struct{}{}, err
	}
	found, more, err := videosOf(ctx, w, state, func(v video.Video) bool {
		return !actor.SameText(v.Attributes.Support, state.Support)
	})
	if err != nil {
		return struct{}{}, err
	}
	for _, id := range found {
		v, err := commands.Load[video.Video](ctx, w, id.Stream())
		if err != nil {
			return struct{}{}, err
		}
		v.Attributes.Support = state.Support
		if _, err := commands.Decide[video.Video](ctx, w, id.Stream(), video.Update{Attributes: v.Attributes}); err != nil {
			return struct{}{}, err
		}
	}
	_, err = commands.Decide[channel.Channel](ctx, w, c.ChannelID.Stream(), channel.SpreadSupport{Videos: len(found), More: more})
	return struct{}{}, err
}

// videosOf finds the first videos of a channel that a step concerns, and whether there are more. Every video that stands holds
// bytes of its owner's storage, so that stream, which uploads write in the same append, is the list that never lags.
func videosOf(ctx context.Context, w *commands.Work, c channel.Channel, concerns func(video.Video) bool) (found []kernel.VideoID, more bool, err error) {
	held, err := commands.Load[storage.Storage](ctx, w, storageOf(c))
	if err != nil {
		return nil, false, err
	}
	for _, key := range slices.Sorted(maps.Keys(held.Held)) {
		id, err := kernel.ParseID[kernel.VideoKind](key)
		if err != nil {
			continue // held for something else
		}
		v, err := commands.Load[video.Video](ctx, w, id.Stream())
		if err != nil {
			return nil, false, err
		}
		if !v.Exists || v.Deleted || v.ChannelID != c.ChannelID || !concerns(v) {
			continue
		}
		if len(found) == videosPerStep {
			return found, true, nil
		}
		found = append(found, id)
	}
	return found, false, nil
}

func storageOf(c channel.Channel) kernel.StreamID {
	return kernel.StorageID{UUID: c.OwnerID.UUID}.Stream()
}
