package effects

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/riverqueue/river"

	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
	"vidilog/internal/failpoint"
	"vidilog/workers/media"
)

var pointPlaylist = failpoint.New("effects.playlist-written")

// WritePlaylist writes master playlist and segment hashes of the HLS renditions that a video has by then.
type WritePlaylist struct {
	VideoID kernel.VideoID `json:"videoId"`
	Because Because        `json:"because"`
}

// Kind names the work in River.
func (WritePlaylist) Kind() string { return "video-playlist" }

// PlaylistWorker writes playlists.
type PlaylistWorker struct {
	river.WorkerDefaults[WritePlaylist]
	Videos *commandsvideo.Handlers
	Tools  *media.Tools
	Files  Files
}

// Work writes both files under names that derive from the renditions listed: the same list always has the same names, another
// list has others, as players and caches need it.
func (p *PlaylistWorker) Work(ctx context.Context, work *river.Job[WritePlaylist]) error {
	id := work.Args.VideoID
	v, err := p.Videos.Video(ctx, id)
	if err != nil {
		return err
	}
	listed := v.StreamMedia()
	if !v.Exists || v.Deleted || len(listed) == 0 || v.Playlist != nil && slices.Equal(v.Playlist.Media, listed) {
		return nil
	}
	directory, err := p.Files.HLSDirectory(v.PrivateFiles, id)
	if err != nil {
		return err
	}
	playlist := name(id, listed)
	err = p.Tools.WriteHLSIndex(ctx, media.HLSIndex{
		Directory: directory, MasterName: playlist.MasterName, HashesName: playlist.HashesName,
		Renditions: entries(v), Seconds: v.Seconds,
	})
	if err != nil {
		return err
	}
	if err := pointPlaylist.Hit(); err != nil {
		return err
	}
	_, err = p.Videos.WritePlaylist(ctx, work.Args.Because.caller(), commandsvideo.WritePlaylist{VideoID: id, Playlist: playlist})
	switch kernel.CodeOf(err) {
	case "":
		return err
	case kernel.CodeConflict: // a rendition came or went meanwhile, and asks for a playlist of its own
		return p.Files.RemoveRendition(video.HLS, id, []string{playlist.MasterName, playlist.HashesName})
	default:
		return p.Files.RemoveHLSDirectory(id)
	}
}

func name(id kernel.VideoID, listed []string) video.Playlist {
	seed := id.UUID
	for _, file := range listed {
		seed = kernel.Derive(seed, file)
	}
	return video.Playlist{
		MasterName: transcoding.HLSMasterName(kernel.Derive(seed, "master").String()),
		HashesName: transcoding.HLSHashesName(kernel.Derive(seed, "hashes").String()),
		Media:      listed,
	}
}

// entries are the lines of the master playlist.
func entries(v video.Video) []transcoding.Rendition {
	var list []transcoding.Rendition
	for _, r := range v.StreamRenditions() {
		list = append(list, transcoding.Rendition{
			Media: filepath.Base(r.FileName), Resolution: transcoding.Resolution(r.Resolution), Width: r.Width, Height: r.Height,
			FPS: r.FPS, Size: r.Bytes, VideoCodec: r.VideoCodec, AudioCodec: r.AudioCodec,
		})
	}
	return list
}
