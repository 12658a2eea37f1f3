package catalog

import (
	"slices"
	"strings"
	"time"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
	"vidilog/eventstore"
)

type videoRow struct {
	Number    int64            `db:"number"`
	ChannelID kernel.ChannelID `db:"channel_id"`
	AccountID kernel.AccountID `db:"account_id"`
	OwnerID   kernel.UserID    `db:"owner_id"`
	attributesColumns
	State        video.State `db:"state"`
	Failure      string      `db:"failure"`
	PrivateFiles bool        `db:"private_files"`
	Seconds      int         `db:"seconds"`
	AspectRatio  float64     `db:"aspect_ratio"`
	Thumbnail    string      `db:"thumbnail"`
	Preview      string      `db:"preview"`
	CreatedAt    time.Time   `db:"created_at"`
	UpdatedAt    time.Time   `db:"updated_at"`
	PublishedAt  time.Time   `db:"published_at"`
	// SourceReplacedAt is when the author gave the video another file.
	SourceReplacedAt *time.Time          `db:"source_replaced_at"`
	Revision         eventstore.Position `db:"revision"`
}

// attributesColumns are what the author says, and what is searched of it.
type attributesColumns struct {
	Name                  string               `db:"name"`
	SearchText            string               `db:"search_text"`
	Category              *int                 `db:"category"`
	Licence               *int                 `db:"licence"`
	Language              *string              `db:"language"`
	Privacy               video.Privacy        `db:"privacy"`
	Description           *string              `db:"description"`
	Support               *string              `db:"support"`
	NSFW                  bool                 `db:"nsfw"`
	NSFWFlags             video.NSFWFlags      `db:"nsfw_flags"`
	NSFWSummary           *string              `db:"nsfw_summary"`
	Tags                  []string             `db:"tags"`
	TagKeys               []string             `db:"tag_keys"`
	CommentsPolicy        video.CommentsPolicy `db:"comments_policy"`
	DownloadEnabled       bool                 `db:"download_enabled"`
	WaitTranscoding       bool                 `db:"wait_transcoding"`
	OriginallyPublishedAt *time.Time           `db:"originally_published_at"`
	ScheduledAt           *time.Time           `db:"scheduled_at"`
	ScheduledPrivacy      video.Privacy        `db:"scheduled_privacy"`
}

func columnsOf(a video.Attributes) attributesColumns {
	c := attributesColumns{
		Name: a.Name, SearchText: Folded(a.Name), Category: a.Category, Licence: a.Licence, Language: a.Language,
		Privacy: a.Privacy, Description: a.Description, Support: a.Support,
		NSFW: a.NSFW, NSFWFlags: a.NSFWFlags, NSFWSummary: a.NSFWSummary,
		Tags: slices.Clone(a.Tags), TagKeys: tagKeys(a.Tags), CommentsPolicy: a.CommentsPolicy,
		DownloadEnabled: a.DownloadEnabled, WaitTranscoding: a.WaitTranscoding,
	}
	if a.Schedule != nil {
		at := a.Schedule.At.UTC().Truncate(time.Microsecond)
		c.ScheduledAt, c.ScheduledPrivacy = &at, a.Schedule.Privacy
	}
	if a.OriginallyPublishedAt != nil {
		at := a.OriginallyPublishedAt.UTC().Truncate(time.Microsecond) // what the database keeps
		c.OriginallyPublishedAt = &at
	}
	return c
}

func tagKeys(tags []string) []string {
	keys := make([]string, len(tags))
	for i, tag := range tags {
		keys[i] = strings.ToLower(tag)
	}
	return keys
}

type sourceRow struct {
	FileName   string            `db:"file_name"`
	Bytes      int64             `db:"bytes"`
	Resolution int               `db:"resolution"`
	Width      int               `db:"width"`
	Height     int               `db:"height"`
	FPS        int               `db:"fps"`
	KeptName   string            `db:"kept_name"`
	Probe      transcoding.Probe `db:"probe"`
	CreatedAt  time.Time         `db:"created_at"`
}

