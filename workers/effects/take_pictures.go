package effects

import (
	"context"
	"log/slog"

	"github.com/riverqueue/river"

	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
	"vidilog/internal/failpoint"
	"vidilog/workers/media"
)

var pointPictures = failpoint.New("effects.pictures-written")

// PicturesQueue is where pictures wait: the answers of uploads wait for them, so they wait for no other work.
const PicturesQueue = "pictures"

// TakePictures makes thumbnail and preview of a video whose author gave none.
type TakePictures struct {
	VideoID kernel.VideoID `json:"videoId"`
	// Anew replaces pictures that were taken from another file.
	Anew bool `json:"anew,omitempty"`
	// Media is the file that Probe describes, as it was when this was asked for: looking again would take a third of the time.
	Media   string            `json:"media,omitempty"`
	Probe   transcoding.Probe `json:"probe,omitzero"`
	Because Because           `json:"because"`
}

// Kind names the work in River.
func (TakePictures) Kind() string { return "video-pictures" }

// of says what is known of the file already. Its chapters may be many and show nothing.
func (t TakePictures) of(r video.Rendition, probe transcoding.Probe) TakePictures {
	probe.Chapters = nil
	t.Media, t.Probe = r.FileName, probe
	return t
}

// PicturesWorker takes pictures.
type PicturesWorker struct {
	river.WorkerDefaults[TakePictures]
	Videos *commandsvideo.Handlers
	Tools  *media.Tools
	Files  Files
	Logger *slog.Logger
}

// Work makes the pictures under names that derive from the video, so that a second run overwrites the first.
func (p *PicturesWorker) Work(ctx context.Context, work *river.Job[TakePictures]) error {
	id := work.Args.VideoID
	v, err := p.Videos.Video(ctx, id)
	if err != nil {
		return err
	}
	takesAnew := work.Args.Anew && v.Pictures.Generated
	if !v.Exists || v.Deleted || v.Pictures.Thumbnail != "" && v.Pictures.Preview != "" && !takesAnew {
		return nil
	}
	seed := id.UUID
	if work.Args.Anew {
		seed = work.Args.Because.Cause // other pictures have other names: caches keep them for long
	}
	pictures := video.Pictures{
		Thumbnail: transcoding.ImageName(kernel.Derive(seed, "thumbnail").String()),
		Preview:   transcoding.ImageName(kernel.Derive(seed, "preview").String()),
		Generated: true,
	}
	source, found := v.BestPicture(video.LargestFirst)
	if !found {
		return nil // sound alone: players show a picture of their own
	}
	path, err := p.Files.Rendition(v, source)
	if err != nil {
		return err
	}
	probe := work.Args.Probe
	if source.FileName != work.Args.Media {
		if probe, err = p.Tools.Probe(ctx, path); err != nil {
			return err
		}
	}
	err = p.Tools.Stills(ctx, media.Stills{
		Source: path, Probe: probe,
		Pictures: media.ThumbnailAndPreview(p.Files.Thumbnail(pictures.Thumbnail), p.Files.Preview(pictures.Preview)),
	})
	if err != nil {
		return err
	}
	if err := pointPictures.Hit(); err != nil {
		return err
	}
	_, err = p.Videos.AttachPictures(ctx, work.Args.Because.caller(), commandsvideo.AttachPictures{VideoID: id, Pictures: pictures})
	if err != nil && kernel.CodeOf(err) == "" {
		return err
	}
	return p.removeUnused(ctx, id, pictures) // deleted meanwhile, or the author has set pictures
}

// removeUnused takes away what the video does not refer to.
func (p *PicturesWorker) removeUnused(ctx context.Context, id kernel.VideoID, made video.Pictures) error {
	v, err := p.Videos.Video(ctx, id)
	if err != nil {
		return err
	}
	if !v.Deleted && made.Thumbnail == v.Pictures.Thumbnail {
		made.Thumbnail = ""
	}
	if !v.Deleted && made.Preview == v.Pictures.Preview {
		made.Preview = ""
	}
	return p.Files.RemovePictures(made.Thumbnail, made.Preview)
}
