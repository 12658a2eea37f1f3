package media

import (
	"context"
	"crypto/sha1" //nolint:gosec // BitTorrent v1 (BEP 3) is made of SHA-1; nothing here is a secret
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// HashPieces answers the SHA-1 hashes of the pieces of a file, 20 bytes each, and the length of the file.
func HashPieces(ctx context.Context, path string, pieceLength func(bytes int64) int64) (pieces []byte, length int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, fmt.Errorf("hash pieces: %w", err)
	}
	defer file.Close() // opened for reading
	info, err := file.Stat()
	if err != nil {
		return nil, 0, fmt.Errorf("hash pieces: %w", err)
	}
	hash := sha1.New() //nolint:gosec // see the import
	for piece := pieceLength(info.Size()); ; {
		if ctx.Err() != nil {
			return nil, 0, context.Cause(ctx)
		}
		n, err := io.CopyN(hash, file, piece)
		if n > 0 {
			pieces, length = hash.Sum(pieces), length+n
			hash.Reset()
		}
		switch {
		case errors.Is(err, io.EOF) && length == info.Size():
			return pieces, length, nil
		case errors.Is(err, io.EOF):
			return nil, 0, fmt.Errorf("hash pieces of %s: it had %d bytes and has %d", filepath.Base(path), info.Size(), length)
		case err != nil:
			return nil, 0, fmt.Errorf("hash pieces: %w", err)
		}
	}
}

// WriteFile makes a small file in one step: it is there whole or not at all.
func WriteFile(path string, content []byte) error { return writeFile(path, content) }
