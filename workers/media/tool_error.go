package media

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// stderrTail is how much of a program's messages is kept, in bytes: the end, where the reason is.
const stderrTail = 4096

// ToolError says that ffmpeg or ffprobe failed. Administrators see it beside the job.
type ToolError struct {
	// Tool is "ffmpeg" or "ffprobe".
	Tool string
	// ExitCode is that of the program; -1 when a signal ended it.
	ExitCode int
	// Detail is the end of what the program said, without directories, addresses and control characters.
	Detail string
}

func (e *ToolError) Error() string {
	how := fmt.Sprintf("%s failed with code %d", e.Tool, e.ExitCode)
	if e.ExitCode < 0 {
		how = e.Tool + " was killed"
	}
	if e.Detail == "" {
		return how
	}
	return how + ": " + e.Detail
}

// LastLine is the last thing the program said, for a message of one line.
func (e *ToolError) LastLine() string {
	return e.Detail[strings.LastIndexByte(e.Detail, '\n')+1:]
}

// tail keeps the last bytes written to it.
type tail struct {
	limit int
	kept  []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p...)
	if over := len(t.kept) - t.limit; over > 0 {
		t.kept = append(t.kept[:0], t.kept[over:]...)
	}
	return len(p), nil
}

func (t *tail) String() string { return string(t.kept) }

var (
	// directories of absolute paths; the name of the file stays.
	directories = regexp.MustCompile(`(?:file:)?/(?:[^\s/:'"]+/)+`)
	// addresses of contexts: "[mov,mp4 @ 0x55d0]" says no more than "[mov,mp4]".
	addresses = regexp.MustCompile(` @ 0x[0-9a-f]+`)
)

// clean makes a program's messages fit to be shown: the layout of the server's disk is nobody's business. known are
// directories that may have blanks in their names, where a pattern does not see their end.
func clean(said string, known []string) string {
	for _, directory := range known {
		if len(directory) > 1 {
			said = strings.ReplaceAll(strings.ReplaceAll(said, "file:"+directory+"/", ""), directory+"/", "")
		}
	}
	said = strings.ToValidUTF8(said, "\uFFFD")
	said = strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r != '\n' && unicode.IsControl(r):
			return -1
		}
		return r
	}, said)
	said = addresses.ReplaceAllString(directories.ReplaceAllString(said, ""), "")
	return strings.TrimSpace(said)
}
