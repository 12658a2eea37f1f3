package media

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
)

// Limits of what is accepted as a video file.
const (
	// maxProbeOutput bounds ffprobe's answer in bytes; a usual file needs 3 kB.
	maxProbeOutput = 1 << 20
	// maxStreams bounds streams in a file. Films with many languages and subtitles have about 60.
	maxStreams = 128
	// maxChapters bounds the chapters that are taken from a file.
	maxChapters = 500
	// maxSide is the longest side that x264 encodes, in pixels.
	maxSide = 16384
	// maxPixels of one picture; 8K video has 33 million. A decoder holds dozens of pictures in memory.
	maxPixels = 1 << 26
	// measuredPerSecond is how fast a disk must be at least to read a whole file for its length, in bytes.
	measuredPerSecond = 50 << 20
)

// probedEntries is all that is asked of ffprobe: tags of an upload may be of any size.
const probedEntries = "format=format_name,duration,bit_rate" +
	":stream=index,codec_name,codec_type,profile,level,pix_fmt,width,height,sample_aspect_ratio,avg_frame_rate,r_frame_rate," +
	"bit_rate,duration,channels,channel_layout,sample_rate,color_transfer" +
	":stream_disposition=attached_pic,timed_thumbnails:stream_tags=rotate:stream_side_data=rotation" +
	":chapter=start_time:chapter_tags=title"

// Probe says what is in a media file. A file that is no video or sound, damaged or of a kind that is not accepted gives a
// kernel.Error with CodeUnprocessable and a sentence for the person who uploaded it.
func (t *Tools) Probe(ctx context.Context, path string) (transcoding.Probe, error) {
	file, err := os.Stat(path)
	switch {
	case err != nil:
		return transcoding.Probe{}, fmt.Errorf("probe a media file: %w", err)
	case !file.Mode().IsRegular():
		return transcoding.Probe{}, unprocessable("it is not a regular file")
	case file.Size() == 0:
		return transcoding.Probe{}, unprocessable("the file is empty")
	}
	answer, err := t.ffprobe(ctx, path)
	if err != nil {
		return transcoding.Probe{}, asRefusal(err)
	}
	probe, err := answer.probe()
	if err != nil {
		return transcoding.Probe{}, err
	}
	probe.Size = file.Size()
	if probe.Duration <= 0 {
		if probe.Duration, err = t.measure(ctx, path, probe); err != nil {
			return transcoding.Probe{}, asRefusal(err)
		}
	}
	return probe, nil
}

// ffprobe runs the program and reads its answer.
func (t *Tools) ffprobe(ctx context.Context, path string) (ffprobeAnswer, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, t.options.ProbeTimeout, errProbeTimeout)
	defer cancel()
	var answer ffprobeAnswer
	args := append([]string{"-v", "error", "-hide_banner", "-of", "json", "-show_entries", probedEntries}, sourceInput(path)...)
	err := run{program: t.options.FFprobe, args: args, stdout: func(output io.Reader) error {
		text, err := io.ReadAll(io.LimitReader(output, maxProbeOutput+1))
		switch {
		case err != nil:
			return err
		case len(text) > maxProbeOutput:
			return unprocessable("its description is longer than %d bytes", maxProbeOutput)
		}
		if json.Unmarshal(text, &answer) != nil {
			answer = ffprobeAnswer{} // a program that failed half way; its exit code tells
		}
		return nil
	}}.do(ctx)
	return answer, err
}

// measure finds the duration of a file that does not say it, such as a browser's own recording, by reading all of it.
func (t *Tools) measure(ctx context.Context, path string, probe transcoding.Probe) (float64, error) {
	reading := time.Duration(float64(probe.Size) / measuredPerSecond * float64(time.Second))
	ctx, cancel := context.WithTimeoutCause(ctx, t.options.ProbeTimeout+reading, errProbeTimeout)
	defer cancel()
	length := &lengthReader{}
	args := append([]string{"-v", "error", "-nostdin", "-hide_banner", "-progress", "pipe:1", "-nostats"}, sourceInput(path)...)
	args = append(append(args, streams(probe, true, !probe.HasVideo())...), "-c", "copy", "-f", "null", "-")
	err := run{program: t.options.FFmpeg, args: args, stdout: length.read}.do(ctx)
	if err == nil && length.seconds <= 0 {
		err = unprocessable("it has no playable length")
	}
	return length.seconds, err
}

var errProbeTimeout = errors.New("the time for looking at the file is over")

// unprocessable makes the refusal of a file; the sentence goes on after "this file cannot be used: ".
func unprocessable(format string, args ...any) error {
	return kernel.Refuse(kernel.CodeUnprocessable, "this file cannot be used: "+format, args...)
}

// asRefusal turns a failure of ffprobe on this file into a refusal; what is not the file's fault stays as it is.
func asRefusal(err error) error {
	var failure *ToolError
	switch {
	case errors.Is(err, errProbeTimeout):
		return unprocessable("reading its description takes too long")
	case errors.As(err, &failure) && failure.ExitCode > 0:
		return unprocessable("it is damaged or not a video or audio file of a known kind (%s)", failure.LastLine())
	}
	return err
}
