package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"vidilog/internal/failpoint"
)

// ErrNotFound says that a file does not exist; it is fs.ErrNotExist.
var ErrNotFound = fs.ErrNotExist

var (
	beforeSync   = failpoint.New("storage.before-sync")
	beforeRename = failpoint.New("storage.before-rename")
	afterRename  = failpoint.New("storage.after-rename")
	beforeRemove = failpoint.New("storage.before-remove")
)

// Info describes a stored file.
type Info struct {
	Location Location
	// Size in bytes.
	Size     int64
	Modified time.Time
}

// FileSystem keeps files in local folders. It is safe for concurrent use; two writers of one name leave the file of one
// of them, whole.
type FileSystem struct {
	folders Folders
}

// Open prepares the folders and answers the file system.
func Open(folders Folders) (*FileSystem, error) {
	for _, kind := range Kinds() {
		folder, known := folders[kind]
		if !known || !filepath.IsAbs(folder) {
			return nil, fmt.Errorf("folder of %s must be an absolute path, has %q", kind, folder)
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, fmt.Errorf("create folder of %s: %w", kind, err)
		}
	}
	return &FileSystem{folders: folders}, nil
}

// Folder answers the folder of a kind.
func (f *FileSystem) Folder(kind Kind) string { return f.folders[kind] }

// Path answers where a file lies or would lie, for ffmpeg and net/http.
func (f *FileSystem) Path(location Location) (string, error) {
	if err := location.check(); err != nil {
		return "", err
	}
	folder, known := f.folders[location.Kind]
	if !known {
		return "", fmt.Errorf("no folder for files of kind %q", location.Kind)
	}
	return filepath.Join(folder, filepath.FromSlash(location.Name)), nil
}

// Put stores what it reads and answers the number of bytes. It replaces an older file of the name, so that a repeated
// job leaves the same files. When the context ends or reading fails nothing remains.
func (f *FileSystem) Put(ctx context.Context, location Location, content io.Reader) (int64, error) {
	pending, err := f.Begin(location)
	if err != nil {
		return 0, err
	}
	defer pending.Abort()
	file, err := os.OpenFile(pending.Path(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return 0, fmt.Errorf("create %s: %w", location, err)
	}
	written, err := io.Copy(file, contextReader{ctx, content})
	if err := errors.Join(err, file.Close()); err != nil {
		return 0, fmt.Errorf("write %s: %w", location, err)
	}
	return written, pending.Commit()
}

// Take moves a finished file, e.g. an upload or the output of a program, to its place. Across file systems it copies.
func (f *FileSystem) Take(ctx context.Context, source string, location Location) error {
	target, err := f.Path(location)
	if err != nil {
		return err
	}
	if err := makeFolder(filepath.Dir(target)); err != nil {
		return fmt.Errorf("create folder of %s: %w", location, err)
	}
	if err := beforeSync.Hit(); err != nil {
		return err
	}
	if err := syncFile(source); err != nil {
		return fmt.Errorf("sync %s: %w", source, err)
	}
	if err := beforeRename.Hit(); err != nil {
		return err
	}
	err = os.Rename(source, target)
	if errors.Is(err, syscall.EXDEV) {
		return f.copyAndRemove(ctx, source, location)
	}
	if err != nil {
		return fmt.Errorf("move to %s: %w", location, err)
	}
	if err := afterRename.Hit(); err != nil {
		return err
	}
	return errors.Join(syncFolder(filepath.Dir(target)), syncFolder(filepath.Dir(source)))
}

// Link gives a file a second name, which stands when the first goes. Across file systems, or on one without links, it copies. A
// file that has the second name already is left.
func (f *FileSystem) Link(ctx context.Context, from, to Location) error {
	source, err := f.Path(from)
	if err != nil {
		return err
	}
	target, err := f.Path(to)
	if err != nil {
		return err
	}
	if err := makeFolder(filepath.Dir(target)); err != nil {
		return fmt.Errorf("create folder of %s: %w", to, err)
	}
	switch err := os.Link(source, target); {
	case err == nil:
		return syncFolder(filepath.Dir(target))
	case errors.Is(err, fs.ErrExist):
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("link %s: %w", from, err)
	}
	content, err := f.OpenFile(from)
	if err != nil {
		return err
	}
	defer content.Close() // opened for reading
	_, err = f.Put(ctx, to, content)
	return err
}

// Move gives a file another place, e.g. when a video becomes private.
func (f *FileSystem) Move(ctx context.Context, from, to Location) error {
	source, err := f.Path(from)
	if err != nil {
		return err
	}
	return f.Take(ctx, source, to)
}

func (f *FileSystem) copyAndRemove(ctx context.Context, source string, location Location) error {
	file, err := os.Open(source)
	if err != nil {
		return fmt.Errorf("read %s: %w", source, err)
	}
	defer file.Close()
	if _, err := f.Put(ctx, location, file); err != nil {
		return err
	}
	if err := os.Remove(source); err != nil {
		return fmt.Errorf("remove %s after copying: %w", source, err)
	}
	return nil
}

// Remove deletes a file, or the folder of a video's HLS files with all in it. What does not exist is no error, because
// a removal may be repeated. An emptied HLS folder goes with its last file.
func (f *FileSystem) Remove(location Location) error {
	path, err := f.Path(location)
	if err != nil {
		return err
	}
	if err := beforeRemove.Hit(); err != nil {
		return err
	}
	if err := os.RemoveAll(path); err != nil {
		return fmt.Errorf("remove %s: %w", location, err)
	}
	parent := filepath.Dir(path)
	if parent != f.folders[location.Kind] && os.Remove(parent) == nil {
		parent = filepath.Dir(parent)
	}
	if err := syncFolder(parent); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("sync after removing %s: %w", location, err)
	}
	return nil
}

// Stat answers size and time of a file, or ErrNotFound.
func (f *FileSystem) Stat(location Location) (Info, error) {
	path, err := f.Path(location)
	if err != nil {
		return Info{}, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return Info{}, fmt.Errorf("look at %s: %w", location, err)
	}
	if !info.Mode().IsRegular() {
		return Info{}, fmt.Errorf("look at %s: %w", location, ErrNotFound)
	}
	return Info{Location: location, Size: info.Size(), Modified: info.ModTime()}, nil
}

// OpenFile opens a file for reading, or answers ErrNotFound.
func (f *FileSystem) OpenFile(location Location) (*os.File, error) {
	path, err := f.Path(location)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", location, err)
	}
	return file, nil
}

type contextReader struct {
	ctx    context.Context
	reader io.Reader
}

func (r contextReader) Read(buffer []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, context.Cause(r.ctx)
	}
	return r.reader.Read(buffer)
}
