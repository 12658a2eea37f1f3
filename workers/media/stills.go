package media

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vidilog/domain/transcoding"
)

// Sizes of the pictures of a video in PeerTube 6.3, in pixels.
const (
	ThumbnailWidth  = 280
	ThumbnailHeight = 157
	PreviewWidth    = 850
	PreviewHeight   = 480
)

// framesToCompare is how many frames are looked at to find one that is like the others: no flash, no black
// (thumbnails.generation_from_video.frames_to_analyze).
const framesToCompare = 50

// Still is one picture to make: a JPEG of exactly this size in pixels.
type Still struct {
	Output        string
	Width, Height int
}

// Stills asks for pictures of one frame of a video.
type Stills struct {
	// Source is the file to take it from and Probe what Tools.Probe says of that.
	Source string
	Probe  transcoding.Probe
	// Pictures are overwritten.
	Pictures []Still
}

// ThumbnailAndPreview are the pictures that every video has.
func ThumbnailAndPreview(thumbnail, preview string) []Still {
	return []Still{{thumbnail, ThumbnailWidth, ThumbnailHeight}, {preview, PreviewWidth, PreviewHeight}}
}

// Stills takes a usual frame from the middle of the video. A wide picture fills its place and is cropped; a high one in a
// wide place stands before a darker copy of itself.
func (t *Tools) Stills(ctx context.Context, s Stills) error {
	if !s.Probe.HasVideo() || len(s.Pictures) == 0 {
		return fmt.Errorf("take %d pictures of a video: the source must have one", len(s.Pictures))
	}
	outputs := make([]partial, 0, len(s.Pictures))
	for _, picture := range s.Pictures {
		output, err := newPartial(picture.Output)
		if err != nil {
			return err
		}
		defer output.discard()
		outputs = append(outputs, output)
	}
	// A file that is damaged in the middle, or whose index is wrong, still has a beginning.
	if err := t.takeStills(ctx, s, outputs, s.Probe.Duration/2); err != nil {
		if ctx.Err() != nil {
			return err
		}
		if err := t.takeStills(ctx, s, outputs, 0); err != nil {
			return err
		}
	}
	for _, output := range outputs {
		if err := output.commit(); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tools) takeStills(ctx context.Context, s Stills, outputs []partial, at float64) error {
	args := []string{"-hide_banner", "-nostdin", "-y", "-loglevel", "error"}
	if at > 0 {
		args = append(args, "-ss", fmt.Sprintf("%.3f", at))
	}
	args = slices.Concat(args, sourceInput(s.Source), []string{"-filter_complex", s.filter()})
	for i, output := range outputs {
		args = append(args, "-map", fmt.Sprintf("[p%d]", i), "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "4",
			"-map_metadata", "-1", "-f", "mjpeg", "file:"+output.path)
	}
	if err := (run{program: t.options.FFmpeg, args: args, nice: NiceStills, directory: filepath.Dir(outputs[0].path)}).do(ctx); err != nil {
		return err
	}
	for _, output := range outputs {
		if file, err := os.Stat(output.path); err != nil || file.Size() == 0 {
			return fmt.Errorf("take a picture of a video: there is no frame at %.1f s", at)
		}
	}
	return nil
}

// filter chooses the frame and fits it. Frames are made small first: fifty of a film in 4K would take a gigabyte.
func (s Stills) filter() string {
	width, height := s.workingSize()
	shownWidth, shownHeight := s.Probe.Video.DisplaySize()
	var text strings.Builder
	fmt.Fprintf(&text, "[0:%d]scale=w=%d:h=%d,setsar=1,thumbnail=%d,format=yuv444p,split=%d", s.Probe.Video.Index,
		width, height, framesToCompare, len(s.Pictures))
	for i := range s.Pictures {
		fmt.Fprintf(&text, "[s%d]", i)
	}
	for i, picture := range s.Pictures {
		in, out := fmt.Sprintf("[s%d]", i), fmt.Sprintf("[p%d]", i)
		if shownWidth <= shownHeight && picture.Width > picture.Height {
			text.WriteString(picture.before(shownWidth, shownHeight, in, out, i))
		} else {
			text.WriteString(";" + in + picture.cover() + ",format=yuvj420p" + out)
		}
	}
	return text.String()
}

// workingSize is the smallest size of the frame that fills the largest picture, and not larger than the frame.
func (s Stills) workingSize() (width, height int) {
	shownWidth, shownHeight := s.Probe.Video.DisplaySize()
	wide, high := float64(shownWidth), float64(shownHeight)
	factor := 0.0
	for _, p := range s.Pictures {
		factor = max(factor, float64(p.Width)/wide, float64(p.Height)/high)
	}
	factor = min(1, factor)
	return max(2, int(wide*factor+0.5)), max(2, int(high*factor+0.5))
}

// cover crops to the shape of the picture, then fills it. In this order a frame of any shape stays small.
func (p Still) cover() string {
	return fmt.Sprintf("crop=w='max(1,min(iw,ih*%[1]d/%[2]d))':h='max(1,min(ih,iw*%[2]d/%[1]d))':exact=1,scale=w=%[1]d:h=%[2]d,setsar=1",
		p.Width, p.Height)
}

// before puts the whole frame before a copy of half its brightness.
func (p Still) before(shownWidth, shownHeight int, in, out string, i int) string {
	factor := min(float64(p.Width)/float64(shownWidth), float64(p.Height)/float64(shownHeight))
	width, height := max(1, int(float64(shownWidth)*factor+0.5)), max(1, int(float64(shownHeight)*factor+0.5))
	return fmt.Sprintf(";%[1]ssplit[back%[2]d][front%[2]d];[back%[2]d]%[3]s,lutyuv=y=val/2[dark%[2]d];"+
		"[front%[2]d]scale=w=%[4]d:h=%[5]d,setsar=1[whole%[2]d];"+
		"[dark%[2]d][whole%[2]d]overlay=x=(W-w)/2:y=(H-h)/2:format=yuv444,format=yuvj420p%[6]s",
		in, i, p.cover(), width, height, out)
}
