package jobs

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
	"vidilog/workers/media"
)

// material is what a rendition is made of: a file, and another for the sound where the first has none.
type material struct {
	path  string
	probe transcoding.Probe
	sound media.Sound
}

// isGone says that a file is not where it was looked for.
func (m material) isGone() bool {
	for _, path := range []string{m.path, m.sound.Source} {
		if path == "" {
			continue
		}
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

// source finds the files that an order is made of, and looks at them.
func (w *Worker) source(ctx context.Context, v video.Video, o job.Order) (m material, err error) {
	picture, sound, err := choose(v, o)
	if err != nil {
		return m, err
	}
	if m.path, m.probe, err = w.look(ctx, v, picture); err != nil || sound.FileName == "" {
		return m, err
	}
	m.sound.Source, m.sound.Probe, err = w.look(ctx, v, sound)
	return m, err
}

func (w *Worker) look(ctx context.Context, v video.Video, r video.Rendition) (path string, probe transcoding.Probe, err error) {
	if path, err = w.Files.Rendition(v, r); err != nil {
		return path, probe, err
	}
	probe, err = w.Tools.Probe(ctx, path)
	return path, probe, err
}

// choose answers the file that an order is made of: the upload itself for the first web video, the web video of the same
// resolution for HLS by copy, the best there is otherwise. sound names another file where that has none.
func choose(v video.Video, o job.Order) (picture, sound video.Rendition, err error) {
	for _, r := range v.Renditions {
		if o.Optimises && r.FileName == v.Original || o.CopyCodecs && r.Kind == video.WebVideo && r.Resolution == o.Resolution {
			return r, sound, nil
		}
	}
	preference := video.LargestFirst
	if o.FromStreams {
		preference = video.StreamsFirst
	}
	best, found := v.BestPicture(preference)
	loud, isLoud := v.BestSound(preference)
	switch {
	case o.Optimises:
		return best, sound, kernel.Refuse(kernel.CodeUnprocessable, "the file that was uploaded has been replaced")
	case o.Resolution == 0 && isLoud:
		return loud, sound, nil
	case o.Resolution == 0 || !found:
		return best, sound, kernel.Refuse(kernel.CodeUnprocessable, "the video has no file to make this rendition of")
	case !best.HasAudio && isLoud && !o.WithoutSound:
		return best, loud, nil
	}
	return best, sound, nil
}
