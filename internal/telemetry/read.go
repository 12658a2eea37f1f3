package telemetry

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// largestReading bounds what ReadLog answers, in bytes; PeerTube's MAX_LOGS_OUTPUT_CHARACTERS.
const largestReading = 10_000_000

// LogQuery says which lines of the log are wanted.
type LogQuery struct {
	From, To time.Time
	// Level is the least: debug, info, warn or error.
	Level string
	// TagsOneOf are tags of which a line must have one; none for any line.
	TagsOneOf []string
}

var levels = []string{"debug", "info", "warn", "error"}

// ReadLog answers lines of the log file and its predecessors, the oldest first; of too many, the newest.
func ReadLog(dir string, q LogQuery) ([]json.RawMessage, error) {
	base := filepath.Join(dir, LogFileName)
	files := &rotating{path: base}
	var found []json.RawMessage
	size := 0
	for number := 0; ; number++ {
		content, err := os.ReadFile(files.numbered(number))
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read the log: %w", err)
		}
		if isEnough := q.collect(content, &found, &size); isEnough {
			break
		}
	}
	slices.Reverse(found)
	return found, nil
}

// collect adds the lines of a file from its end; it answers true when older ones are not wanted.
func (q LogQuery) collect(content []byte, found *[]json.RawMessage, size *int) bool {
	for len(content) > 0 {
		content = bytes.TrimSuffix(content, []byte{'\n'})
		cut := bytes.LastIndexByte(content, '\n') + 1
		line := content[cut:]
		content = content[:cut]
		var entry struct {
			Timestamp time.Time `json:"timestamp"`
			Level     string    `json:"level"`
			Tags      []string  `json:"tags"`
		}
		if json.Unmarshal(line, &entry) != nil {
			continue // the last line of a server that was killed
		}
		if entry.Timestamp.Before(q.From) {
			return true
		}
		if entry.Timestamp.After(q.To) || !q.wants(entry.Level, entry.Tags) {
			continue
		}
		*found = append(*found, bytes.Clone(line))
		if *size += len(line); *size > largestReading {
			return true
		}
	}
	return false
}

func (q LogQuery) wants(level string, tags []string) bool {
	if slices.Index(levels, strings.ToLower(level)) < slices.Index(levels, q.Level) {
		return false
	}
	return len(q.TagsOneOf) == 0 || slices.ContainsFunc(tags, func(tag string) bool { return slices.Contains(q.TagsOneOf, tag) })
}
