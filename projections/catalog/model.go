package catalog

import (
	"embed"
	"io/fs"

	"vidilog/domain/kernel"
	"vidilog/domain/rating"
	"vidilog/domain/storage"
	"vidilog/domain/video"
	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// Name is the model's name, for engine.DB, Wait and Position.
const Name = "catalog"

// version is raised whenever the tables, or what the reducer makes of the same log, change.
const version = 4

//go:embed migrations/*.sql
var migrations embed.FS

// Definition declares the model to the engine.
func Definition() engine.Definition {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is embedded: its name is the only thing that could be wrong
	}
	return engine.Definition{
		Name: Name, Version: version, Migrations: files, New: newReducer,
		Reading: map[string]string{"pg_trgm.word_similarity_threshold": similarEnough},
	}
}

// rows are the tables of the model. A file says what happens to them: users.go, accounts.go, channels.go, videos.go …
type rows struct {
	users        *engine.Table[kernel.UserID, userRow]
	accounts     *engine.Table[kernel.AccountID, accountRow]
	channels     *engine.Table[kernel.ChannelID, channelRow]
	lists        *engine.Table[kernel.PlaylistID, listRow]
	plugins      *engine.Table[string, pluginRow]
	videos       *engine.Table[kernel.VideoID, videoRow]
	sources      *engine.Table[kernel.VideoID, sourceRow]
	files        *engine.Table[fileKey, fileRow]
	filesOfVideo *engine.Index[kernel.VideoID, fileKey, fileRow]
	playlists    *engine.Table[kernel.VideoID, playlistRow]
	storyboards  *engine.Table[kernel.VideoID, storyboardRow]
	counters     *engine.Table[kernel.VideoID, countersRow]
	views        *engine.Table[viewsKey, viewsRow]
	viewsOfVideo *engine.Index[kernel.VideoID, viewsKey, viewsRow]
	ratings      *engine.Table[ratingKey, ratingRow]
	ratingsOf    *engine.Index[kernel.VideoID, ratingKey, ratingRow]
	comments     *engine.Table[int64, commentRow]
	commentsOf   *engine.Index[kernel.VideoID, int64, commentRow]
	commentsBy   *engine.Index[kernel.AccountID, int64, commentRow]
	storage      *engine.Table[kernel.UserID, storageRow]
	reservations *engine.Table[eventstore.Position, reservationRow]
	reservedFor  *engine.Index[string, eventstore.Position, reservationRow]
	ownPictures  *engine.Table[string, instancePictureRow]
	ownPages     *engine.Table[string, instancePageRow]
	marks        *engine.Table[string, markRow]
	passwords    *engine.Table[kernel.VideoID, passwordsRow]
	captions     *engine.Table[captionKey, captionRow]
	captionsOf   *engine.Index[kernel.VideoID, captionKey, captionRow]
	chapters     *engine.Table[kernel.VideoID, chaptersRow]
	abuseTables
}

// abuseTables are those of reports of abuse.
type abuseTables struct {
	abuses        *engine.Table[kernel.AbuseID, abuseRow]
	abusesBy      *engine.Index[kernel.UserID, kernel.AbuseID, abuseRow]
	notesBy       *engine.Index[kernel.UserID, kernel.AbuseID, abuseRow]
	abuseMessages *engine.Table[abuseMessageKey, abuseMessageRow]
	messagesOf    *engine.Index[kernel.AbuseID, abuseMessageKey, abuseMessageRow]
	messagesBy    *engine.Index[kernel.UserID, abuseMessageKey, abuseMessageRow]
}

func newAbuseTables(b *engine.Builder) abuseTables {
	t := abuseTables{
		abuses:        engine.NewTable[kernel.AbuseID, abuseRow](b, "abuses", "id"),
		abuseMessages: engine.NewTable[abuseMessageKey, abuseMessageRow](b, "abuse_messages", "abuse_id", "number"),
	}
	t.abusesBy = engine.NewIndex[kernel.UserID](t.abuses, "reporter_id")
	t.notesBy = engine.NewIndex[kernel.UserID](t.abuses, "note_author_id")
	t.messagesOf = engine.NewIndex[kernel.AbuseID](t.abuseMessages, "abuse_id")
	t.messagesBy = engine.NewIndex[kernel.UserID](t.abuseMessages, "author_id")
	return t
}

