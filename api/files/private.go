package files

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/golang-lru/v2/expirable"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/internal/storage"
	"vidilog/projections/catalog"
)

const (
	// rightsKept and rightsFor bound the decisions in memory; PeerTube's (LRU_CACHE.STATIC_VIDEO_FILES_RIGHTS_CHECK). A player
	// asks for a range every second, and whoever has lost a right may finish what it is reading.
	rightsKept = 5000
	rightsFor  = 10 * time.Second
	// largestPlaylist is more than any playlist has, in bytes.
	largestPlaylist = 8 << 20
)

// Rights are decisions about private files by credential and file: nil for allowed.
type Rights struct{ decided *expirable.LRU[string, error] }

// NewRights makes an empty memory.
func NewRights() *Rights {
	return &Rights{decided: expirable.NewLRU[string, error](rightsKept, nil, rightsFor)}
}

// admit lets those at private files who may see the video, know its password or have a token for its files.
func (a *API) admit(r *http.Request, kind storage.Kind, name string) error {
	if a.IsOpen() {
		return nil
	}
	credential := access.FileCredential(r, authn.Token(r))
	if credential == "" {
		return kernel.Forbidden("Video password header, video file token query parameter and bearer token are all missing")
	}
	file := name
	if kind == storage.PrivateHLS {
		file, _, _ = strings.Cut(name, "/") // one decision for all files of a video
	}
	asked := credential + " " + file
	if decided, known := a.Rights.decided.Get(asked); known {
		return decided
	}
	err := a.decide(r, kind, name)
	if err == nil || kernel.CodeOf(err) != "" {
		a.Rights.decided.Add(asked, err)
	}
	return err
}

// decide hides which files there are: what is unknown is forbidden.
func (a *API) decide(r *http.Request, kind storage.Kind, name string) error {
	key, err := a.videoOf(r, kind, name)
	if kernel.CodeOf(err) == kernel.CodeNotFound {
		return kernel.Forbidden("Forbidden")
	}
	if err != nil {
		return err
	}
	return a.Access.Files(r, key)
}

func (a *API) videoOf(r *http.Request, kind storage.Kind, name string) (catalog.Key, error) {
	if kind == storage.PrivateHLS {
		// the folder that is decided about is the one whose decision is remembered: nothing may stand between it and the file
		folder, file, _ := strings.Cut(name, "/")
		id, err := uuid.Parse(folder)
		if err != nil || strings.Contains(file, "/") {
			return catalog.Key{}, kernel.NotFound("No such file")
		}
		return a.Catalog.VideoKey(r.Context(), catalog.ByID(kernel.VideoID{UUID: id}))
	}
	return a.Catalog.VideoOfFile(r.Context(), path.Base(name))
}

// reinjected answers the file token that is to be put into a playlist, for players that can neither send headers nor change the
// addresses a playlist names; empty for none.
func reinjected(r *http.Request, name string) string {
	q := r.URL.Query()
	if wanted := q.Get("reinjectVideoFileToken"); wanted != "true" && wanted != "1" || !strings.HasSuffix(name, ".m3u8") {
		return ""
	}
	return q.Get("videoFileToken")
}

// addresses are the ends of what a playlist names.
var addresses = regexp.MustCompile(`\.(m3u8|ts|mp4)`)

// serveWithToken answers a playlist whose addresses carry the token; those in a master playlist ask for the same in turn.
func (a *API) serveWithToken(w http.ResponseWriter, r *http.Request, location storage.Location, token string) {
	file, err := a.Store.OpenFile(location)
	if err != nil {
		httpx.Write(w, r, kernel.NotFound("File not found"))
		return
	}
	defer file.Close() // opened for reading
	playlist, err := io.ReadAll(io.LimitReader(file, largestPlaylist))
	if err != nil {
		httpx.Write(w, r, fmt.Errorf("read a playlist: %w", err))
		return
	}
	query := "videoFileToken=" + url.QueryEscape(token)
	if strings.HasSuffix(location.Name, "master.m3u8") {
		query += "&reinjectVideoFileToken=true"
	}
	w.Header().Set("Content-Type", types[".m3u8"])
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(addresses.ReplaceAll(playlist, []byte("${0}?"+query))) // a client that has gone
}
