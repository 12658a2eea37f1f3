package media

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
)

// Installation is what was found of ffmpeg.
type Installation struct {
	// Version as ffmpeg prints it: "5.1.9-0+deb12u1".
	Version string
	// HasFDK says that the better AAC encoder libfdk_aac is built in; distributions leave it out for its licence.
	HasFDK bool
}

// encoderCache asks ffmpeg once; a failure is asked again next time.
type encoderCache struct {
	mutex sync.Mutex
	known *Installation
}

// Detect finds out what is installed and refuses an ffmpeg that cannot do the work, with a message that says what to
// install. The answer is remembered.
func (t *Tools) Detect(ctx context.Context) (Installation, error) {
	t.encoders.mutex.Lock()
	defer t.encoders.mutex.Unlock()
	if t.encoders.known != nil {
		return *t.encoders.known, nil
	}
	ctx, cancel := context.WithTimeout(ctx, t.options.ProbeTimeout)
	defer cancel()
	var found Installation
	if err := t.ask(ctx, t.options.FFprobe, func(string) {}, "-version"); err != nil {
		return Installation{}, err
	}
	err := t.ask(ctx, t.options.FFmpeg, func(line string) {
		if rest, ok := strings.CutPrefix(line, "ffmpeg version "); ok {
			found.Version, _, _ = strings.Cut(rest, " ")
		}
	}, "-version")
	if err != nil {
		return Installation{}, err
	}
	encoders := map[string]bool{}
	err = t.ask(ctx, t.options.FFmpeg, func(line string) {
		if fields := strings.Fields(line); len(fields) > 1 {
			encoders[fields[1]] = true
		}
	}, "-hide_banner", "-encoders")
	if err != nil {
		return Installation{}, err
	}
	for _, needed := range []string{"libx264", "aac", "mjpeg"} {
		if !encoders[needed] {
			return Installation{}, fmt.Errorf("ffmpeg %s has no encoder %q; install a build with it, such as Debian's package ffmpeg", found.Version, needed)
		}
	}
	found.HasFDK = encoders["libfdk_aac"]
	t.encoders.known = &found
	return found, nil
}

// ask runs a program that prints lines about itself.
func (t *Tools) ask(ctx context.Context, program string, line func(string), args ...string) error {
	return run{program: program, args: args, stdout: func(output io.Reader) error {
		lines := bufio.NewScanner(output)
		for lines.Scan() {
			line(lines.Text())
		}
		return lines.Err()
	}}.do(ctx)
}
