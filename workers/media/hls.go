package media

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"vidilog/domain/transcoding"
)

// HLS asks for one rendition: a fragmented MP4 and its media playlist.
type HLS struct {
	// Source is the file to make it of and Probe what Tools.Probe says of that.
	Source string
	Probe  transcoding.Probe
	// Sound is where the sound comes from when Source has none.
	Sound Sound
	// Encoding says how large and how fast. QuickCopy takes the streams of the source as they are: right for a web video
	// of the same resolution that was encoded here, because its key frames lie where segments are cut.
	Encoding transcoding.Encoding
	// WithoutSound leaves the sound to an audio-only rendition.
	WithoutSound bool
	// Directory is the video's; Media is the name of the file in it. The playlist's name follows from it. Both are
	// overwritten.
	Directory, Media string
	Progress         Progress
}

// Rendition is what was made.
type Rendition struct {
	Probe    transcoding.Probe
	Playlist transcoding.MediaPlaylist
	// Hashes are those of the segments.
	Hashes transcoding.MediaHashes
}

// HLS makes the rendition. The media file gets its name first: a playlist that is there names a file that is there.
func (t *Tools) HLS(ctx context.Context, h HLS) (Rendition, error) {
	media, playlist, err := h.partials()
	if err != nil {
		return Rendition{}, err
	}
	defer media.discard()
	defer playlist.discard()
	if err := t.runHLS(ctx, h, media, playlist); err != nil {
		return Rendition{}, err
	}
	made, err := readRendition(ctx, media.path, playlist.path)
	if err != nil {
		return Rendition{}, fmt.Errorf("ffmpeg made an HLS file that does not fit its playlist: %w", err)
	}
	made.Playlist.Media, made.Hashes.Media = h.Media, h.Media
	if err := playlist.write([]byte(made.Playlist.String())); err != nil {
		return Rendition{}, err
	}
	if made.Probe, err = t.publish(ctx, media, nil); err != nil {
		return Rendition{}, err
	}
	if err := playlist.commit(); err != nil {
		return Rendition{}, err
	}
	h.Progress.report(100)
	return made, nil
}

func (h HLS) partials() (media, playlist partial, err error) {
	if h.Media != filepath.Base(h.Media) {
		return media, playlist, fmt.Errorf("%q is not the bare name of a file", h.Media)
	}
	if media, err = newPartial(filepath.Join(h.Directory, h.Media)); err != nil {
		return media, playlist, err
	}
	playlist, err = newPartial(filepath.Join(h.Directory, transcoding.HLSPlaylistName(h.Media)))
	return media, playlist, err
}

// runHLS calls ffmpeg. The outputs are named relative to their directory, for ffmpeg repeats them in the playlist.
func (t *Tools) runHLS(ctx context.Context, h HLS, media, playlist partial) error {
	in := input{source: h.Source, probe: h.Probe, sound: h.Sound}
	w := wanted(in, h.Encoding)
	w.audio = w.audio && !h.WithoutSound
	codecs, err := t.encodeStreams(ctx, in, h.Encoding, w)
	if err != nil {
		return err
	}
	args := slices.Concat(t.start(), codecs, t.finish(), []string{
		"-f", "hls", "-hls_time", decimal(transcoding.SegmentSeconds), "-hls_list_size", "0", "-hls_playlist_type", "vod",
		"-hls_segment_type", "fmp4", "-hls_flags", "single_file",
		"-hls_segment_filename", filepath.Base(media.path), filepath.Base(playlist.path),
	})
	return run{
		program: t.options.FFmpeg, args: args, nice: t.options.Nice, directory: filepath.Dir(media.path),
		stdout: readProgress(h.Probe.Duration, h.Progress),
	}.do(ctx)
}

// readRendition reads the playlist, checks that it covers the file to its last byte, and hashes the segments.
func readRendition(ctx context.Context, mediaPath, playlistPath string) (Rendition, error) {
	list, err := readPlaylist(playlistPath)
	if err != nil {
		return Rendition{}, err
	}
	file, err := os.Stat(mediaPath)
	if err != nil {
		return Rendition{}, fmt.Errorf("read an HLS file: %w", err)
	}
	if end := list.Segments[len(list.Segments)-1].End() + 1; end != file.Size() {
		return Rendition{}, fmt.Errorf("the playlist ends at byte %d, the file at %d", end, file.Size())
	}
	hashes, err := hashSegments(ctx, mediaPath, list)
	return Rendition{Playlist: list, Hashes: transcoding.MediaHashes{Media: list.Media, Segments: hashes}}, err
}
