package process

import (
	"context"
	"fmt"

	"vidilog/commands"
	"vidilog/commands/channel"
	"vidilog/commands/comment"
	"vidilog/commands/job"
	"vidilog/commands/video"
	"vidilog/domain/process"
	"vidilog/internal/failpoint"
)

// pointPublishing is where a video has everything to be published and nobody has said so.
var pointPublishing = failpoint.New("process.publishing")

// dispatch turns an intent into its command. An intent without one is a mistake in this file, found by its test.
func dispatch(ctx context.Context, w *commands.Work, intent process.Intent) error {
	switch i := intent.(type) {
	case process.RequestJob:
		return run(ctx, w, job.RequestSpec, job.Request(i))
	case process.ReleaseJob:
		return run(ctx, w, job.ReleaseSpec, job.Release(i))
	case process.CancelJob:
		return run(ctx, w, job.CancelSpec, job.Cancel(i))
	case process.ReopenJob:
		return run(ctx, w, job.ReopenSpec, job.Reopen(i))
	case process.PublishVideo:
		if err := pointPublishing.Hit(); err != nil {
			return err
		}
		return run(ctx, w, video.PublishSpec, video.Publish(i))
	case process.FailVideo:
		return run(ctx, w, video.GiveUpTranscodingSpec, video.GiveUpTranscoding(i))
	case process.DropWebVideos:
		return run(ctx, w, video.DropWebVideosSpec, video.DropWebVideos(i))
	case process.RemoveVideosOfChannel:
		return run(ctx, w, channel.RemoveVideosSpec, channel.RemoveVideos(i))
	case process.RemoveCommentsOfAccount:
		return run(ctx, w, comment.RemoveAllSpec, comment.RemoveAll(i))
	case process.SpreadSupport:
		return run(ctx, w, channel.SpreadSupportSpec, channel.SpreadSupport(i))
	}
	return fmt.Errorf("no command for the intent %T", intent)
}

func run[C any](ctx context.Context, w *commands.Work, s commands.Spec[C, struct{}], c C) error {
	_, err := commands.Within(ctx, w, s, c)
	return err
}
