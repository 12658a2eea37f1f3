package main

import (
	"context"
	"fmt"

	"github.com/ThreeDotsLabs/watermill/message"

	"vidilog/domain/video"
	"vidilog/eventstore"
)

// narrate says in the log what has become of videos, in PeerTube's words and with its tags: administrators look for a video by its
// UUID there. One node says it.
func (v *server) narrate(ctx context.Context, _ *message.Message, e eventstore.Event) error {
	say := func(id, format string, args ...any) {
		v.logger.InfoContext(ctx, fmt.Sprintf(format, args...), "tags", []string{"video", id}) //nolint:sloglint // PeerTube's sentences, which people search for
	}
	switch data := e.Data.(type) {
	case video.Uploaded:
		say(data.VideoID.String(), "Video with name %s and uuid %s created.", data.Attributes.Name, data.VideoID)
	case video.Updated:
		say(data.VideoID.String(), "Video with name %s and uuid %s updated.", data.Attributes.Name, data.VideoID)
	case video.Deleted:
		say(data.VideoID.String(), "Video with uuid %s deleted.", data.VideoID)
	}
	return nil
}