func newReducer(b *engine.Builder) engine.Reducer {
	r := &rows{
		users:        engine.NewTable[kernel.UserID, userRow](b, "users", "id"),
		accounts:     engine.NewTable[kernel.AccountID, accountRow](b, "accounts", "id"),
		channels:     engine.NewTable[kernel.ChannelID, channelRow](b, "channels", "id"),
		lists:        engine.NewTable[kernel.PlaylistID, listRow](b, "playlists", "id"),
		plugins:      engine.NewTable[string, pluginRow](b, "plugins", "npm_name"),
		videos:       engine.NewTable[kernel.VideoID, videoRow](b, "videos", "id"),
		sources:      engine.NewTable[kernel.VideoID, sourceRow](b, "video_sources", "video_id"),
		files:        engine.NewTable[fileKey, fileRow](b, "video_files", "video_id", "file_name"),
		playlists:    engine.NewTable[kernel.VideoID, playlistRow](b, "video_playlists", "video_id"),
		storyboards:  engine.NewTable[kernel.VideoID, storyboardRow](b, "video_storyboards", "video_id"),
		counters:     engine.NewTable[kernel.VideoID, countersRow](b, "video_counters", "video_id"),
		views:        engine.NewTable[viewsKey, viewsRow](b, "video_views", "video_id", "day"),
		ratings:      engine.NewTable[ratingKey, ratingRow](b, "video_ratings", "account_id", "video_id"),
		comments:     engine.NewTable[int64, commentRow](b, "comments", "number"),
		storage:      engine.NewTable[kernel.UserID, storageRow](b, "storage", "user_id"),
		reservations: engine.NewTable[eventstore.Position, reservationRow](b, "storage_reservations", "position"),
		ownPictures:  engine.NewTable[string, instancePictureRow](b, "instance_pictures", "kind"),
		ownPages:     engine.NewTable[string, instancePageRow](b, "instance_pages", "name"),
		marks:        engine.NewTable[string, markRow](b, "marks", "name"),
		captions:     engine.NewTable[captionKey, captionRow](b, "video_captions", "video_id", "language"),
		chapters:     engine.NewTable[kernel.VideoID, chaptersRow](b, "video_chapters", "video_id"),
		passwords:    engine.NewTable[kernel.VideoID, passwordsRow](b, "video_passwords", "video_id"),
		abuseTables:  newAbuseTables(b),
	}
	r.filesOfVideo = engine.NewIndex[kernel.VideoID](r.files, "video_id")
	r.reservedFor = engine.NewIndex[string](r.reservations, "reserved_for")
	r.ratingsOf = engine.NewIndex[kernel.VideoID](r.ratings, "video_id")
	r.commentsOf = engine.NewIndex[kernel.VideoID](r.comments, "video_id")
	r.commentsBy = engine.NewIndex[kernel.AccountID](r.comments, "account_id")
	r.captionsOf = engine.NewIndex[kernel.VideoID](r.captions, "video_id")
	r.viewsOfVideo = engine.NewIndex[kernel.VideoID](r.views, "video_id")
	return r
}

// Reduce sorts events by aggregate. Work on jobs and the state of processes are not shown here.
func (r *rows) Reduce(at eventstore.Position, e eventstore.Event) {
	switch data := e.Data.(type) {
	case storage.Reserved:
		r.storageReserved(at, e.Stream, data)
	case storage.Released:
		r.storageReleased(e.Stream, data)
	case video.ViewsCounted:
		r.viewsCounted(data)
	case rating.Changed:
		r.ratingChanged(e.RecordedAt, data)
	default:
		r.reduceByStream(at, e)
	}
}

// reduceByStream leaves the events of a kind of stream to the file of that kind.
func (r *rows) reduceByStream(at eventstore.Position, e eventstore.Event) {
	switch e.Stream.Kind {
	case kernel.UserKind{}.StreamKind():
		r.reduceUser(e.RecordedAt, e.Data)
	case kernel.InstanceKind{}.StreamKind():
		r.reduceInstance(at, e.RecordedAt, e.Data)
	case kernel.AccountKind{}.StreamKind():
		r.reduceAccount(at, e.RecordedAt, e.Data)
	case kernel.AbuseKind{}.StreamKind():
		r.reduceAbuse(e.RecordedAt, e.Data)
	case kernel.CommentThreadKind{}.StreamKind():
		r.reduceComment(e.RecordedAt, e.Data)
	case kernel.PluginKind{}.StreamKind():
		r.reducePlugin(e.RecordedAt, e.Data)
	case kernel.PlaylistKind{}.StreamKind():
		r.reduceList(e.RecordedAt, e.Data)
	case kernel.ChannelKind{}.StreamKind():
		r.reduceChannel(at, e.RecordedAt, e.Data)
	default:
		r.reduceVideo(at, e)
	}
}

// markRow remembers an event by which cached totals can be told to be old.
type markRow struct {
	Position eventstore.Position `db:"position"`
}

// The marks: lists of videos, and lists that ask for kinds of files as well.
const (
	markVideos = "videos"
	markFiles  = "files"
)

func (r *rows) mark(name string, at eventstore.Position) { r.marks.Upsert(name, markRow{Position: at}) }
