package effects

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
	"vidilog/workers/queue"
)

// Group is the consumer group of the effects. It starts at the log's beginning: an effect is owed to every event.
const Group = "effects"

// Effects asks for what follows from events.
type Effects struct {
	Queue *queue.Queue
	// Linger is how long files that a player may still read stay after they have been replaced (10 minutes; 0 in tests).
	Linger time.Duration
}

// Concerns says whether anything follows from an event.
func (f *Effects) Concerns(e eventstore.Event) bool { return len(f.follow(e)) > 0 }

// Apply asks for what follows from an event, within the transaction that acknowledges it.
func (f *Effects) Apply(ctx context.Context, tx pgx.Tx, e eventstore.Event) error {
	because := Because{Correlation: e.Correlation, Cause: e.EventID, OnBehalfOf: e.Actor.Person()}
	for _, wish := range f.follow(e) {
		if err := f.Queue.Insert(ctx, tx, wish.work.owedTo(because), wish.opts); err != nil {
			return err
		}
	}
	return nil
}

// wish is one piece of work that follows from an event.
type wish struct {
	work owed
	opts *river.InsertOpts
}

// owed is work that can say what it is owed to.
type owed interface {
	river.JobArgs
	owedTo(b Because) river.JobArgs
}

// follow lists what follows from an event. What is asked for names the video and no more: the work looks at the video as it
// is when it runs, so that doing it late or twice comes to the same.
func (f *Effects) follow(e eventstore.Event) []wish {
	switch data := e.Data.(type) {
	case video.Uploaded:
		return []wish{
			pictures(TakePictures{VideoID: data.VideoID}.of(data.Original, data.Probe)), storyboard(data.VideoID),
			torrentOf(data.VideoID, data.Original),
		}
	case video.Measured: // an upload of sound alone has got its picture
		return []wish{pictures(TakePictures{VideoID: data.VideoID}), storyboard(data.VideoID)}
	case video.PlaylistRemoved:
		return append(f.replaced(data.VideoID, Removal{Kind: video.HLS, Names: named(data.MasterName, data.HashesName)}), place(data.VideoID))
	case video.SourceReplaced:
		return sourceReplaced(data)
	case video.KeptFileRemoved:
		return []wish{f.remove(data.VideoID, 0, Removal{Original: data.FileName})}
	case video.RenditionAdded:
		wishes := []wish{place(data.VideoID), torrentOf(data.VideoID, data.Rendition)}
		if data.Rendition.Kind == video.HLS {
			wishes = append(wishes, wish{work: WritePlaylist{VideoID: data.VideoID}})
		}
		return wishes
	case video.RenditionRemoved:
		wishes := []wish{f.remove(data.VideoID, f.Linger, Removal{
			Kind: data.Kind, Names: named(data.FileName, data.PlaylistName), Torrent: data.TorrentName,
		}), place(data.VideoID)}
		if data.Kind == video.HLS {
			wishes = append(wishes, wish{work: WritePlaylist{VideoID: data.VideoID}})
		}
		return wishes
	case video.PlaylistWritten:
		// The privacy may have changed while the playlist was on its way, as with a rendition.
		return append(f.replaced(data.VideoID, Removal{Kind: video.HLS, Names: named(data.ReplacedMaster, data.ReplacedHashes)}),
			place(data.VideoID))
	case video.PicturesAttached:
		return f.replaced(data.VideoID, Removal{Thumbnail: data.Replaced.Thumbnail, Preview: data.Replaced.Preview})
	case video.CaptionSet:
		return f.replaced(data.VideoID, Removal{Caption: data.Replaced})
	case video.CaptionRemoved:
		return f.replaced(data.VideoID, Removal{Caption: data.FileName})
	case video.StoryboardAttached:
		return f.replaced(data.VideoID, Removal{Storyboard: data.Replaced})
	case video.Updated:
		return updated(data)
	case video.FilesMoved:
		return []wish{torrents(data.VideoID)}
	case video.TorrentWritten:
		return f.replaced(data.VideoID, Removal{Torrent: data.Replaced})
	case video.Deleted:
		return []wish{f.remove(data.VideoID, 0, Removal{Everything: true})}
	}
	if gone, isGone := e.Data.(user.Deleted); isGone {
		return []wish{{work: ErasePerson{UserID: gone.UserID}}}
	}
	if images := imagesOf(e.Data); len(images) > 0 {
		return []wish{{work: RemoveImages{Names: images}}}
	}
	return nil
}

// sourceReplaced takes new pictures, since those taken from the old file show what is no longer there. The privacy may have
// changed while the file was on its way.
func sourceReplaced(e video.SourceReplaced) []wish {
	return []wish{
		pictures(TakePictures{VideoID: e.VideoID, Anew: true}.of(e.Original, e.Probe)), storyboard(e.VideoID), place(e.VideoID),
		torrents(e.VideoID),
	}
}

func updated(e video.Updated) []wish {
	var wishes []wish
	if e.MovesFiles {
		wishes = append(wishes, place(e.VideoID))
	}
	if e.Renames {
		wishes = append(wishes, torrents(e.VideoID))
	}
	return wishes
}

// place brings files where the privacy wants them. It follows the removals too that wait for their time, and is asked for after them:
// a video that has left public meanwhile must not keep them there.
func place(id kernel.VideoID) wish { return wish{work: PlaceFiles{VideoID: id}} }

// torrentOf makes the torrent of a new file, torrents puts all of a video right.
func torrentOf(id kernel.VideoID, r video.Rendition) wish {
	return wish{work: WriteTorrent{VideoID: id, Media: r.FileName, Action: "create"}, opts: &river.InsertOpts{Queue: TorrentQueue}}
}

func torrents(id kernel.VideoID) wish {
	return wish{work: WriteTorrent{VideoID: id, Action: "update-metadata"}, opts: &river.InsertOpts{Queue: TorrentQueue}}
}

func pictures(work TakePictures) wish {
	return wish{work: work, opts: &river.InsertOpts{Queue: PicturesQueue}}
}

func storyboard(id kernel.VideoID) wish {
	return wish{work: MakeStoryboard{VideoID: id}, opts: &river.InsertOpts{Queue: StoryboardQueue}}
}

// replaced removes what took the place of nothing the first time.
func (f *Effects) replaced(id kernel.VideoID, r Removal) []wish {
	if r.isEmpty() {
		return nil
	}
	return []wish{f.remove(id, f.Linger, r)}
}

func (f *Effects) remove(id kernel.VideoID, after time.Duration, r Removal) wish {
	r.VideoID = id
	if after == 0 {
		return wish{work: RemoveFiles{r}}
	}
	return wish{work: RemoveFilesLater{r}, opts: &river.InsertOpts{ScheduledAt: time.Now().Add(after)}}
}

func named(names ...string) []string {
	var given []string
	for _, n := range names {
		if n != "" {
			given = append(given, n)
		}
	}
	return given
}