func sourceOf(name, kept string, original video.Rendition, probe transcoding.Probe, at time.Time) sourceRow {
	return sourceRow{
		FileName: name, Bytes: original.Bytes, Resolution: original.Resolution, Width: original.Width, Height: original.Height,
		FPS: original.FPS, KeptName: kept, Probe: probe, CreatedAt: at,
	}
}

// reduceVideo handles the events of video streams. They begin with the upload and end with the deletion, so a row that is
// missing between means that the log is not what it should be, and stops the model.
func (r *rows) reduceVideo(at eventstore.Position, e eventstore.Event) { //nolint:funlen // one case per event
	switch data := e.Data.(type) {
	case video.Uploaded:
		r.videoUploaded(at, e.RecordedAt, data)
	case video.SourceReplaced:
		r.sourceReplaced(at, e.RecordedAt, data)
	case video.KeptFileRemoved:
		r.sources.Update(data.VideoID, func(s *sourceRow) { s.KeptName = "" })
		r.videos.Update(data.VideoID, func(v *videoRow) { v.Revision = at })
	case video.Updated:
		r.videoUpdated(at, e.RecordedAt, data)
	case video.Published:
		r.videoPublished(at, e.RecordedAt, data)
	case video.TranscodingFailed:
		r.transcodingFailed(at, e.RecordedAt, data)
	case video.PicturesAttached:
		r.videos.Update(data.VideoID, func(v *videoRow) {
			v.Thumbnail, v.Preview, v.Revision = data.Pictures.Thumbnail, data.Pictures.Preview, at
		})
	case video.Measured:
		r.videos.Update(data.VideoID, func(v *videoRow) { v.Seconds, v.AspectRatio, v.Revision = data.Seconds, data.AspectRatio, at })
	case video.TranscodingRequested:
		r.transcodingRequested(at, data.VideoID)
	case video.PlaylistRemoved:
		r.playlistRemoved(at, data.VideoID)
	case video.TorrentWritten:
		r.torrentWritten(at, data)
	case video.StoryboardAttached:
		r.storyboardAttached(at, data)
	case video.RenditionAdded:
		r.fileAdded(at, data.VideoID, data.Rendition)
	case video.RenditionRemoved:
		r.fileRemoved(at, data)
	case video.PlaylistWritten:
		r.playlistWritten(at, data)
	case video.FilesMoved:
		r.videos.Update(data.VideoID, func(v *videoRow) { v.PrivateFiles, v.Revision = data.Private, at })
	case video.CaptionSet:
		r.captionSet(e.RecordedAt, data)
		r.mark(markFiles, at) // languages are asked for in captions too
	case video.CaptionRemoved:
		r.captions.Delete(captionKey{data.VideoID, data.Language})
		r.mark(markFiles, at)
	case video.ChaptersSet:
		r.chaptersSet(data)
	case video.PasswordsSet:
		r.passwordsSet(e.RecordedAt, data)
	case video.Deleted:
		r.videoDeleted(at, data.VideoID)
	}
}

func (r *rows) videoUploaded(at eventstore.Position, recordedAt time.Time, e video.Uploaded) {
	r.videos.Insert(e.VideoID, videoRow{
		Number: e.IntegerID, ChannelID: e.ChannelID, AccountID: e.AccountID, OwnerID: e.OwnerID,
		attributesColumns: columnsOf(e.Attributes), State: e.State, PrivateFiles: e.PrivateFiles,
		Seconds: e.Seconds, AspectRatio: e.AspectRatio,
		CreatedAt: recordedAt, UpdatedAt: recordedAt, PublishedAt: recordedAt, Revision: at,
	})
	r.sources.Insert(e.VideoID, sourceOf(e.SourceName, e.Kept, e.Original, e.Probe, recordedAt))
	counters := countersRow{Number: e.IntegerID, Privacy: e.Attributes.Privacy, State: e.State, PublishedAt: recordedAt}
	counters.heat()
	r.counters.Insert(e.VideoID, counters)
	r.fileAdded(at, e.VideoID, e.Original)
	r.touchChannel(at, recordedAt, e.ChannelID)
	r.mark(markVideos, at)
}

