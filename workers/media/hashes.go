package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"vidilog/domain/transcoding"
)

// maxPlaylist bounds a media playlist in bytes; 24 hours of segments need about 3 MB.
const maxPlaylist = 32 << 20

// HashSegments reads a media file and the playlist beside it and answers the SHA-256 of each segment.
func (t *Tools) HashSegments(ctx context.Context, directory, media string) (transcoding.MediaHashes, error) {
	list, err := readPlaylist(filepath.Join(directory, transcoding.HLSPlaylistName(media)))
	if err != nil {
		return transcoding.MediaHashes{}, err
	}
	if list.Media != media {
		return transcoding.MediaHashes{}, fmt.Errorf("the playlist of %s names %s", media, list.Media)
	}
	segments, err := hashSegments(ctx, filepath.Join(directory, media), list)
	return transcoding.MediaHashes{Media: media, Segments: segments}, err
}

func readPlaylist(path string) (transcoding.MediaPlaylist, error) {
	file, err := os.Open(path)
	if err != nil {
		return transcoding.MediaPlaylist{}, fmt.Errorf("read a media playlist: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxPlaylist))
	if err != nil {
		return transcoding.MediaPlaylist{}, fmt.Errorf("read a media playlist: %w", err)
	}
	return transcoding.ParseMediaPlaylist(string(text))
}

// hashSegments reads the file once, in order; a segment is never wholly in memory.
func hashSegments(ctx context.Context, path string, list transcoding.MediaPlaylist) ([]transcoding.SegmentHash, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("hash segments: %w", err)
	}
	defer file.Close()
	hashes := make([]transcoding.SegmentHash, 0, len(list.Segments))
	for i, segment := range list.Segments {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		sum := sha256.New()
		if n, err := io.Copy(sum, io.NewSectionReader(file, segment.Offset, segment.Length)); err != nil || n != segment.Length {
			return nil, fmt.Errorf("hash segment %d of %s: %d of %d bytes are there: %w", i, list.Media, n, segment.Length, orShort(err))
		}
		hashes = append(hashes, transcoding.SegmentHash{Start: segment.Offset, End: segment.End(), SHA256: hex.EncodeToString(sum.Sum(nil))})
	}
	return hashes, nil
}

func orShort(err error) error {
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}
