package uploads

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"vidilog/domain/transcoding"
	"vidilog/internal/storage"
)

// Store is where whole files go.
type Store interface {
	Take(ctx context.Context, source string, location storage.Location) error
	Link(ctx context.Context, from, to storage.Location) error
	Remove(location storage.Location) error
	Stat(location storage.Location) (storage.Info, error)
}

// Place is where the file of a video goes.
type Place struct {
	// Name of the file, Private for one under private paths.
	Name    string
	Private bool
	// Kept is a second name in the folder of originals, under which the file stays as it came; empty for none.
	Kept string
}

func (p Place) location() storage.Location {
	if p.Private {
		return storage.Location{Kind: storage.PrivateWebVideo, Name: p.Name}
	}
	return storage.Location{Kind: storage.WebVideo, Name: p.Name}
}

func (p Place) original() storage.Location {
	return storage.Location{Kind: storage.OriginalVideoFile, Name: p.Kept}
}

// Take moves a file from path to its place. A repeat finds it there.
func (p Place) Take(ctx context.Context, s Store, path string) error {
	if err := s.Take(ctx, path, p.location()); err != nil {
		if _, missing := s.Stat(p.location()); missing != nil {
			return err
		}
	}
	if p.Kept == "" {
		return nil
	}
	return s.Link(ctx, p.location(), p.original())
}

// Remove takes away what Take has put there, for a file that was refused after all.
func (p Place) Remove(s Store) error {
	err := s.Remove(p.location())
	if p.Kept != "" {
		err = errors.Join(err, s.Remove(p.original()))
	}
	return err
}

// NewName draws the name of an uploaded file: a UUID of its own, its resolution and its extension.
func NewName(extension string, resolution transcoding.Resolution) string {
	return fmt.Sprintf("%s-%d%s", uuid.New(), resolution, strings.ToLower(extension))
}