// sourceReplaced shows another file. Those of the one before have gone by events of their own.
func (r *rows) sourceReplaced(at eventstore.Position, recordedAt time.Time, e video.SourceReplaced) {
	r.videos.Update(e.VideoID, func(v *videoRow) {
		v.State, v.Failure, v.Seconds, v.AspectRatio = e.State, "", e.Seconds, e.AspectRatio
		v.SourceReplacedAt, v.UpdatedAt, v.Revision = &recordedAt, recordedAt, at
	})
	r.counters.Update(e.VideoID, func(c *countersRow) { c.State = e.State })
	r.sources.Upsert(e.VideoID, sourceOf(e.SourceName, e.Kept, e.Original, e.Probe, recordedAt))
	r.fileAdded(at, e.VideoID, e.Original)
	r.mark(markVideos, at)
}

// videoUpdated moves publishedAt when a video leaves privacy 3, as PeerTube does: that is when others first see it.
func (r *rows) videoUpdated(at eventstore.Position, recordedAt time.Time, e video.Updated) {
	r.videos.Update(e.VideoID, func(v *videoRow) {
		if v.Privacy == video.Private && e.Attributes.Privacy != video.Private {
			v.PublishedAt = recordedAt
		}
		v.attributesColumns, v.ChannelID = columnsOf(e.Attributes), e.ChannelID
		v.UpdatedAt, v.Revision = recordedAt, at
	})
	r.counters.Update(e.VideoID, func(c *countersRow) {
		if c.Privacy == video.Private && e.Attributes.Privacy != video.Private {
			c.PublishedAt = recordedAt
		}
		c.Privacy = e.Attributes.Privacy
		c.heat()
	})
	r.mark(markVideos, at)
}

func (r *rows) videoPublished(at eventstore.Position, recordedAt time.Time, e video.Published) {
	r.videos.Update(e.VideoID, func(v *videoRow) {
		v.State, v.Failure = video.StatePublished, ""
		v.UpdatedAt, v.Revision = recordedAt, at
		if !e.Again {
			v.PublishedAt = recordedAt
		}
	})
	r.counters.Update(e.VideoID, func(c *countersRow) {
		c.State = video.StatePublished
		if !e.Again {
			c.PublishedAt = recordedAt
		}
		c.heat()
	})
	r.mark(markVideos, at)
}

// transcodingRequested takes a video out of the lists until it is published again, as PeerTube does.
func (r *rows) transcodingRequested(at eventstore.Position, id kernel.VideoID) {
	r.videos.Update(id, func(v *videoRow) { v.State, v.Failure, v.Revision = video.StateToTranscode, "", at })
	r.counters.Update(id, func(c *countersRow) { c.State = video.StateToTranscode })
	r.mark(markVideos, at)
}

func (r *rows) transcodingFailed(at eventstore.Position, recordedAt time.Time, e video.TranscodingFailed) {
	r.videos.Update(e.VideoID, func(v *videoRow) {
		v.State, v.Failure = video.StateTranscodingFailed, e.Reason
		v.UpdatedAt, v.Revision = recordedAt, at
	})
	r.counters.Update(e.VideoID, func(c *countersRow) { c.State = video.StateTranscodingFailed })
	r.mark(markVideos, at)
}

func (r *rows) videoDeleted(at eventstore.Position, id kernel.VideoID) {
	r.videos.Delete(id)
	r.sources.Delete(id)
	r.filesOfVideo.Delete(id)
	r.playlists.Delete(id)
	r.storyboards.Delete(id)
	r.passwords.Delete(id)
	r.captionsOf.Delete(id)
	r.chapters.Delete(id)
	r.counters.Delete(id)
	r.viewsOfVideo.Delete(id)
	r.ratingsOf.Delete(id)
	r.commentsOf.Delete(id)
	r.mark(markVideos, at)
}
