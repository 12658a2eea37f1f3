// Package domain lists the event types of all aggregates, for the codec and for the schemas that are generated from them.
package domain

import (
	"slices"

	"vidilog/domain/abuse"
	"vidilog/domain/account"
	"vidilog/domain/channel"
	"vidilog/domain/comment"
	"vidilog/domain/instance"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/playlist"
	"vidilog/domain/plugin"
	"vidilog/domain/process"
	"vidilog/domain/rating"
	"vidilog/domain/storage"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// Events answers a zero value of every event type that the log may hold.
func Events() []kernel.Event {
	return slices.Concat(
		instance.Events(), user.Events(), account.Events(), channel.Events(), playlist.Events(), plugin.Events(), storage.Events(),
		video.Events(), rating.Events(), comment.Events(), abuse.Events(), job.Events(), process.Events(),
	)
}
