package media

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"vidilog/domain/transcoding"
)

// keyFrameSeconds is the distance of key frames: short enough to seek and to change quality quickly. HLS segments of
// 4 s are cut at every second one.
const keyFrameSeconds = 2

// encodeVideo are the options of an H.264 picture of a resolution. x264 keeps its constant quality (CRF 23) below the
// ceiling; b_strategy 1 with up to 16 B-frames is what PeerTube found to be the best for its effort.
//
// Key frames are forced on the same seconds in every resolution, so that players change between them without a gap.
func (t *Tools) encodeVideo(ctx context.Context, source transcoding.Probe, e transcoding.Encoding) ([]string, error) {
	filters := scale(source, e.Resolution)
	if source.Video.IsHDR() {
		installed, err := t.Detect(ctx)
		if err != nil {
			return nil, err
		}
		if installed.MapsTones {
			filters += "," + mapTones(source.Video)
		}
	}
	target := transcoding.TargetBitrate(source.InputBitrate(), e.Resolution, source.Ratio(), e.FPS)
	return []string{
		"-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p",
		"-maxrate:v", strconv.FormatInt(target, 10), "-bufsize:v", strconv.FormatInt(2*target, 10),
		"-b_strategy", "1", "-bf", "16",
		"-r", decimal(e.FPS), "-g:v", decimal(e.FPS * keyFrameSeconds),
		"-force_key_frames", "expr:gte(t,n_forced*" + decimal(keyFrameSeconds) + ")",
		"-vf", filters,
	}, nil
}

// mapTones brings an HDR picture (BT.2020, PQ or HLG) into the range and colours of usual screens (BT.709): browsers show H.264 of
// 8 bits as such whatever its file says, so that it would look grey and flat. 100 cd/m² is their white.
func mapTones(v transcoding.VideoStream) string {
	return "zscale=tin=" + v.ColorTransfer + ":min=bt2020nc:pin=bt2020:t=linear:npl=100,format=gbrpf32le,zscale=p=bt709," +
		"tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p"
}

// scale brings the picture, which ffmpeg has already turned upright, to the resolution. Pixels that are not square stay
// so, as in PeerTube: ffmpeg notes their shape in the file and players stretch it. Square ones are kept exactly square
// where a side was rounded. A still picture has no probe; its shape is ffmpeg's to find out.
func scale(source transcoding.Probe, r transcoding.Resolution) string {
	if source.HasVideo() {
		width, height := r.Fit(source.Video.Width, source.Video.Height)
		filter := fmt.Sprintf("scale=w=%d:h=%d", width, height)
		if source.Video.SampleAspect == "" {
			filter += ",setsar=1"
		}
		return filter
	}
	short := int(r.Even())
	return fmt.Sprintf("scale=w='if(gte(iw,ih),-2,%d)':h='if(gte(iw,ih),%d,-2)',setsar=1", short, short)
}

// encodeAudio are the options of the sound: copied where browsers play it, else AAC in stereo, because HLS with other
// layouts fails in Chrome.
func (t *Tools) encodeAudio(ctx context.Context, audio transcoding.AudioStream) ([]string, error) {
	treatment := audio.Treatment()
	if treatment.Copy {
		return []string{"-c:a", "copy"}, nil
	}
	installed, err := t.Detect(ctx)
	switch {
	case err != nil:
		return nil, err
	case installed.HasFDK:
		return []string{"-c:a", "libfdk_aac", "-q:a", "5", "-ac", "2"}, nil
	case treatment.Bitrate > 0:
		return []string{"-c:a", "aac", "-b:a", strconv.FormatInt(treatment.Bitrate, 10), "-ac", "2"}, nil
	}
	return []string{"-c:a", "aac", "-ac", "2"}, nil
}

// wants says which streams an output has.
type wants struct{ video, audio bool }

func wanted(in input, e transcoding.Encoding) wants {
	return wants{video: e.Resolution != transcoding.AudioOnly, audio: in.soundProbe().HasAudio()}
}

// encodeStreams are the options that open the inputs, choose and encode, or copy, what is wanted.
func (t *Tools) encodeStreams(ctx context.Context, in input, e transcoding.Encoding, w wants) ([]string, error) {
	chosen := in.streams(w)
	if len(chosen) == 0 {
		return nil, fmt.Errorf("make a file of resolution %d: the source has no stream for it", e.Resolution)
	}
	args := slices.Concat(in.arguments(w), chosen)
	if e.QuickCopy {
		return append(args, "-c", "copy"), nil
	}
	if w.video {
		picture, err := t.encodeVideo(ctx, in.probe, e)
		if err != nil {
			return nil, err
		}
		args = append(args, picture...)
	}
	if !w.audio {
		return args, nil
	}
	sound, err := t.encodeAudio(ctx, in.soundProbe().Audio)
	return append(args, sound...), err
}

// start are the options before the inputs; finish those of every output: no titles, places or chapters of the author's
// machine, and room for streams that come one long after the other (ffmpeg's ticket 6375).
func (t *Tools) start() []string {
	return []string{"-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-nostats", "-progress", "pipe:1", "-stats_period", "0.5"}
}

func (t *Tools) finish() []string {
	args := []string{"-map_metadata", "-1", "-map_chapters", "-1", "-max_muxing_queue_size", "1024"}
	if threads := t.options.Threads(); threads > 0 {
		args = append(args, "-threads", decimal(threads))
	}
	return args
}
