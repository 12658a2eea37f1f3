// Package client embeds the web client into the binary.
//
// The client is built by npm into dist/app, which is not part of the repository. A clone in which nobody has
// built it still compiles: dist/placeholder.html is always there and stands in for the missing index.html.
package client

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

const (
	appFolder       = "app"
	placeholderFile = "placeholder.html"
	indexFile       = "index.html"
)

// FS returns the files of the web client, index.html at the root, and whether the client has been built.
//
// When it has not, the only file is an index.html which says so and how to build it. File names below assets/
// carry a hash of their content and may be cached for ever; the others may not.
func FS() (files fs.FS, built bool) {
	folder, err := fs.Sub(dist, "dist")
	if err != nil {
		// The name is a constant that the compiler has embedded: only a broken build gets here.
		panic("client: embedded folder dist: " + err.Error())
	}
	return choose(folder)
}

// choose prefers the built client below folder to the placeholder beside it.
func choose(folder fs.FS) (files fs.FS, built bool) {
	if app, err := fs.Sub(folder, appFolder); err == nil {
		if info, err := fs.Stat(app, indexFile); err == nil && info.Mode().IsRegular() {
			return app, true
		}
	}
	return placeholder{folder: folder}, false
}

// placeholder is a file system whose one file, index.html, is the placeholder page.
type placeholder struct {
	folder fs.FS
}

// Open answers index.html with the placeholder page and fs.ErrNotExist for every other name.
func (p placeholder) Open(name string) (fs.File, error) {
	if name != indexFile {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return p.folder.Open(placeholderFile)
}
