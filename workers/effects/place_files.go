package effects

import (
	"context"
	"errors"

	"github.com/riverqueue/river"

	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/internal/failpoint"
)

var (
	pointLinked = failpoint.New("effects.files-linked")
	pointMoved  = failpoint.New("effects.files-moved")
)

// PlaceFiles brings the files of a video under the paths that its privacy asks for.
type PlaceFiles struct {
	VideoID kernel.VideoID `json:"videoId"`
	Because Because        `json:"because"`
}

// Kind names the work in River.
func (PlaceFiles) Kind() string { return "video-place-files" }

// PlaceWorker moves files between public and private paths.
type PlaceWorker struct {
	river.WorkerDefaults[PlaceFiles]
	Videos    *commandsvideo.Handlers
	Files     Files
	Lingering Lingering
}

// Work makes the files reachable in the new place, says so in the log, and takes them out of the old place: at any moment
// the place that the log names has all of them. A rendition that a job wrote into the old place meanwhile comes along.
func (p *PlaceWorker) Work(ctx context.Context, work *river.Job[PlaceFiles]) error {
	id := work.Args.VideoID
	v, err := p.Videos.Video(ctx, id)
	if err != nil || !v.Exists || v.Deleted {
		return err
	}
	private := v.Attributes.Privacy.KeepsFilesPrivate()
	web, hls := byKind(v)
	err = errors.Join(
		p.Files.LinkRendition(video.WebVideo, id, web, private),
		p.Files.LinkRendition(video.HLS, id, hls, private),
	)
	if err == nil {
		err = pointLinked.Hit()
	}
	if err != nil {
		return err
	}
	_, err = p.Videos.MoveFiles(ctx, work.Args.Because.caller(), commandsvideo.MoveFiles{VideoID: id, Private: private})
	if kernel.CodeOf(err) == kernel.CodeConflict {
		return p.Work(ctx, work) // the privacy has changed back: what was linked for the other must not stay there
	}
	if kernel.CodeOf(err) != "" {
		return nil // deleted, and all files go with it
	}
	if err == nil {
		err = pointMoved.Hit()
	}
	if err != nil {
		return err
	}
	err = errors.Join(
		p.Files.UnlinkRendition(video.WebVideo, id, web, !private),
		p.Files.UnlinkRendition(video.HLS, id, hls, !private),
	)
	if private {
		err = errors.Join(err, p.hide(ctx, id))
	}
	return err
}

// hide takes files away from public paths that wait for their removal: that players may finish what they read holds only as long as
// everybody may see the video.
func (p *PlaceWorker) hide(ctx context.Context, id kernel.VideoID) error {
	removals, err := p.Lingering(ctx, id)
	if err != nil {
		return err
	}
	var failures []error
	for _, r := range removals {
		failures = append(failures, p.Files.UnlinkRendition(r.Kind, id, r.Names, false))
	}
	return errors.Join(failures...)
}

func byKind(v video.Video) (web, hls []string) {
	for _, r := range v.Renditions {
		if r.Kind == video.WebVideo {
			web = append(web, r.FileName)
		} else {
			hls = append(hls, named(r.FileName, r.PlaylistName)...)
		}
	}
	if v.Playlist != nil {
		hls = append(hls, v.Playlist.MasterName, v.Playlist.HashesName)
	}
	return web, hls
}
