package media

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"vidilog/internal/failpoint"
)

// The places where a crash must leave either nothing or the whole file.
var (
	failBeforeSync   = failpoint.New("media.before-fsync")
	failBeforeRename = failpoint.New("media.before-rename")
	failAfterRename  = failpoint.New("media.after-rename")
)

// partial is a file that is being made under a temporary name in the directory where it will stay, so that taking the
// final name is one atomic step. A retry overwrites the final name; it cannot meet the temporary one of an attempt that
// is still dying, because that is random.
type partial struct {
	final string
	path  string
}

const (
	partialSuffix = ".part"
	// partialAge is when a temporary file that nobody has written to is left from a crash.
	partialAge = time.Hour
)

// newPartial prepares the directory and the name; it makes no file.
func newPartial(final string) (partial, error) {
	final = absolute(final)
	directory, name := filepath.Split(final)
	if name == "" || strings.ContainsAny(name, "%\n\"") {
		return partial{}, fmt.Errorf("%q is not usable as the name of a media file", name)
	}
	if err := prepare(directory); err != nil {
		return partial{}, fmt.Errorf("prepare the directory of %s: %w", name, err)
	}
	sweep(directory, name)
	var random [8]byte
	_, _ = rand.Read(random[:]) // never fails
	return partial{final: final, path: filepath.Join(directory, "."+name+"."+hex.EncodeToString(random[:])+partialSuffix)}, nil
}

// prepare makes the directory where it is missing, durably.
func prepare(directory string) error {
	if _, err := os.Stat(directory); err == nil {
		return nil
	}
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return err
	}
	return syncPath(filepath.Dir(filepath.Clean(directory)))
}

// sweep removes what crashed attempts at the same file left. It is a courtesy: failing to do so changes nothing.
func sweep(directory, name string) {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), "."+name+".") || !strings.HasSuffix(entry.Name(), partialSuffix) {
			continue
		}
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > partialAge {
			_ = os.Remove(filepath.Join(directory, entry.Name()))
		}
	}
}

// write makes the file with this content.
func (p partial) write(content []byte) error {
	if err := os.WriteFile(p.path, content, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(p.final), err)
	}
	return nil
}

// commit brings the content to the disk and gives the file its final name, durably.
func (p partial) commit() error {
	for _, step := range []func() error{
		failBeforeSync.Hit,
		func() error { return syncPath(p.path) },
		func() error { return os.Chmod(p.path, 0o644) },
		failBeforeRename.Hit,
		func() error { return os.Rename(p.path, p.final) },
		failAfterRename.Hit,
		func() error { return syncPath(filepath.Dir(p.final)) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("put %s in place: %w", filepath.Base(p.final), err)
		}
	}
	return nil
}

// discard removes what has not been committed; after commit it does nothing.
func (p partial) discard() { _ = os.Remove(p.path) }

func syncPath(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return file.Sync()
}
