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
	// MapsTones says that HDR pictures can be brought into the range of usual screens (filters zscale and tonemap).
	MapsTones bool
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
	version, err := t.version(ctx)
	if err != nil {
		return Installation{}, err
	}
	encoders, err := t.list(ctx, "-encoders")
	if err != nil {
		return Installation{}, err
	}
	for _, needed := range []string{"libx264", "aac", "mjpeg"} {
		if !encoders[needed] {
			return Installation{}, fmt.Errorf("ffmpeg %s has no encoder %q; install a build with it, such as Debian's package ffmpeg", version, needed)
		}
	}
	filters, err := t.list(ctx, "-filters")
	if err != nil {
		return Installation{}, err
	}
	t.encoders.known = &Installation{
		Version: version, HasFDK: encoders["libfdk_aac"], MapsTones: filters["zscale"] && filters["tonemap"],
	}
	return *t.encoders.known, nil
}

// version is that of ffmpeg; ffprobe must only be there.
func (t *Tools) version(ctx context.Context) (version string, err error) {
	if err := t.ask(ctx, t.options.FFprobe, func(string) {}, "-version"); err != nil {
		return "", err
	}
	err = t.ask(ctx, t.options.FFmpeg, func(line string) {
		if rest, ok := strings.CutPrefix(line, "ffmpeg version "); ok {
			version, _, _ = strings.Cut(rest, " ")
		}
	}, "-version")
	return version, err
}

// list are the names in one of ffmpeg's tables: the second column.
func (t *Tools) list(ctx context.Context, table string) (map[string]bool, error) {
	names := map[string]bool{}
	err := t.ask(ctx, t.options.FFmpeg, func(line string) {
		if fields := strings.Fields(line); len(fields) > 1 {
			names[fields[1]] = true
		}
	}, "-hide_banner", table)
	return names, err
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
