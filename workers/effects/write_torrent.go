package effects

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/riverqueue/river"

	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
	"vidilog/internal/failpoint"
	"vidilog/workers/media"
)

var pointTorrent = failpoint.New("effects.torrent-written")

// TorrentQueue is where torrents wait: each reads a whole file, so one is made at a time and others' work goes on.
const TorrentQueue = "torrents"

// torrentTime is PeerTube's limit for one.
const torrentTime = 3 * time.Hour

// WriteTorrent makes the torrents of a video say what its files are called and where they are.
type WriteTorrent struct {
	VideoID kernel.VideoID `json:"videoId"`
	// Media is the file that has come; empty when the name or the place of all of them may have changed.
	Media string `json:"media,omitempty"`
	// Action is PeerTube's word for that: create or update-metadata.
	Action  string  `json:"action"`
	Because Because `json:"because"`
}

// Kind names the work in River; the name is that of PeerTube's queue.
func (WriteTorrent) Kind() string { return "manage-video-torrent" }

// Addresses says under which URLs files and trackers are reached.
type Addresses interface {
	// WebVideoURL and HLSURL are those of files.
	WebVideoURL(private bool, name string) string
	HLSURL(private bool, id kernel.VideoID, name string) string
	// Announced are the trackers that torrents name, the WebSocket one first.
	Announced() []string
}

// TorrentWorker writes torrents.
type TorrentWorker struct {
	river.WorkerDefaults[WriteTorrent]
	Videos    *commandsvideo.Handlers
	Files     Files
	Addresses Addresses
	Now       func() time.Time
}

// Timeout bounds one attempt.
func (*TorrentWorker) Timeout(*river.Job[WriteTorrent]) time.Duration { return torrentTime }

// Work looks at the video as it is and writes what is missing or says something else than is so.
func (t *TorrentWorker) Work(ctx context.Context, work *river.Job[WriteTorrent]) error {
	v, err := t.Videos.Video(ctx, work.Args.VideoID)
	if err != nil || !v.Exists || v.Deleted {
		return err
	}
	for _, r := range v.Renditions {
		if work.Args.Media != "" && r.FileName != work.Args.Media {
			continue
		}
		if err := t.write(ctx, work.Args.Because, v, r); err != nil {
			return err
		}
	}
	return nil
}

// write makes the torrent of one file under a name that derives from the event it is owed to, so that a second run overwrites
// the first, and a changed torrent has another name, as caches need it.
func (t *TorrentWorker) write(ctx context.Context, because Because, v video.Video, r video.Rendition) error {
	wanted, err := t.describe(ctx, v, r)
	if err != nil {
		return err
	}
	if before, isThere := t.read(v, r); isThere && same(before, wanted) {
		return nil
	}
	uuid := kernel.Derive(because.Cause, "torrent-"+r.FileName).String()
	made := video.Torrent{FileName: transcoding.TorrentName(uuid, transcoding.Resolution(r.Resolution)), InfoHash: wanted.InfoHash()}
	if r.Kind == video.HLS {
		made.FileName = transcoding.HLSTorrentName(uuid, transcoding.Resolution(r.Resolution))
	}
	if err := media.WriteFile(t.Files.Torrent(made.FileName), wanted.Encode()); err != nil {
		return err
	}
	if err := pointTorrent.Hit(); err != nil {
		return err
	}
	_, err = t.Videos.WriteTorrent(ctx, because.caller(), commandsvideo.WriteTorrent{VideoID: v.ID, Media: r.FileName, Torrent: made})
	if kernel.CodeOf(err) == kernel.CodeNotFound { // the file or the video has gone meanwhile
		return t.Files.RemoveTorrent(made.FileName)
	}
	return err
}

// describe hashes the file unless its torrent has the hashes already: a new name or place leaves the content as it is.
func (t *TorrentWorker) describe(ctx context.Context, v video.Video, r video.Rendition) (transcoding.Torrent, error) {
	d := transcoding.Torrent{
		Name:     transcoding.TorrentContentName(v.Attributes.Name, transcoding.Resolution(r.Resolution), filepath.Ext(r.FileName)),
		Trackers: t.Addresses.Announced(), CreatedAt: t.Now().Unix(),
	}
	if !v.PrivateFiles {
		d.WebSeeds = []string{t.url(v, r)}
	}
	if before, isThere := t.read(v, r); isThere && before.Length == r.Bytes {
		d.Pieces, d.Length, d.PieceLength = before.Pieces, before.Length, before.PieceLength
		return d, nil
	}
	path, err := t.Files.Rendition(v, r)
	if err != nil {
		return d, err
	}
	d.Pieces, d.Length, err = media.HashPieces(ctx, path, transcoding.PieceLength)
	d.PieceLength = transcoding.PieceLength(d.Length)
	return d, err
}

func (t *TorrentWorker) url(v video.Video, r video.Rendition) string {
	if r.Kind == video.HLS {
		return t.Addresses.HLSURL(v.PrivateFiles, v.ID, r.FileName)
	}
	return t.Addresses.WebVideoURL(v.PrivateFiles, r.FileName)
}

// read answers the torrent that a file has; one that cannot be read is as good as none.
func (t *TorrentWorker) read(v video.Video, r video.Rendition) (transcoding.Torrent, bool) {
	name := v.Torrents[r.FileName]
	if name == "" {
		return transcoding.Torrent{}, false
	}
	content, err := os.ReadFile(t.Files.Torrent(name))
	if err != nil {
		return transcoding.Torrent{}, false
	}
	torrent, err := transcoding.ParseTorrent(content)
	return torrent, err == nil
}

// same says that two torrents differ in nothing but their date.
func same(a, b transcoding.Torrent) bool {
	return a.InfoHash() == b.InfoHash() && slices.Equal(a.Trackers, b.Trackers) && slices.Equal(a.WebSeeds, b.WebSeeds)
}
