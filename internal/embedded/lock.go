package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// ErrLocked says that another vidilog process works on the data folder.
var ErrLocked = errors.New("data folder is in use")

const lockFileName = "vidilog.lock"

// DataLock is the exclusive right to run a server on one data folder. The kernel frees it when the process ends, however
// it ends, so there is no stale lock to clean.
type DataLock struct {
	file *os.File
}

// LockDataDir takes the exclusive lock of a data folder and creates the folder when it is missing. It does not wait: a
// second caller gets ErrLocked with the process id of the first.
func LockDataDir(dataDir string) (*DataLock, error) {
	if err := os.MkdirAll(dataDir, 0o755); err != nil {
		return nil, fmt.Errorf("create data folder %s: %w", dataDir, err)
	}
	name := filepath.Join(dataDir, lockFileName)
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open lock file %s: %w", name, err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%w: %s is held by process %s; stop it first or choose another --data", ErrLocked, name, lockHolder(file))
		}
		return nil, fmt.Errorf("lock %s: %w", name, err)
	}
	// The number is for people and for the message above; only the kernel's lock counts.
	if err := file.Truncate(0); err == nil {
		_, _ = file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	return &DataLock{file: file}, nil
}

// WaitForDataDir takes the lock like LockDataDir, but waits for the holder to end until the context does. A server that is
// restarted at once overlaps for a moment with the one that still drains.
func WaitForDataDir(ctx context.Context, dataDir string) (*DataLock, error) {
	var lock *DataLock
	var failure error
	err := waitUntil(ctx, func() bool {
		lock, failure = LockDataDir(dataDir)
		return !errors.Is(failure, ErrLocked)
	})
	if err != nil {
		return nil, failure
	}
	return lock, failure
}

// Release gives the lock back. The file stays: removing it would let two processes lock two different files of one name.
func (l *DataLock) Release() error {
	return l.file.Close()
}

func lockHolder(file *os.File) string {
	content := make([]byte, 32)
	n, _ := file.ReadAt(content, 0)
	if pid := strings.TrimSpace(string(content[:n])); pid != "" {
		return pid
	}
	return "unknown"
}
