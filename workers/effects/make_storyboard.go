package effects

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
	"vidilog/internal/failpoint"
	"vidilog/workers/media"
)

var pointStoryboard = failpoint.New("effects.storyboard-written")

// StoryboardQueue is where storyboards wait: each decodes a whole film, so one is made at a time and others' work goes on.
const StoryboardQueue = "storyboards"

// storyboardTime is PeerTube's limit for one.
const storyboardTime = 6 * time.Hour

// MakeStoryboard makes the storyboard of a video anew.
type MakeStoryboard struct {
	VideoID kernel.VideoID `json:"videoId"`
	Because Because        `json:"because"`
}

// Kind names the work in River; the name is that of PeerTube's queue.
func (MakeStoryboard) Kind() string { return "generate-video-storyboard" }

// StoryboardWorker makes storyboards.
type StoryboardWorker struct {
	river.WorkerDefaults[MakeStoryboard]
	Videos *commandsvideo.Handlers
	Tools  *media.Tools
	Files  Files
	// Enabled is storyboards.enabled of now.
	Enabled func() bool
}

// Timeout bounds one attempt.
func (*StoryboardWorker) Timeout(*river.Job[MakeStoryboard]) time.Duration { return storyboardTime }

// Work makes the picture under a name that derives from the event it is owed to: a second run overwrites the first, and the
// storyboard of another source has another name.
func (s *StoryboardWorker) Work(ctx context.Context, work *river.Job[MakeStoryboard]) error {
	id := work.Args.VideoID
	v, err := s.Videos.Video(ctx, id)
	if err != nil {
		return err
	}
	source, found := v.BestPicture(video.LargestFirst)
	if !v.Exists || v.Deleted || !found || !s.Enabled() {
		return nil
	}
	board, drawn, err := s.draw(ctx, v, source, kernel.Derive(work.Args.Because.Cause, "storyboard").String())
	if err != nil || !drawn {
		return err
	}
	if err := pointStoryboard.Hit(); err != nil {
		return err
	}
	_, err = s.Videos.AttachStoryboard(ctx, work.Args.Because.caller(), commandsvideo.AttachStoryboard{VideoID: id, Storyboard: board})
	if kernel.CodeOf(err) == kernel.CodeNotFound { // deleted meanwhile
		return s.Files.RemoveStoryboard(board.FileName)
	}
	return err
}

// draw makes the picture; drawn is false for a video that is too short for one.
func (s *StoryboardWorker) draw(ctx context.Context, v video.Video, source video.Rendition, uuid string) (board video.Storyboard, drawn bool, err error) {
	path, err := s.Files.Rendition(v, source)
	if err != nil {
		return board, false, err
	}
	probe, err := s.Tools.Probe(ctx, path)
	if err != nil {
		return board, false, err
	}
	layout, ok := transcoding.StoryboardOf(v.Seconds, probe.Video.Width, probe.Video.Height)
	if !ok {
		return board, false, nil
	}
	board = video.Storyboard{
		FileName: transcoding.ImageName(uuid), TotalWidth: layout.TotalWidth(), TotalHeight: layout.TotalHeight(),
		SpriteWidth: layout.SpriteWidth, SpriteHeight: layout.SpriteHeight, SpriteSeconds: layout.SpriteSeconds,
	}
	return board, true, s.Tools.Storyboard(ctx, media.Storyboard{
		Source: path, Probe: probe, Layout: layout, Output: s.Files.Storyboard(board.FileName),
	})
}
