// Package files serves the files of videos: /static with ranges for players, /lazy-static for pictures.
//
// It may import queries of projections and internal. Read files.go.
package files

import (
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"vidilog/api/rest/access"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/internal/storage"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Catalog *catalog.Catalog
	Access  *access.Guard
	Store   *storage.FileSystem
	// IsOpen says that private files need no credential (static_files.private_files_require_auth is off).
	IsOpen func() bool
	// Rights keeps what was decided about a file and a credential.
	Rights *Rights
}

// pictureAge is PeerTube's cache time of lazy-static files.
const pictureAge = 48 * time.Hour

// kinds are the folders below /static and /lazy-static. Longer prefixes come first, since private folders lie in public ones.
var kinds = []struct {
	prefix  string
	kind    storage.Kind
	private bool
}{
	{"/static/web-videos/private/", storage.PrivateWebVideo, true},
	{"/static/webseed/private/", storage.PrivateWebVideo, true},
	{"/static/web-videos/", storage.WebVideo, false},
	{"/static/webseed/", storage.WebVideo, false},
	{"/static/streaming-playlists/hls/private/", storage.PrivateHLS, true},
	{"/static/streaming-playlists/hls/", storage.HLS, false},
	{"/lazy-static/thumbnails/", storage.Thumbnail, false},
	{"/lazy-static/previews/", storage.Preview, false},
	{"/lazy-static/storyboards/", storage.Storyboard, false},
	{"/lazy-static/video-captions/", storage.Caption, false},
	{torrentPrefix, storage.Torrent, false},
	{"/lazy-static/avatars/", storage.Avatar, false},
	{"/lazy-static/banners/", storage.Avatar, false},
}

// types that Go's table lacks or names otherwise.
var types = map[string]string{
	".m3u8": "application/vnd.apple.mpegurl", ".mp4": "video/mp4", ".webm": "video/webm", ".ogv": "video/ogg",
	".json": "application/json; charset=UTF-8", ".jpg": "image/jpeg", ".mkv": "video/x-matroska", ".mov": "video/quicktime",
	".vtt":     "text/vtt; charset=utf-8",
	".torrent": "application/x-bittorrent",
}

// ServeHTTP answers GET and HEAD below /static and /lazy-static.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		httpx.Write(w, r, kernel.NotFound("Not found"))
		return
	}
	for _, k := range kinds {
		name, found := strings.CutPrefix(r.URL.Path, k.prefix)
		if !found {
			continue
		}
		if k.private {
			if err := a.admit(r, k.kind, name); err != nil {
				httpx.Write(w, r, err)
				return
			}
			if token := reinjected(r, name); token != "" {
				a.serveWithToken(w, r, storage.Location{Kind: k.kind, Name: name}, token)
				return
			}
		}
		a.serve(w, r, storage.Location{Kind: k.kind, Name: name}, k.private)
		return
	}
	missing(w, r)
}

// serve sends a file with ranges. The kernel copies it: nothing here looks at the bytes.
func (a *API) serve(w http.ResponseWriter, r *http.Request, location storage.Location, private bool) {
	file, err := a.Store.OpenFile(location)
	if err != nil {
		missing(w, r) // not there, or a name that cannot be
		return
	}
	defer file.Close() // opened for reading
	info, err := file.Stat()
	if err != nil || info.IsDir() {
		missing(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType(location.Name))
	h.Set("Etag", ETag(info))
	age, audience := time.Duration(0), "public" // below /static browsers ask each time, as with PeerTube
	switch {
	case strings.HasPrefix(r.URL.Path, torrentPrefix):
		age = torrentAge
	case strings.HasPrefix(r.URL.Path, "/lazy-static/"):
		age = pictureAge
	}
	if private {
		audience = "private"
	}
	h.Set("Cache-Control", fmt.Sprintf("%s, max-age=%d", audience, int(age.Seconds())))
	answer := &rangeAnswer{ResponseWriter: w}
	http.ServeContent(answer, r, "", info.ModTime(), file)
	answer.explain(r)
}

func contentType(name string) string {
	extension := strings.ToLower(filepath.Ext(name))
	if t, known := types[extension]; known {
		return t
	}
	if t := mime.TypeByExtension(extension); t != "" {
		return t
	}
	return "application/octet-stream"
}

// ETag is of size and time, as PeerTube's, but strong: Chromium asks for further ranges of a file it has in part with If-Range,
// which no weak one satisfies, and would get the whole file for a segment of the stream.
func ETag(info fs.FileInfo) string {
	return fmt.Sprintf(`"%x-%x"`, info.Size(), info.ModTime().UnixMilli())
}

func missing(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/lazy-static/") {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	httpx.Write(w, r, kernel.NotFound("No such file").WithAPICode("Error"))
}
