package media

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// lengthReader keeps the last out_time_us of ffmpeg's progress.
type lengthReader struct{ seconds float64 }

func (l *lengthReader) read(output io.Reader) error {
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if text, found := strings.CutPrefix(lines.Text(), "out_time_us="); found {
			if micros, err := strconv.ParseInt(text, 10, 64); err == nil {
				l.seconds = max(l.seconds, float64(micros)/1e6)
			}
		}
	}
	return nil
}
