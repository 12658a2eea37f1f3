package web

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
)

// compressible are the kinds of files that become much smaller; pictures and fonts do not.
var compressible = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".json": "application/json",
}

// compressed keeps files of the client as gzip, each made once when somebody asks for it.
type compressed struct {
	files fs.FS
	made  sync.Map // name → []byte
}

// serve answers a file compressed, and false for one that is better sent as it is.
func (c *compressed) serve(w http.ResponseWriter, r *http.Request, name string) bool {
	kind, ok := compressible[path.Ext(name)]
	if !ok || r.Header.Get("Range") != "" {
		return false
	}
	w.Header().Add("Vary", "Accept-Encoding")
	if !acceptsGzip(r) {
		return false
	}
	content, err := c.content(name)
	if err != nil {
		return false
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Encoding", "gzip")
	if r.Method != http.MethodHead {
		_, _ = w.Write(content) // the reader has gone if this fails
	}
	return true
}

func (c *compressed) content(name string) ([]byte, error) {
	if content, ok := c.made.Load(name); ok {
		return content.([]byte), nil //nolint:forcetypeassert // only this function stores
	}
	plain, err := fs.ReadFile(c.files, name)
	if err != nil {
		return nil, err
	}
	content, err := zipped(plain, gzip.BestCompression)
	if err == nil {
		c.made.Store(name, content)
	}
	return content, err
}

func zipped(plain []byte, level int) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, level)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(plain); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}

func acceptsGzip(r *http.Request) bool {
	for _, coding := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if name == "gzip" && strings.ReplaceAll(quality, " ", "") != "q=0" {
			return true
		}
	}
	return false
}
