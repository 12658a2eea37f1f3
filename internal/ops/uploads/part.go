package uploads

import (
	"crypto/md5"  //nolint:gosec // a checksum against broken lines, named by the client
	"crypto/sha1" //nolint:gosec // as above
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"vidilog/internal/failpoint"
)

var (
	// ErrTooLong means that a part has more bytes than there is room for.
	ErrTooLong = errors.New("the part is longer than announced")
	// ErrChecksum means that a part is not what its sender says.
	ErrChecksum = errors.New("the checksum of the part does not match")
	// ErrChecksumKind means that a checksum is of a kind that is not known.
	ErrChecksumKind = errors.New("unsupported kind of checksum")
)

var (
	pointWritten = failpoint.New("uploads.written")
	pointSynced  = failpoint.New("uploads.synced")
)

// Checksum is what a part's sender says about it; the zero value says nothing.
type Checksum struct {
	// Kind is md5, sha1 or sha256, Base64 the sum.
	Kind, Base64 string
}

// Hash answers the hash to compute, nil for none. Error: ErrChecksumKind.
func (c Checksum) Hash() (hash.Hash, error) {
	switch c.Kind {
	case "":
		return nil, nil
	case "md5":
		return md5.New(), nil //nolint:gosec // see above
	case "sha1":
		return sha1.New(), nil //nolint:gosec // see above
	case "sha256":
		return sha256.New(), nil
	}
	return nil, ErrChecksumKind
}

func (c Checksum) matches(sum hash.Hash) bool {
	return sum == nil || base64.StdEncoding.EncodeToString(sum.Sum(nil)) == c.Base64
}

// Part is a piece of a file.
type Part struct {
	// Start is where it begins, not behind the end of what is there.
	Start int64
	// Most bounds its bytes.
	Most     int64
	Body     io.Reader
	Checksum Checksum
}

// Create makes an empty file that outlives a crash.
func Create(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_TRUNC, 0o644)
	if err != nil {
		return fmt.Errorf("begin an upload: %w", err)
	}
	return errors.Join(file.Sync(), file.Close(), syncFolder(path))
}

// Write puts a part in its place and answers how much of the file is there: on disk, not in a cache. What lay behind the
// part's start is dropped, so that a file never has bytes that nobody has sent in this order. When the sender breaks off, what
// came is kept, unless a checksum stands for the whole part; the error then is the reader's.
func (p Part) Write(path string) (written int64, err error) {
	sum, err := p.Checksum.Hash()
	if err != nil {
		return 0, err
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return 0, fmt.Errorf("write a part: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := file.Truncate(p.Start); err != nil {
		return 0, fmt.Errorf("write a part: %w", err)
	}
	if _, err := file.Seek(p.Start, io.SeekStart); err != nil {
		return 0, fmt.Errorf("write a part: %w", err)
	}
	n, failure := io.Copy(file, p.source(sum))
	switch {
	case failure != nil && p.Checksum.Kind == "":
	case failure == nil && n > p.Most:
		n, failure = 0, ErrTooLong
	case failure == nil && !p.Checksum.matches(sum):
		n, failure = 0, ErrChecksum
	case failure != nil:
		n = 0
	}
	return p.Start + n, errors.Join(failure, settle(file, p.Start+n))
}

// source reads one byte more than there may be, to notice it.
func (p Part) source(sum hash.Hash) io.Reader {
	body := io.LimitReader(p.Body, p.Most+1)
	if sum != nil {
		body = io.TeeReader(body, sum)
	}
	return body
}

// settle cuts a file to its length and brings it to the disk.
func settle(file *os.File, length int64) error {
	if err := pointWritten.Hit(); err != nil {
		return err
	}
	if err := errors.Join(file.Truncate(length), file.Sync()); err != nil {
		return fmt.Errorf("sync a part: %w", err)
	}
	return pointSynced.Hit()
}

// Skip reads a part that has no place and is not kept. Error: ErrChecksum, ErrChecksumKind, or the reader's.
func (p Part) Skip() error {
	sum, err := p.Checksum.Hash()
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, p.source(sum)); err != nil {
		return err
	}
	if !p.Checksum.matches(sum) {
		return ErrChecksum
	}
	return nil
}
