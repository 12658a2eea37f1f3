package media

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"vidilog/domain/transcoding"
)

// Storyboard asks for one picture that shows a video in small ones.
type Storyboard struct {
	// Source is the file to take them from and Probe what Tools.Probe says of that.
	Source string
	Probe  transcoding.Probe
	Layout transcoding.Storyboard
	// Output is the final path of the JPEG. It is overwritten.
	Output string
}

// Storyboard makes the picture. A video that ends before its time leaves the last places black.
func (t *Tools) Storyboard(ctx context.Context, s Storyboard) error {
	if !s.Probe.HasVideo() {
		return fmt.Errorf("make a storyboard: the source must have a picture")
	}
	output, err := newPartial(s.Output)
	if err != nil {
		return err
	}
	defer output.discard()
	args := slices.Concat(
		[]string{"-hide_banner", "-nostdin", "-y", "-loglevel", "error"}, sourceInput(s.Source),
		[]string{
			"-filter_complex", s.filter(), "-map", "[board]", "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "2",
			"-map_metadata", "-1", "-f", "mjpeg", "file:" + output.path,
		},
	)
	if err := (run{program: t.options.FFmpeg, args: args, nice: NiceStoryboard, directory: filepath.Dir(output.path)}).do(ctx); err != nil {
		return err
	}
	return output.commit()
}

// filter begins at the first frame, whatever its time, and takes at each multiple of the distance the frame that is shown then;
// recordings of phones have no steady frame rate to count by. 4:4:4 until the end: a small picture of an odd height would be off
// by half a line.
func (s Storyboard) filter() string {
	return fmt.Sprintf("[0:%d]setpts=PTS-STARTPTS,fps=fps=1/%d:round=up,scale=w=%d:h=%d,setsar=1,format=yuvj444p,tile=layout=%dx%d,format=yuvj420p[board]",
		s.Probe.Video.Index, s.Layout.SpriteSeconds, s.Layout.SpriteWidth, s.Layout.SpriteHeight, s.Layout.Columns, s.Layout.Rows)
}
