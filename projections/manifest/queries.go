package manifest

import (
	"context"
	"embed"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/projections/engine"
)

// Manifest answers questions about the model. It may be used from any goroutine.
type Manifest struct{ db engine.Querier }

// New asks db, which is engine.DB(Name).
func New(db engine.Querier) *Manifest { return &Manifest{db: db} }

// File is one file that must exist.
type File struct {
	Area Area
	// VideoID is zero for images of actors.
	VideoID kernel.VideoID
	Name    string
	// Bytes is the size, or -1 where the log does not say.
	Bytes int64
	// Since is the event that brought the file.
	Since eventstore.Position
	// IsPrivate says that it lies under a private path; areas without such paths ignore it.
	IsPrivate bool
}

//go:embed sql/*.sql
var queries embed.FS

// query reads a statement by the name of the question it answers.
var query = engine.Queries(queries)

var (
	filesOfAreaSQL  = query("files_of_area")
	actorImagesSQL  = query("actor_images")
	filesOfVideoSQL = query("files_of_video")
	fileSQL         = query("file")
)

// Areas are all areas, in the order in which a walk takes them.
func Areas() []Area {
	return []Area{WebVideos, HLS, Thumbnails, Previews, Storyboards, Torrents, Originals, Captions, ActorImages}
}

// Each hands out all files of an area in the bytewise order of their names, as they are at one moment, until visit answers an
// error, which is then the answer.
func (m *Manifest) Each(ctx context.Context, area Area, visit func(File) error) error {
	statement, arguments := filesOfAreaSQL, []any{string(area)}
	if area == ActorImages {
		statement, arguments = actorImagesSQL, nil
	}
	result, err := m.db.Query(ctx, statement, arguments...)
	if err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	defer result.Close()
	for result.Next() {
		f, err := scanFile(result)
		if err != nil {
			return fmt.Errorf("manifest: %w", err)
		}
		if err := visit(f); err != nil {
			return err
		}
	}
	if err := result.Err(); err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	return nil
}

// OfVideo answers the files of a video by area and name.
func (m *Manifest) OfVideo(ctx context.Context, id kernel.VideoID) ([]File, error) {
	result, err := m.db.Query(ctx, filesOfVideoSQL, id.UUID)
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	files, err := pgx.CollectRows(result, func(row pgx.CollectableRow) (File, error) { return scanFile(row) })
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	return files, nil
}

// File answers the file of a name; found=false when none must exist.
func (m *Manifest) File(ctx context.Context, area Area, name string) (f File, found bool, err error) {
	f, err = scanFile(m.db.QueryRow(ctx, fileSQL, name, string(area)))
	if errors.Is(err, pgx.ErrNoRows) {
		return File{}, false, nil
	}
	if err != nil {
		return File{}, false, fmt.Errorf("manifest: %w", err)
	}
	return f, true, nil
}

func scanFile(row pgx.Row) (f File, err error) {
	var bytes *int64
	err = row.Scan(&f.Area, &f.VideoID.UUID, &f.Name, &bytes, &f.Since, &f.IsPrivate)
	if f.Bytes = -1; bytes != nil {
		f.Bytes = *bytes
	}
	return f, err
}
