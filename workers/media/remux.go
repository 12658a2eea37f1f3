package media

import (
	"context"
	"errors"
	"io"
)

// Remux asks for one file made of others as they are.
type Remux struct {
	// Inputs are at most one file with a picture and one with sound.
	Inputs []string
	// Cover is a picture for a file of sound only; empty for none.
	Cover string
}

// Remux writes an mp4 that can be played before it has come to its end. Nothing is encoded: it is as fast as its reader, and the
// context's end, as when the reader goes, ends ffmpeg too.
func (t *Tools) Remux(ctx context.Context, r Remux, to io.Writer) error {
	if len(r.Inputs) == 0 {
		return errors.New("remux: no input")
	}
	args := []string{"-hide_banner", "-nostdin", "-loglevel", "error"}
	for _, input := range r.Inputs {
		args = append(args, "-i", "file:"+input)
	}
	if r.Cover != "" {
		args = append(args, "-i", "file:"+r.Cover)
	}
	args = append(args, "-c", "copy", "-movflags", "frag_keyframe+empty_moov", "-f", "mp4", "pipe:1")
	return run{
		program: t.options.FFmpeg, args: args, nice: t.options.Nice,
		stdout: func(output io.Reader) error { _, err := io.Copy(to, output); return err },
	}.do(ctx)
}
