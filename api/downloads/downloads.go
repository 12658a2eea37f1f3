// Package downloads answers /download: the files of a video under names that people understand, and one file made of several on
// the way.
//
// It may import queries of projections and internal. Read downloads.go.
package downloads

import (
	"context"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/gorilla/mux"

	"vidilog/api/files"
	"vidilog/api/rest/access"
	"vidilog/api/rest/respond"
	"vidilog/domain/kernel"
	"vidilog/internal/storage"
	"vidilog/projections/catalog"
)

// Remuxer makes one mp4 of files as they are. It ends with its context.
type Remuxer interface {
	Remux(ctx context.Context, inputs []string, cover string, to io.Writer) error
}

// API answers the routes of this package.
type API struct {
	Catalog *catalog.Catalog
	Store   *storage.FileSystem
	Remuxer Remuxer
	Logger  *slog.Logger
	// Admit refuses those who may not read the files of a video.
	Admit func(*http.Request, catalog.Key) error
	// Limit bounds how often one address may have files made.
	Limit func(http.Handler) http.Handler

	making chan struct{}
}

// maxMaking bounds how many files are made at once: each is a process.
const maxMaking = 16

// Router routes below /download.
func (a *API) Router() *mux.Router {
	a.making = make(chan struct{}, maxMaking)
	r := mux.NewRouter()
	r.Handle("/download/web-videos/{file}", respond.Handler(a.webVideo)).Methods(http.MethodGet, http.MethodHead)
	r.Handle("/download/streaming-playlists/hls/videos/{file}", respond.Handler(a.hls)).Methods(http.MethodGet, http.MethodHead)
	r.Handle("/download/videos/generate/{id}", a.Limit(respond.Handler(a.generate))).Methods(http.MethodGet)
	return r
}

// Names of downloads: the video's id in any form and the resolution.
var (
	webName = regexp.MustCompile(`^(.+)-(\d+)\.[a-z0-9]+$`)
	hlsName = regexp.MustCompile(`^(.+)-(\d+)-fragmented\.[a-z0-9]+$`)
)

// webVideo answers GET /download/web-videos/{id}-{resolution}.{extension}.
func (a *API) webVideo(w http.ResponseWriter, r *http.Request) error {
	return a.download(w, r, webName, catalog.WebVideo, "")
}

// hls answers GET /download/streaming-playlists/hls/videos/{id}-{resolution}-fragmented.mp4.
func (a *API) hls(w http.ResponseWriter, r *http.Request) error {
	return a.download(w, r, hlsName, catalog.HLS, "-hls")
}

func (a *API) download(w http.ResponseWriter, r *http.Request, form *regexp.Regexp, kind, suffix string) error {
	parts := form.FindStringSubmatch(mux.Vars(r)["file"])
	if parts == nil {
		return kernel.NotFound("Video file not found")
	}
	v, err := a.video(mux.SetURLVars(r, map[string]string{"id": parts[1]}))
	if err != nil {
		return err
	}
	resolution, _ := strconv.Atoi(parts[2]) // digits; what is too large is no resolution
	for _, f := range v.FilesOf(kind) {
		if f.Resolution == resolution {
			name := v.Name + "-" + parts[2] + "p" + suffix + filepath.Ext(f.Name)
			return a.send(w, r, locationOf(v, f), name)
		}
	}
	return kernel.NotFound("Video file not found")
}

// video answers the video of the URL to those who may read its files.
func (a *API) video(r *http.Request) (catalog.Video, error) {
	ref, _, err := access.Reference(r)
	if err != nil {
		return catalog.Video{}, err
	}
	v, err := a.Catalog.Video(r.Context(), ref)
	if err == nil {
		err = a.Admit(r, v.Key)
	}
	return v, err
}

func locationOf(v catalog.Video, f catalog.File) storage.Location {
	kinds := map[bool]map[string]storage.Kind{
		false: {catalog.WebVideo: storage.WebVideo, catalog.HLS: storage.HLS},
		true:  {catalog.WebVideo: storage.PrivateWebVideo, catalog.HLS: storage.PrivateHLS},
	}
	l := storage.Location{Kind: kinds[v.HasPrivateFiles][f.Kind], Name: f.Name}
	if f.Kind == catalog.HLS {
		l.Name = v.ID.String() + "/" + f.Name
	}
	return l
}

// send sends a file with ranges under another name.
func (a *API) send(w http.ResponseWriter, r *http.Request, location storage.Location, name string) error {
	audience := "public"
	if location.Kind == storage.PrivateWebVideo || location.Kind == storage.PrivateHLS {
		audience = "private"
	}
	file, err := a.Store.OpenFile(location)
	if err != nil {
		return kernel.NotFound("Video file not found")
	}
	defer file.Close() // opened for reading
	info, err := file.Stat()
	if err != nil {
		return err
	}
	attach(w, name)
	w.Header().Set("Etag", files.ETag(info))
	w.Header().Set("Cache-Control", audience+", max-age=0") // asked for again each time, as with PeerTube
	http.ServeContent(w, r, "", info.ModTime(), file)
	return nil
}

// attach names what is sent. Slashes would be folders to a browser.
func attach(w http.ResponseWriter, name string) {
	name = strings.NewReplacer("/", "_", `\`, "_").Replace(name)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	kind := map[string]string{".m4a": "audio/mp4", ".webm": "video/webm", ".ogv": "video/ogg"}[filepath.Ext(name)]
	if kind == "" {
		kind = "video/mp4"
	}
	w.Header().Set("Content-Type", kind)
}
