package telemetry

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// rotating is a log file that starts anew at a size and keeps some predecessors: peertube.log, peertube1.log, … with
// the highest number oldest.
type rotating struct {
	mutex    sync.Mutex
	path     string
	maxSize  int64
	maxFiles int
	file     *os.File
	size     int64
}

func openRotating(path string, maxSize int64, maxFiles int) (*rotating, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("create folder of logs: %w", err)
	}
	log := &rotating{path: path, maxSize: maxSize, maxFiles: max(maxFiles, 1)}
	return log, log.open()
}

func (l *rotating) open() error {
	file, err := os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
	if err != nil {
		return fmt.Errorf("open log: %w", err)
	}
	info, err := file.Stat()
	if err != nil {
		return errors.Join(err, file.Close())
	}
	l.file, l.size = file, info.Size()
	return nil
}

// Write appends one record, after a rotation when it would exceed the size. Records are never split.
func (l *rotating) Write(record []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.maxSize > 0 && l.size > 0 && l.size+int64(len(record)) > l.maxSize {
		if err := l.rotate(); err != nil {
			return 0, err
		}
	}
	n, err := l.file.Write(record)
	l.size += int64(n)
	return n, err
}

func (l *rotating) rotate() error {
	if err := l.file.Close(); err != nil {
		return err
	}
	for number := l.maxFiles - 1; number >= 1; number-- {
		if err := os.Rename(l.numbered(number-1), l.numbered(number)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(err, l.open())
		}
	}
	if l.maxFiles == 1 {
		if err := os.Truncate(l.path, 0); err != nil {
			return errors.Join(err, l.open())
		}
	}
	return l.open()
}

func (l *rotating) numbered(number int) string {
	if number == 0 {
		return l.path
	}
	extension := filepath.Ext(l.path)
	return fmt.Sprintf("%s%d%s", strings.TrimSuffix(l.path, extension), number, extension)
}

// Close closes the file.
func (l *rotating) Close() error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.file.Close()
}
