package jobs

import (
	"context"
	"fmt"
	"path/filepath"

	commandsjob "vidilog/commands/job"
	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
	"vidilog/workers/media"
)

// Files says where the files of a video lie.
type Files interface {
	// WebVideo is the path of a progressive file.
	WebVideo(private bool, name string) string
	// Rendition is the path of the media file of a rendition that v has.
	Rendition(v video.Video, r video.Rendition) (string, error)
	// Preview is the path of a preview.
	Preview(name string) string
	// HLSDirectory is the folder of a video's HLS files; it exists after the call.
	HLSDirectory(private bool, id kernel.VideoID) (string, error)
	// Discard removes what a job of this order wrote, wherever it lies; files that are not there are no error.
	Discard(id kernel.VideoID, order job.Order) error
}

// movesFollowed bounds how often a job looks for a file that has gone from where the log had it a moment before: a change of the
// privacy moves the files while jobs run.
const movesFollowed = 5

// run makes the rendition of an order. Errors with CodeUnprocessable are hopeless; others may go away.
func (w *Worker) run(ctx context.Context, a commandsjob.Accepted, progress media.Progress) (made video.Rendition, err error) {
	for range movesFollowed {
		v, err := w.Videos.Video(ctx, a.VideoID)
		if err != nil {
			return made, err
		}
		if !v.Exists || v.Deleted {
			return made, kernel.Refuse(kernel.CodeUnprocessable, "the video was deleted")
		}
		var from material
		made, from, err = w.attempt(ctx, v, a.Order, progress)
		if err == nil || !from.isGone() {
			return made, err
		}
	}
	return made, fmt.Errorf("the files of the video moved %d times before they could be read", movesFollowed)
}

// attempt makes the rendition of files where the log has them, and says which these are.
func (w *Worker) attempt(ctx context.Context, v video.Video, o job.Order, progress media.Progress) (made video.Rendition, from material, err error) {
	if from, err = w.source(ctx, v, o); err == nil {
		made, err = w.make(ctx, v, o, from, progress)
	}
	return made, from, err
}

func (w *Worker) make(ctx context.Context, v video.Video, o job.Order, from material, progress media.Progress) (video.Rendition, error) {
	if o.Type == job.HLSTranscoding {
		return w.runHLS(ctx, v, o, from, progress)
	}
	return w.runWebVideo(ctx, v, o, from, progress)
}

func (w *Worker) runWebVideo(ctx context.Context, v video.Video, o job.Order, from material, progress media.Progress) (video.Rendition, error) {
	still := ""
	if o.Type == job.AudioMergeTranscoding && v.Pictures.Preview != "" {
		still = w.Files.Preview(v.Pictures.Preview)
	}
	made, err := w.Tools.WebVideo(ctx, media.WebVideo{
		Source: from.path, Probe: from.probe, Sound: from.sound, Encoding: encoding(o, o.QuickCopy), Still: still,
		Output: w.Files.WebVideo(v.PrivateFiles, o.FileName), Progress: progress,
	})
	return rendition(video.WebVideo, o, made), err
}

func (w *Worker) runHLS(ctx context.Context, v video.Video, o job.Order, from material, progress media.Progress) (video.Rendition, error) {
	directory, err := w.Files.HLSDirectory(v.PrivateFiles, v.ID)
	if err != nil {
		return video.Rendition{}, err
	}
	copies := o.CopyCodecs && o.Resolution > 0 && int(from.probe.Resolution()) == o.Resolution
	made, err := w.Tools.HLS(ctx, media.HLS{
		Source: from.path, Probe: from.probe, Sound: from.sound, Encoding: encoding(o, copies), WithoutSound: o.WithoutSound,
		Directory: directory, Media: filepath.Base(o.FileName), Progress: progress,
	})
	return rendition(video.HLS, o, made.Probe), err
}

func encoding(o job.Order, copies bool) transcoding.Encoding {
	return transcoding.Encoding{Resolution: transcoding.Resolution(o.Resolution), FPS: o.FPS, QuickCopy: copies}
}

// rendition describes a file that was made by what probing it gave.
func rendition(kind video.RenditionKind, o job.Order, made transcoding.Probe) video.Rendition {
	return video.Rendition{
		Kind: kind, Resolution: o.Resolution, Width: made.Video.Width, Height: made.Video.Height, FPS: made.FPS(),
		Bytes: made.Size, Seconds: made.Seconds(), FileName: o.FileName, PlaylistName: o.PlaylistName,
		HasVideo: made.HasVideo(), HasAudio: made.HasAudio(),
		VideoCodec: made.Video.CodecString(), AudioCodec: made.Audio.CodecString(),
	}
}
