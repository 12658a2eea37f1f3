package storage

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Pending is a file that is being written by somebody who needs a path, such as ffmpeg: write to Path, then Commit.
type Pending struct {
	location  Location
	temporary string
	final     string
	isDone    bool
}

// Begin answers a pending file in the target's own folder, because a rename is atomic only within one file system. The
// temporary name keeps the extension, from which ffmpeg chooses the format. The file does not exist yet.
func (f *FileSystem) Begin(location Location) (*Pending, error) {
	final, err := f.Path(location)
	if err != nil {
		return nil, err
	}
	if err := makeFolder(filepath.Dir(final)); err != nil {
		return nil, fmt.Errorf("create folder of %s: %w", location, err)
	}
	name := temporaryPrefix + rand.Text() + filepath.Ext(final)
	return &Pending{location: location, temporary: filepath.Join(filepath.Dir(final), name), final: final}, nil
}

// Path is where to write.
func (p *Pending) Path() string { return p.temporary }

// FinalPath is where the file will be after Commit.
func (p *Pending) FinalPath() string { return p.final }

// Commit makes the file appear under its name, durable. After a crash the old state or the new one is found, never a
// part of a file: its content is on disk before its name is.
func (p *Pending) Commit() error {
	if p.isDone {
		return fmt.Errorf("store %s: was committed or aborted before", p.location)
	}
	if err := beforeSync.Hit(); err != nil {
		return err
	}
	if err := syncFile(p.temporary); err != nil {
		return fmt.Errorf("sync %s: %w", p.location, err)
	}
	if err := beforeRename.Hit(); err != nil {
		return err
	}
	if err := os.Rename(p.temporary, p.final); err != nil {
		return fmt.Errorf("store %s: %w", p.location, err)
	}
	p.isDone = true
	if err := afterRename.Hit(); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(p.final))
}

// Abort removes what was written; after Commit it does nothing, so that it can be deferred.
func (p *Pending) Abort() {
	if p.isDone {
		return
	}
	p.isDone = true
	// What cannot be removed now is found by RemoveUnfinished later.
	_ = os.Remove(p.temporary)
}

func syncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// makeFolder creates a folder whose own name survives a crash too.
func makeFolder(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}
