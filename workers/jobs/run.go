package jobs

import (
	"context"
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
	// HLSDirectory is the folder of a video's HLS files; it exists after the call.
	HLSDirectory(private bool, id kernel.VideoID) (string, error)
	// Discard removes what a job of this order wrote, wherever it lies; files that are not there are no error.
	Discard(id kernel.VideoID, order job.Order) error
}

// run makes the rendition of an order. Errors with CodeUnprocessable are hopeless; others may go away.
func (w *Worker) run(ctx context.Context, a commandsjob.Accepted, progress media.Progress) (video.Rendition, error) {
	v, err := w.Videos.Video(ctx, a.VideoID)
	if err != nil {
		return video.Rendition{}, err
	}
	if !v.Exists || v.Deleted {
		return video.Rendition{}, kernel.Refuse(kernel.CodeUnprocessable, "the video was deleted")
	}
	source, err := w.source(v, a.Order)
	if err != nil {
		return video.Rendition{}, err
	}
	probe, err := w.Tools.Probe(ctx, source)
	if err != nil {
		return video.Rendition{}, err
	}
	if a.Order.Type == job.HLSTranscoding {
		return w.runHLS(ctx, v, a.Order, source, probe, progress)
	}
	return w.runWebVideo(ctx, v, a.Order, source, probe, progress)
}

// source is the file an order is made of: the upload itself for the first web video, the web video of the same resolution
// for HLS by copy, the largest web video otherwise.
func (w *Worker) source(v video.Video, o job.Order) (string, error) {
	if o.Optimises {
		return w.Files.WebVideo(v.PrivateFiles, v.Original), nil
	}
	var best video.Rendition
	for _, r := range v.Renditions {
		if r.Kind != video.WebVideo {
			continue
		}
		if o.CopyCodecs && r.Resolution == o.Resolution {
			return w.Files.WebVideo(v.PrivateFiles, r.FileName), nil
		}
		if best.FileName == "" || r.Resolution > best.Resolution {
			best = r
		}
	}
	if best.FileName == "" {
		return "", kernel.Refuse(kernel.CodeUnprocessable, "the video has no file to make this rendition of")
	}
	return w.Files.WebVideo(v.PrivateFiles, best.FileName), nil
}

func (w *Worker) runWebVideo(ctx context.Context, v video.Video, o job.Order, source string, probe transcoding.Probe, progress media.Progress) (video.Rendition, error) {
	made, err := w.Tools.WebVideo(ctx, media.WebVideo{
		Source: source, Probe: probe, Encoding: encoding(o, o.QuickCopy),
		Output: w.Files.WebVideo(v.PrivateFiles, o.FileName), Progress: progress,
	})
	return rendition(video.WebVideo, o, made), err
}

func (w *Worker) runHLS(ctx context.Context, v video.Video, o job.Order, source string, probe transcoding.Probe, progress media.Progress) (video.Rendition, error) {
	directory, err := w.Files.HLSDirectory(v.PrivateFiles, v.ID)
	if err != nil {
		return video.Rendition{}, err
	}
	copies := o.CopyCodecs && int(probe.Resolution()) == o.Resolution
	made, err := w.Tools.HLS(ctx, media.HLS{
		Source: source, Probe: probe, Encoding: encoding(o, copies),
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
		Bytes: made.Size, FileName: o.FileName, PlaylistName: o.PlaylistName,
		HasVideo: made.HasVideo(), HasAudio: made.HasAudio(),
		VideoCodec: made.Video.CodecString(), AudioCodec: made.Audio.CodecString(),
	}
}
