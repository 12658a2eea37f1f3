package media

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"vidilog/domain/transcoding"
)

// WebVideo asks for an MP4 that browsers play while it loads.
type WebVideo struct {
	// Source is the file to make it of and Probe what Tools.Probe says of that.
	Source string
	Probe  transcoding.Probe
	// Sound is where the sound comes from when Source has none.
	Sound Sound
	// Encoding says how large, how fast, and whether by copy. Resolution AudioOnly leaves the picture out.
	Encoding transcoding.Encoding
	// Still is a JPEG or PNG to show while a source without picture plays; it must be trusted, such as one made here.
	// Without it such a source plays before a plain dark ground.
	Still string
	// Output is the final path. It is overwritten.
	Output   string
	Progress Progress
}

// WebVideo makes the file and says what it is. The moov box comes first, so that playing starts before the end is loaded.
func (t *Tools) WebVideo(ctx context.Context, w WebVideo) (transcoding.Probe, error) {
	output, err := newPartial(w.Output)
	if err != nil {
		return transcoding.Probe{}, err
	}
	defer output.discard()
	args, err := t.webVideoArguments(ctx, w)
	if err != nil {
		return transcoding.Probe{}, err
	}
	args = slices.Concat(t.start(), args, t.finish(), []string{"-movflags", "+faststart", "-f", "mp4", "file:" + output.path})
	err = run{
		program: t.options.FFmpeg, args: args, nice: t.options.Nice, directory: filepath.Dir(output.path),
		stdout: readProgress(w.Probe.Duration, w.Progress),
	}.do(ctx)
	if err != nil {
		return transcoding.Probe{}, err
	}
	return t.publish(ctx, output, w.Progress)
}

// webVideoArguments are inputs, streams and codecs.
func (t *Tools) webVideoArguments(ctx context.Context, w WebVideo) ([]string, error) {
	if !w.Probe.HasVideo() && w.Encoding.Resolution != transcoding.AudioOnly {
		return t.mergeArguments(ctx, w)
	}
	in := input{source: w.Source, probe: w.Probe, sound: w.Sound}
	return t.encodeStreams(ctx, in, w.Encoding, wanted(in, w.Encoding))
}

// mergeArguments put sound under a still picture. The length is that of the sound, said explicitly: the picture has none.
func (t *Tools) mergeArguments(ctx context.Context, w WebVideo) ([]string, error) {
	if !w.Probe.HasAudio() {
		return nil, fmt.Errorf("merge a picture with sound: the source has no sound")
	}
	picture, err := t.encodeVideo(ctx, w.Probe, w.Encoding)
	if err != nil {
		return nil, err
	}
	sound, err := t.encodeAudio(ctx, w.Probe.Audio)
	return slices.Concat(
		sourceInput(w.Source), stillInput(w.Still, w.Encoding),
		[]string{"-map", "1:v:0"}, streams(w.Probe, false, true),
		picture, []string{"-tune", "stillimage"}, sound,
		[]string{"-t", fmt.Sprintf("%.3f", w.Probe.Duration)},
	), err
}

// publish looks at a finished file, so that nothing that cannot be read is ever announced, and gives it its name.
func (t *Tools) publish(ctx context.Context, output partial, progress Progress) (transcoding.Probe, error) {
	probe, err := t.Probe(ctx, output.path)
	if err != nil {
		return transcoding.Probe{}, fmt.Errorf("ffmpeg made a file that cannot be read: %w", err)
	}
	if err := output.commit(); err != nil {
		return transcoding.Probe{}, err
	}
	progress.report(100)
	return probe, nil
}
