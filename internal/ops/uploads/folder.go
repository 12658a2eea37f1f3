package uploads

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// OnDisk answers how many of the bytes that were acknowledged are there: fewer when somebody has shortened the file. Bytes
// behind them are those of a part that a crash cut off. Error: fs.ErrNotExist.
func OnDisk(path string, acknowledged int64) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return min(info.Size(), acknowledged), nil
}

// Remove deletes files of an upload; what is not there is no error.
func Remove(paths ...string) error {
	var failures []error
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failures = append(failures, err)
		}
	}
	return errors.Join(failures...)
}

// syncFolder makes the name of a new file outlive a crash.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
