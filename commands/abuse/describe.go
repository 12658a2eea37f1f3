package abuse

import (
	"context"

	"vidilog/commands"
	commandscomment "vidilog/commands/comment"
	"vidilog/domain/abuse"
	"vidilog/domain/account"
	"vidilog/domain/channel"
	"vidilog/domain/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// describe says what the report is about, and whose that is.
func (c Report) describe(ctx context.Context, w *commands.Work, verb *abuse.Report) (err error) {
	switch {
	case c.VideoID != nil:
		verb.Video, verb.FlaggedAccountID, err = c.video(ctx, w)
	case c.CommentID != nil:
		verb.Comment, verb.FlaggedAccountID, err = c.comment(ctx, w, verb.ReporterAccountID)
	default:
		verb.FlaggedAccountID, err = c.account(ctx, w)
	}
	return err
}

func (c Report) account(ctx context.Context, w *commands.Work) (kernel.AccountID, error) {
	flagged, err := commands.Load[account.Account](ctx, w, c.AccountID.Stream())
	if err == nil && !flagged.Stands() {
		err = kernel.NotFound("Account not found")
	}
	return flagged.AccountID, err
}

// video answers what is kept of the video, and whose it is.
func (c Report) video(ctx context.Context, w *commands.Work) (*abuse.ReportedVideo, kernel.AccountID, error) {
	film, err := seen(ctx, w, *c.VideoID, kernel.NotFound("Video not found"))
	if err != nil {
		return nil, kernel.AccountID{}, err
	}
	shown, err := commands.Load[channel.Channel](ctx, w, film.ChannelID.Stream())
	return &abuse.ReportedVideo{
		VideoID: film.ID, IntegerID: film.IntegerID, Name: film.Attributes.Name, NSFW: film.Attributes.NSFW,
		ChannelID: film.ChannelID, ChannelIntegerID: shown.IntegerID, ChannelHandle: shown.Handle, ChannelName: shown.DisplayName,
		StartAt: c.StartAt, EndAt: c.EndAt,
	}, film.AccountID, err
}

// comment answers what is kept of the comment, and whose it is. One that is held for review is not there for those who do not see it.
func (c Report) comment(ctx context.Context, w *commands.Work, reporter kernel.AccountID) (*abuse.ReportedComment, kernel.AccountID, error) {
	_, thread, err := commandscomment.Find(ctx, w, *c.CommentID)
	if err != nil {
		return nil, kernel.AccountID{}, err
	}
	said, err := thread.Find(*c.CommentID)
	if err == nil && said.Deleted {
		err = comment.NotFound()
	}
	if err != nil {
		return nil, kernel.AccountID{}, err
	}
	film, err := seen(ctx, w, thread.VideoID, comment.NotFound())
	if err != nil {
		return nil, kernel.AccountID{}, err
	}
	if said.HeldForReview && said.Author.AccountID != reporter && w.Caller.MustOwn(film.OwnerID, user.RightManageAnyComment) != nil {
		return nil, kernel.AccountID{}, comment.NotFound()
	}
	return &abuse.ReportedComment{
		CommentID: said.ID, ThreadID: thread.ThreadID, VideoID: film.ID, VideoIntegerID: film.IntegerID, VideoName: film.Attributes.Name,
	}, said.Author.AccountID, nil
}

// seen answers a video that stands. PeerTube takes reports of private videos from everybody and then shows their names to the reporter;
// here they are refused to those who may not see them.
func seen(ctx context.Context, w *commands.Work, id kernel.VideoID, missing error) (video.Video, error) {
	film, err := commands.Load[video.Video](ctx, w, id.Stream())
	if err != nil {
		return film, err
	}
	if !film.Exists || film.Deleted {
		return film, missing
	}
	if film.Attributes.Privacy == video.Private && w.Caller.MustOwn(film.OwnerID, user.RightSeeAllVideos) != nil {
		return film, kernel.Forbidden("Cannot fetch information of private/internal/blocked video")
	}
	return film, nil
}
