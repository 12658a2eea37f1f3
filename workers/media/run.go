package media

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"vidilog/internal/failpoint"
)

// run is one call of a program.
type run struct {
	program string
	args    []string
	nice    int
	// directory is where the program runs; relative output names end there.
	directory string
	// stdout reads what the program prints; it must read to the end. nil discards it.
	stdout func(io.Reader) error
}

// failWhileRunning is hit once per transcoding, when ffmpeg has begun.
var failWhileRunning = failpoint.New("media.ffmpeg")

// killGrace is how long pipes may stay open after the group was killed.
const killGrace = 5 * time.Second

// do runs the program to its end. The context's end kills it with all its children and is then the error; a failure of
// the program is a *ToolError with the end of what it said.
func (r run) do(ctx context.Context) error {
	name, args := r.command()
	command := exec.CommandContext(ctx, name, args...)
	command.Env = childEnvironment()
	command.Dir = r.directory
	command.WaitDelay = killGrace
	isolate(command)
	said := &tail{limit: stderrTail}
	command.Stderr = said

	output, err := command.StdoutPipe()
	if err != nil {
		return fmt.Errorf("run %s: %w", r.tool(), err)
	}
	readErr, err := startAndWait(command, output, r.stdout)
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("%s was stopped: %w", r.tool(), context.Cause(ctx))
	case readErr != nil:
		return readErr
	case err == nil:
		return nil
	}
	return r.failure(err, said.String())
}

// command puts the program behind nice, which replaces itself by it: threads started later inherit the priority.
func (r run) command() (string, []string) {
	if r.nice > 0 {
		if _, err := exec.LookPath("nice"); err == nil {
			return "nice", append([]string{"-n", strconv.Itoa(r.nice), r.program}, r.args...)
		}
	}
	return r.program, r.args
}

// startAndWait reads the output while the program runs. It stays on one thread, because the kernel ends a child whose
// parent thread ends.
func startAndWait(command *exec.Cmd, output io.ReadCloser, read func(io.Reader) error) (readErr, err error) {
	defer stayOnThread()()
	if err := command.Start(); err != nil {
		return nil, err
	}
	if read != nil {
		readErr = read(output)
	}
	if readErr != nil {
		_ = command.Cancel() // the output is refused; Wait reports the end
	} else {
		_, _ = io.Copy(io.Discard, output)
	}
	return readErr, command.Wait()
}

// secretDirectories are those that the arguments name; messages repeat them.
func (r run) secretDirectories() []string {
	list := []string{r.directory}
	for _, arg := range r.args {
		if path, _ := strings.CutPrefix(arg, "file:"); filepath.IsAbs(path) {
			list = append(list, filepath.Dir(path))
		}
	}
	return list
}

func (r run) tool() string { return filepath.Base(r.program) }

func (r run) failure(err error, said string) error {
	failure := &ToolError{Tool: r.tool(), Detail: clean(said, r.secretDirectories())}
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		failure.ExitCode = exit.ExitCode()
	case errors.Is(err, exec.ErrNotFound):
		return fmt.Errorf("%s is not installed or not in the path: %w", r.tool(), err)
	default:
		return fmt.Errorf("run %s: %w", r.tool(), err)
	}
	if failure.ExitCode == 127 && r.nice > 0 {
		return fmt.Errorf("%s is not installed or not in the path: %w", r.tool(), exec.ErrNotFound)
	}
	return failure
}

// readProgress understands ffmpeg's "-progress pipe:1": blocks of key=value, of which out_time_us (microseconds of
// output) counts. It reports up to 99; 100 is for the caller, when the file is in place.
func readProgress(seconds float64, progress Progress) func(io.Reader) error {
	return func(output io.Reader) error {
		reported := -1
		lines := bufio.NewScanner(output)
		for isFirst := true; lines.Scan(); isFirst = false {
			if isFirst {
				if err := failWhileRunning.Hit(); err != nil {
					return err
				}
			}
			text, found := strings.CutPrefix(lines.Text(), "out_time_us=")
			micros, err := strconv.ParseInt(text, 10, 64)
			if !found || err != nil || seconds <= 0 {
				continue // "N/A" before the first frame
			}
			percent := min(99, max(0, int(float64(micros)/seconds/1e4)))
			if percent > reported {
				reported = percent
				progress.report(percent)
			}
		}
		return nil // a line that is too long ends the progress, not the work
	}
}

func decimal(n int) string { return strconv.Itoa(n) }
