package npm_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"vidilog/internal/npm"
)

// FuzzUnpack: an archive writes plain files below its own folder or nothing at all, and no more of them than the limits say.
func FuzzUnpack(f *testing.F) {
	packed := func(headers ...*tar.Header) []byte {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		for _, h := range headers {
			content := []byte(description)
			if h.Typeflag == 0 {
				h.Typeflag = tar.TypeReg
			}
			if h.Typeflag == tar.TypeReg {
				h.Size = int64(len(content))
			}
			if w.WriteHeader(h) != nil {
				continue
			}
			_, _ = w.Write(content)
		}
		_ = w.Close()
		return b.Bytes()
	}
	manifest := &tar.Header{Name: "package/package.json"}
	f.Add(packed(manifest, &tar.Header{Name: "package/a/b.css"}))
	f.Add(packed(manifest, &tar.Header{Name: "package/../../evil"}, &tar.Header{Name: "/etc/evil"}, &tar.Header{Name: `package/..\evil`}))
	f.Add(packed(manifest, &tar.Header{Name: "package/link", Typeflag: tar.TypeSymlink, Linkname: ".."}, &tar.Header{Name: "package/link/evil"}))
	f.Add(packed(manifest, &tar.Header{Name: "package/hard", Typeflag: tar.TypeLink, Linkname: "/etc/passwd"}, &tar.Header{Name: "package/fifo", Typeflag: tar.TypeFifo}))
	f.Add(packed(manifest, manifest, &tar.Header{Name: "package/package.json/below"}))
	f.Add(packed(&tar.Header{Name: "package/" + string(bytes.Repeat([]byte("a/"), 200)) + "deep"}))
	f.Add([]byte("no archive"))
	f.Fuzz(func(t *testing.T, archive []byte) {
		var zipped bytes.Buffer
		z, _ := gzip.NewWriterLevel(&zipped, gzip.NoCompression)
		_, _ = z.Write(archive)
		_ = z.Close()
		around := t.TempDir()
		_, err := npm.Unpack(zipped.Bytes(), filepath.Join(around, "theme", "1.0.0"))
		there, readErr := os.ReadDir(around)
		if readErr != nil || len(there) > 1 {
			t.Fatalf("beside its folder are %v (%v)", there, readErr)
		}
		versions, _ := os.ReadDir(filepath.Join(around, "theme"))
		if err == nil && (len(versions) != 1 || versions[0].Name() != "1.0.0") || err != nil && len(versions) > 0 {
			t.Fatalf("%v is left (%v)", versions, err)
		}
		bounded(t, around)
	})
}

// bounded counts what has been written.
func bounded(t *testing.T, folder string) {
	t.Helper()
	files, size := 0, int64(0)
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil && !info.Mode().IsRegular() {
			t.Fatalf("%s is %s", path, info.Mode())
		}
		files, size = files+1, size+info.Size()
		return err
	})
	if err != nil || files > npm.MaxFiles || size > npm.MaxBytes {
		t.Fatalf("%d files of %d bytes (%v)", files, size, err)
	}
}
