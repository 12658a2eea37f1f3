package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Walk tells every finished file of a kind in the order of names. Unfinished ones and those of the private kind below
// are left out; files that vanish meanwhile are skipped. An error of the visitor ends the walk.
func (f *FileSystem) Walk(ctx context.Context, kind Kind, visit func(Info) error) error {
	return f.walk(ctx, kind, func(path, name string, entry fs.DirEntry) error {
		if strings.HasPrefix(entry.Name(), temporaryPrefix) {
			return nil
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("look at %s: %w", path, err)
		}
		return visit(Info{Location: Location{Kind: kind, Name: name}, Size: info.Size(), Modified: info.ModTime()})
	})
}

// List answers every finished file of a kind; use Walk where there may be many.
func (f *FileSystem) List(ctx context.Context, kind Kind) ([]Info, error) {
	var all []Info
	err := f.Walk(ctx, kind, func(info Info) error {
		all = append(all, info)
		return nil
	})
	return all, err
}

// RemoveUnfinished deletes files that a crash left under temporary names and that nobody has written to for the given
// time. It answers their number.
func (f *FileSystem) RemoveUnfinished(ctx context.Context, untouched time.Duration) (int, error) {
	removed := 0
	limit := time.Now().Add(-untouched)
	for _, kind := range Kinds() {
		err := f.walk(ctx, kind, func(path, _ string, entry fs.DirEntry) error {
			if !strings.HasPrefix(entry.Name(), temporaryPrefix) {
				return nil
			}
			if info, err := entry.Info(); err != nil || info.ModTime().After(limit) {
				return nil //nolint:nilerr // gone meanwhile
			}
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("remove unfinished file: %w", err)
			}
			removed++
			return nil
		})
		if err != nil {
			return removed, err
		}
	}
	return removed, nil
}

func (f *FileSystem) walk(ctx context.Context, kind Kind, visit func(path, name string, entry fs.DirEntry) error) error {
	root, known := f.folders[kind]
	if !known {
		return fmt.Errorf("no folder for files of kind %q", kind)
	}
	nested := ""
	if kind == WebVideo || kind == HLS {
		nested = filepath.Join(root, privateFolder)
	}
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if path == nested {
				return fs.SkipDir
			}
			return nil
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		return visit(path, filepath.ToSlash(name), entry)
	})
}
