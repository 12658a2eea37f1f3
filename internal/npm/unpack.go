package npm

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Limits of an archive once it is unpacked.
const (
	maxFiles = 2_000
	maxBytes = 50 << 20
)

var errTooMuch = fmt.Errorf("the archive unfolds to more than %d files or %d bytes", maxFiles, maxBytes)

// unpack writes the plain files of an archive into a folder that is made beside its place and takes it whole: what is half
// written is never found there. A folder that is there already is left as it is, since the files of a version do not change.
func unpack(archive []byte, folder string) (Package, error) {
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		return Package{}, fmt.Errorf("unpack a package: %w", err)
	}
	temporary, err := os.MkdirTemp(filepath.Dir(folder), ".new-")
	if err != nil {
		return Package{}, fmt.Errorf("unpack a package: %w", err)
	}
	defer os.RemoveAll(temporary) // gone already when it got its name
	if err := extract(archive, temporary); err != nil {
		return Package{}, fmt.Errorf("unpack a package: %w", err)
	}
	raw, err := os.ReadFile(filepath.Join(temporary, "package.json"))
	if err != nil {
		return Package{}, fmt.Errorf("unpack a package: %w", err)
	}
	var p Package
	if err := json.Unmarshal(raw, &p); err != nil {
		return Package{}, fmt.Errorf("read package.json: %w", err)
	}
	if err := os.Chmod(temporary, 0o755); err != nil {
		return Package{}, fmt.Errorf("unpack a package: %w", err)
	}
	if err := os.Rename(temporary, folder); err != nil && !errors.Is(err, os.ErrExist) {
		if _, standing := os.Stat(folder); standing != nil {
			return Package{}, fmt.Errorf("unpack a package: %w", err)
		}
	}
	return p, nil
}

// extract goes through os.Root, so that no name of the archive leads out of the folder. Links and devices are left out.
func extract(archive []byte, folder string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close() // only a handle
	unzipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return err
	}
	reader, left := tar.NewReader(unzipped), int64(maxBytes)
	for files := 0; ; files++ {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if left -= header.Size; files >= maxFiles || left < 0 {
			return errTooMuch
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		// npm puts everything below one folder, usually named package.
		_, name, inFolder := strings.Cut(path.Clean(header.Name), "/")
		if !inFolder || !filepath.IsLocal(name) {
			continue
		}
		if err := write(root, name, reader); err != nil {
			return err
		}
	}
}

func write(root *os.Root, name string, content io.Reader) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	file, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	return errors.Join(err, file.Close())
}
