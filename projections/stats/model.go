package stats

import (
	"embed"
	"io/fs"
	"math"
	"time"

	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// Name is the model's name, for engine.DB, Wait and Position.
const Name = "stats"

// version is raised whenever the tables, or what the reducer makes of the same log, change.
const version = 2

//go:embed migrations/*.sql
var migrations embed.FS

// Definition declares the model to the engine.
func Definition() engine.Definition {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is embedded: its name is the only thing that could be wrong
	}
	return engine.Definition{Name: Name, Version: version, Migrations: files, New: newReducer}
}

// theTotals is the key of the one row of totals.
const theTotals = 1

type totalsRow struct {
	Users  int64 `db:"users"`
	Videos int64 `db:"videos"`
	Views  int64 `db:"views"`
}

type dayRow struct {
	Users         int64 `db:"users"`
	Uploads       int64 `db:"uploads"`
	Deletions     int64 `db:"deletions"`
	Views         int64 `db:"views"`
	UploadedBytes int64 `db:"uploaded_bytes"`
}

type fileKey struct {
	VideoID  kernel.VideoID
	FileName string
}

type fileRow struct {
	VideoID kernel.VideoID `db:"video_id"` // filled from the key, for the index
	Bytes   int64          `db:"bytes"`
}

type rows struct {
	totals  *engine.Table[int, totalsRow]
	days    *engine.Table[int, dayRow]
	files   *engine.Table[fileKey, fileRow]
	ofVideo *engine.Index[kernel.VideoID, fileKey, fileRow]
}

func newReducer(b *engine.Builder) engine.Reducer {
	r := &rows{
		totals: engine.NewTable[int, totalsRow](b, "totals", "id"),
		days:   engine.NewTable[int, dayRow](b, "days", "day"),
		files:  engine.NewTable[fileKey, fileRow](b, "files", "video_id", "file_name"),
	}
	r.ofVideo = engine.NewIndex[kernel.VideoID](r.files, "video_id")
	return r
}

// Reduce adds up.
func (r *rows) Reduce(_ eventstore.Position, e eventstore.Event) {
	day := dayOf(e.RecordedAt)
	switch data := e.Data.(type) {
	case user.Created:
		r.totals.UpdateOrInsert(theTotals, func(t *totalsRow) { t.Users++ })
		r.days.UpdateOrInsert(day, func(d *dayRow) { d.Users++ })
	case video.Uploaded:
		bytes := data.Original.Bytes
		r.totals.UpdateOrInsert(theTotals, func(t *totalsRow) { t.Videos++ })
		r.days.UpdateOrInsert(day, func(d *dayRow) { d.Uploads++; d.UploadedBytes += bytes })
		r.files.Upsert(fileKey{data.VideoID, data.Original.FileName}, fileRow{Bytes: bytes})
	case video.RenditionAdded:
		r.files.Upsert(fileKey{data.VideoID, data.Rendition.FileName}, fileRow{Bytes: data.Rendition.Bytes})
	case video.RenditionRemoved:
		r.files.Delete(fileKey{data.VideoID, data.FileName})
	case video.Deleted:
		r.totals.UpdateOrInsert(theTotals, func(t *totalsRow) { t.Videos-- })
		r.days.UpdateOrInsert(day, func(d *dayRow) { d.Deletions++ })
		r.ofVideo.Delete(data.VideoID)
	case video.ViewsCounted:
		r.totals.UpdateOrInsert(theTotals, func(t *totalsRow) { t.Views += data.Views })
		r.days.UpdateOrInsert(dayOf(data.From), func(d *dayRow) { d.Views += data.Views })
	}
}

// dayOf counts the days from 1970-01-01 UTC.
func dayOf(at time.Time) int { return int(math.Floor(float64(at.Unix()) / (24 * 60 * 60))) }
