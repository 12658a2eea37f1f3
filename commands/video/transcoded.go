package video

import (
	"context"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// Publish shows a video that waited for its renditions.
type Publish struct {
	VideoID kernel.VideoID `json:"videoId"`
}

// PublishSpec is run by the transcoding process.
var PublishSpec = commands.Spec[Publish, struct{}]{
	Type:  "video.publish",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c Publish) (struct{}, error) {
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightAll, video.Publish{})
	},
}

// GiveUpTranscoding says that the renditions a video waits for will not come.
type GiveUpTranscoding struct {
	VideoID kernel.VideoID `json:"videoId"`
	Reason  string         `json:"reason"`
}

// GiveUpTranscodingSpec is run by the transcoding process.
var GiveUpTranscodingSpec = commands.Spec[GiveUpTranscoding, struct{}]{
	Type:  "video.give-up-transcoding",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c GiveUpTranscoding) (struct{}, error) {
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightAll, video.GiveUpTranscoding{Reason: c.Reason})
	},
}

// DropWebVideos removes the progressive files of a video that streams by HLS.
type DropWebVideos struct {
	VideoID kernel.VideoID `json:"videoId"`
}

// DropWebVideosSpec is run by the transcoding process.
var DropWebVideosSpec = commands.Spec[DropWebVideos, struct{}]{
	Type:  "video.drop-web-videos",
	Needs: commands.ByServer(),
	Handle: func(ctx context.Context, w *commands.Work, c DropWebVideos) (struct{}, error) {
		return struct{}{}, decideAs(ctx, w, c.VideoID, user.RightAll, video.DropWebVideos{})
	},
}
