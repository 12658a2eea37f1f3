package media

import (
	"fmt"
	"path/filepath"
	"strings"

	"vidilog/domain/transcoding"
)

// containers are the demuxers that may read an upload: those of the extensions that PeerTube accepts. What is missing is
// the point: hls, dash, concat, image2, lavfi and the like open files that their input names.
var containers = strings.Join([]string{
	"mov", "mp4", "m4a", "3gp", "3g2", "matroska", "webm", "ogg", "avi", "flv", "asf", "mpeg", "mpegts", "mpegvideo", "m4v",
	"nut", "mxf", "mp3", "wav", "w64", "flac", "aac", "ac3", "eac3",
}, ",")

// sourceInput are the options that open an upload or a file made of one. The "file:" keeps a name with a colon or a dash
// from being taken for a protocol or an option.
func sourceInput(path string) []string {
	return []string{"-protocol_whitelist", "file", "-format_whitelist", containers, "-max_pixels", decimal(maxPixels), "-i", "file:" + absolute(path)}
}

// Sound is a file whose sound goes with the picture of another: HLS of split renditions has them apart.
type Sound struct {
	Source string
	Probe  transcoding.Probe
}

// input is what a file is made of: one source, or one of the picture and one of the sound.
type input struct {
	source string
	probe  transcoding.Probe
	sound  Sound
}

// apart says that the sound comes from a file of its own.
func (i input) apart() bool { return i.sound.Source != "" }

func (i input) soundProbe() transcoding.Probe {
	if i.apart() {
		return i.sound.Probe
	}
	return i.probe
}

// arguments open the inputs: the source is number 0, sound of its own number 1.
func (i input) arguments(w wants) []string {
	args := sourceInput(i.source)
	if i.apart() && w.audio {
		args = append(args, sourceInput(i.sound.Source)...)
	}
	return args
}

func (i input) streams(w wants) []string {
	if !i.apart() {
		return streams(i.probe, w.video, w.audio)
	}
	args := streams(i.probe, w.video, false)
	if w.audio && i.sound.Probe.HasAudio() {
		args = append(args, "-map", "1:"+decimal(i.sound.Probe.Audio.Index))
	}
	return args
}

// stillInput are the options that show one picture for as long as the output lasts; without a path a plain ground of the size of
// a preview, which PeerTube shows then, in the dark grey of the player.
func stillInput(path string, e transcoding.Encoding) []string {
	if path == "" {
		return []string{"-f", "lavfi", "-i", fmt.Sprintf("color=c=0x18181b:size=%dx%d:rate=%d", PreviewWidth, PreviewHeight, e.FPS)}
	}
	return []string{
		"-protocol_whitelist", "file", "-f", "image2", "-pattern_type", "none", "-loop", "1",
		"-framerate", decimal(e.FPS), "-i", absolute(path),
	}
}

// streams are the options that choose exactly the streams the probe found: ffmpeg's own choice would be the largest
// picture, which may be cover art, and the sound with most channels.
func streams(probe transcoding.Probe, video, audio bool) []string {
	var args []string
	if video && probe.HasVideo() {
		args = append(args, "-map", "0:"+decimal(probe.Video.Index))
	}
	if audio && probe.HasAudio() {
		args = append(args, "-map", "0:"+decimal(probe.Audio.Index))
	}
	return args
}

func absolute(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return path
}
