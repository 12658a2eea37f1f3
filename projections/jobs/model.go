package jobs

import (
	"embed"
	"io/fs"
	"time"

	"vidilog/domain/job"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// Name is the model's name, for engine.DB, Wait and Position.
const Name = "jobs"

// version is raised whenever the table, or what the reducer makes of the same log, changes.
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

type jobRow struct {
	Number       int64               `db:"number"`
	Position     eventstore.Position `db:"position"`
	VideoID      kernel.VideoID      `db:"video_id"`
	OwnerID      kernel.UserID       `db:"owner_id"`
	Type         job.Type            `db:"type"`
	Resolution   int                 `db:"resolution"`
	FPS          int                 `db:"fps"`
	FileName     string              `db:"file_name"`
	PlaylistName string              `db:"playlist_name"`
	QuickCopy    bool                `db:"quick_copy"`
	CopyCodecs   bool                `db:"copy_codecs"`
	Optimises    bool                `db:"optimises"`
	Parent       *kernel.JobID       `db:"parent"`
	State        job.State           `db:"state"`
	Worker       string              `db:"worker"`
	Fence        int                 `db:"fence"`
	Attempts     int                 `db:"attempts"`
	MaxAttempts  int                 `db:"max_attempts"`
	Message      string              `db:"message"`
	Priority     int                 `db:"priority"`
	RequestedAt  time.Time           `db:"requested_at"`
	StartedAt    *time.Time          `db:"started_at"`
	FinishedAt   *time.Time          `db:"finished_at"`
}

type rows struct {
	jobs *engine.Table[kernel.JobID, jobRow]
}

func newReducer(b *engine.Builder) engine.Reducer {
	return &rows{jobs: engine.NewTable[kernel.JobID, jobRow](b, "jobs", "id")}
}
