package effects

import (
	"context"
	"errors"
	"slices"

	"github.com/riverqueue/river"

	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/internal/failpoint"
	"vidilog/workers/queue"
)

var (
	pointRemoving    = failpoint.New("effects.files-removing")
	pointHalfRemoved = failpoint.New("effects.files-half-removed")
	pointRemoved     = failpoint.New("effects.files-removed")
)

// Removal names files of a video that nothing refers to any more.
type Removal struct {
	VideoID    kernel.VideoID      `json:"videoId"`
	Kind       video.RenditionKind `json:"kind,omitempty"`
	Names      []string            `json:"names,omitempty"`
	Thumbnail  string              `json:"thumbnail,omitempty"`
	Preview    string              `json:"preview,omitempty"`
	Storyboard string              `json:"storyboard,omitempty"`
	Original   string              `json:"original,omitempty"`
	Caption    string              `json:"caption,omitempty"`
	Torrent    string              `json:"torrent,omitempty"`
	// Everything means all files the video ever had.
	Everything bool    `json:"everything,omitempty"`
	Because    Because `json:"because"`
}

func (r Removal) isEmpty() bool {
	return !r.Everything && len(r.Names) == 0 && r.Thumbnail == "" && r.Preview == "" && r.Storyboard == "" && r.Original == "" && r.Torrent == "" &&
		r.Caption == ""
}

// RemoveFiles removes files as soon as it can.
type RemoveFiles struct{ Removal }

// Kind names the work in River.
func (RemoveFiles) Kind() string { return "remove-files" }

// RemoveFilesLater removes files that players may still be reading, so it waits; it counts as a schedule, not as open work.
type RemoveFilesLater struct{ Removal }

// Kind names the work in River.
func (RemoveFilesLater) Kind() string { return queue.PeriodicPrefix + "remove-files" }

// Remover removes files.
type Remover struct {
	Videos    *commandsvideo.Handlers
	Files     Files
	Lingering Lingering
}

// RemoveWorker removes at once.
type RemoveWorker struct {
	river.WorkerDefaults[RemoveFiles]
	*Remover
}

// Work removes the files.
func (w *RemoveWorker) Work(ctx context.Context, work *river.Job[RemoveFiles]) error {
	return w.remove(ctx, work.Args.Removal)
}

// RemoveLaterWorker removes after a while.
type RemoveLaterWorker struct {
	river.WorkerDefaults[RemoveFilesLater]
	*Remover
}

// Work removes the files.
func (w *RemoveLaterWorker) Work(ctx context.Context, work *river.Job[RemoveFilesLater]) error {
	return w.remove(ctx, work.Args.Removal)
}

// Everything removes all files of a deleted video, for those who do not want to wait for the work that follows from its deletion. That
// work runs all the same and finds nothing left: it is what survives a crash. A video that stands keeps its files.
func (w *Remover) Everything(ctx context.Context, id kernel.VideoID) error {
	v, err := w.Videos.Video(ctx, id)
	if err != nil || !v.Deleted {
		return err
	}
	return errors.Join(w.removeEverything(v, id), w.removeLingering(ctx, v))
}

// remove spares names that the video has taken up again.
func (w *Remover) remove(ctx context.Context, r Removal) error {
	v, err := w.Videos.Video(ctx, r.VideoID)
	if err == nil {
		err = pointRemoving.Hit()
	}
	if err != nil {
		return err
	}
	if r.Everything {
		err = errors.Join(w.removeEverything(v, r.VideoID), w.removeLingering(ctx, v))
	} else {
		err = w.removeNamed(v, r)
	}
	if err != nil {
		return err
	}
	return pointRemoved.Hit()
}

func (w *Remover) removeNamed(v video.Video, r Removal) error {
	if !v.Deleted {
		inUse := names(v)
		r.Names = slices.DeleteFunc(r.Names, func(n string) bool { return slices.Contains(inUse, n) })
		if r.Thumbnail == v.Pictures.Thumbnail {
			r.Thumbnail = ""
		}
		if r.Preview == v.Pictures.Preview {
			r.Preview = ""
		}
		if r.Storyboard == v.Storyboard {
			r.Storyboard = ""
		}
		if r.Original == v.Kept {
			r.Original = ""
		}
		if slices.ContainsFunc(v.Captions, func(c video.Caption) bool { return c.FileName == r.Caption }) {
			r.Caption = ""
		}
	}
	return errors.Join(
		w.Files.RemoveRendition(r.Kind, r.VideoID, r.Names), w.Files.RemovePictures(r.Thumbnail, r.Preview),
		w.Files.RemoveStoryboard(r.Storyboard), w.Files.RemoveOriginal(r.Original), w.Files.RemoveCaption(r.Caption),
		w.Files.RemoveTorrent(r.Torrent),
	)
}

// removeLingering does not wait for what was replaced shortly before the video was deleted.
func (w *Remover) removeLingering(ctx context.Context, v video.Video) error {
	removals, err := w.Lingering(ctx, v.ID)
	if err != nil {
		return err
	}
	var failures []error
	for _, r := range removals {
		failures = append(failures, w.removeNamed(v, r))
	}
	return errors.Join(failures...)
}

func (w *Remover) removeEverything(v video.Video, id kernel.VideoID) error {
	var web []string
	for _, r := range v.Renditions {
		if r.Kind == video.WebVideo {
			web = append(web, r.FileName)
		}
	}
	failures := []error{w.Files.RemoveRendition(video.WebVideo, id, web), pointHalfRemoved.Hit()}
	for _, torrent := range v.Torrents {
		failures = append(failures, w.Files.RemoveTorrent(torrent))
	}
	for _, c := range v.Captions {
		failures = append(failures, w.Files.RemoveCaption(c.FileName))
	}
	return errors.Join(append(failures,
		w.Files.RemoveHLSDirectory(id),
		w.Files.RemovePictures(v.Pictures.Thumbnail, v.Pictures.Preview),
		w.Files.RemoveStoryboard(v.Storyboard), w.Files.RemoveOriginal(v.Kept),
	)...)
}

// names are all files the video refers to.
func names(v video.Video) []string {
	var list []string
	for _, r := range v.Renditions {
		list = append(list, named(r.FileName, r.PlaylistName)...)
	}
	if v.Playlist != nil {
		list = append(list, v.Playlist.MasterName, v.Playlist.HashesName)
	}
	return list
}
