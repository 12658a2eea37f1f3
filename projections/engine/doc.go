// Package engine keeps read models: tables that reducers build from the log.
//
// A read model is a Definition. It owns a PostgreSQL schema per build, so another version, or the same one again, can be built
// beside the one that is being read, compared with it and put in its place without a failed request. Its reducer records what
// shall happen to rows; the engine decides whether that ends as set-wise upserts behind the tail of the log, or as a fold in
// memory and COPY in a rebuild.
//
//	// projections/catalog/model.go
//	//go:embed migrations/*.sql
//	var migrations embed.FS
//
//	func Definition() engine.Definition {
//		files, _ := fs.Sub(migrations, "migrations")
//		return engine.Definition{Name: "catalog", Version: 1, Migrations: files, New: newReducer}
//	}
//
//	type VideoRow struct {
//		ChannelID   kernel.ChannelID    `db:"channel_id"`   // uuid not null
//		Name        string              `db:"name"`         // text not null
//		Tags        []string            `db:"tags"`         // text[] not null
//		PublishedAt *time.Time          `db:"published_at"` // timestamptz
//		Details     VideoDetails        `db:"details"`      // jsonb: structs and maps are stored as JSON
//		Revision    eventstore.Position `db:"revision"`     // bigint not null
//	}
//
//	type FileKey struct { // a key of two columns: fields in the order given to NewTable
//		VideoID    kernel.VideoID
//		Resolution int
//	}
//
//	type Rows struct {
//		Videos       *engine.Table[kernel.VideoID, VideoRow]
//		Files        *engine.Table[FileKey, FileRow]
//		FilesOfVideo *engine.Index[kernel.VideoID, FileKey, FileRow]
//	}
//
//	func newReducer(b *engine.Builder) engine.Reducer {
//		rows := &Rows{
//			Videos: engine.NewTable[kernel.VideoID, VideoRow](b, "videos", "id"),
//			Files:  engine.NewTable[FileKey, FileRow](b, "video_files", "video_id", "resolution"),
//		}
//		rows.FilesOfVideo = engine.NewIndex[kernel.VideoID](rows.Files, "video_id")
//		return engine.ReducerFunc(func(at eventstore.Position, e eventstore.Event) {
//			switch data := e.Data.(type) {
//			case video.Uploaded:
//				id := kernel.VideoID{UUID: uuid.MustParse(e.Stream.ID)}
//				rows.Videos.Insert(id, VideoRow{Name: data.Name, Revision: at})
//			case video.Deleted:
//				id := kernel.VideoID{UUID: uuid.MustParse(e.Stream.ID)}
//				rows.Videos.Delete(id)
//				rows.FilesOfVideo.Delete(id)
//			}
//		})
//	}
//
// and migrations/00001_tables.sql, with what may wait until the rows are in put apart in 00002_videos_indexes.sql:
//
//	-- +goose Up
//	create table videos (id uuid primary key, channel_id uuid not null, …);
//	create table video_files (video_id uuid not null, resolution int not null, …, primary key (video_id, resolution));
//	create index video_files_by_video on video_files (video_id);
//	-- +goose Down
//	drop table video_files; drop table videos;
//
// # What rows may hold
//
// UUIDs and identifiers that embed one, strings, integers, floats, bool, time.Time, []byte and json.RawMessage, pointers to
// these for columns that may be null, slices of them for array columns (nil is written as the empty array), and any other struct,
// map or slice of structs as JSON. A value must survive the way into the database and back: times are UTC with microseconds,
// jsonb keeps no key order. Slices in rows are replaced, never written into: the event that brought one is shared with other
// models.
//
// # What holds for tables
//
// Rows are written set-wise and not in the order of the log, so tables have no foreign keys and no unique constraint but the
// primary key (what must be unique is a claim in the log). Text keys compare bytewise in a digest. No serial columns, no
// defaults that read a clock. A reducer never reads another table; what it needs is in the event or in the row it changes.
//
// # Reading
//
// Queries run on a DB, which stands for whatever build is live. Tables are named without schema; the pool of each build sets
// search_path. The engine may import eventstore and pgx; read definition.go first, then fold.go and runner.go.
package engine
