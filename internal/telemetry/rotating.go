package telemetry

import (
	"bytes"
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

// Write appends whole records, each a line, after a rotation where the next would exceed the size. Records are never split.
func (l *rotating) Write(records []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	written := 0
	for written < len(records) {
		part := l.fitting(records[written:])
		if len(part) == 0 {
			if err := l.rotate(); err != nil {
				return written, err
			}
			continue
		}
		n, err := l.file.Write(part)
		l.size += int64(n)
		written += n
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

// fitting answers the first of the records that still go into the file; at least one goes into an empty file.
func (l *rotating) fitting(records []byte) []byte {
	room := l.maxSize - l.size
	if l.maxSize <= 0 || int64(len(records)) <= room {
		return records
	}
	end := bytes.LastIndexByte(records[:max(room, 0)], '\n') + 1
	if end == 0 && l.size == 0 {
		if end = bytes.IndexByte(records, '\n') + 1; end == 0 {
			end = len(records)
		}
	}
	return records[:end]
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
