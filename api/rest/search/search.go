// Package search answers /api/v1/search and /api/v1/overviews.
//
// It may import queries of projections, api/shape and internal. Read search.go, then overview.go.
package search

import (
	"net/http"
	"net/netip"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/mux"

	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	"vidilog/api/rest/videos"
	"vidilog/api/shape"
	"vidilog/internal/config"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Site    shape.Site
	Catalog *catalog.Catalog
	Videos  *videos.API
	Waiter  respond.Waiter
	// Config is the configuration in force.
	Config func() *config.Config

	samples  catalog.Samples
	sampled  time.Time
	sampling sync.Mutex
}

// Router routes below /api/v1/search and /api/v1/overviews.
func (a *API) Router() *mux.Router {
	r := mux.NewRouter()
	on := func(path, operation string, h http.Handler) {
		h = respond.MinPosition(a.Waiter, []string{catalog.Name}, h)
		r.Handle("/api/v1"+path, httpx.WithOperation(operation, h)).Methods(http.MethodGet)
	}
	on("/search/videos", "searchVideos", a.Videos.Anonymous.Handler(a.videos))
	on("/search/video-channels", "searchChannels", respond.Handler(a.channels))
	on("/search/video-playlists", "searchPlaylists", respond.Handler(a.playlists))
	on("/overviews/videos", "getVideosOverview", respond.Handler(a.overview))
	return r
}

// host is a name or address with an optional port; the last part of a name is no number.
var host = regexp.MustCompile(`(?i)^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z]([a-z0-9-]*[a-z0-9])?(:\d{1,5})?$`)

// common checks what all searches share. There is no search over other instances' videos yet, so the index is refused unless
// the administrator has switched it on, as in PeerTube.
func (a *API) common(q *decode.Query) {
	if values := q.Texts("search"); len(values) == 0 && q.Given("search") {
		q.Refuse("search", "Invalid value")
	}
	if name := q.Text("host"); name != "" && !host.MatchString(name) {
		if _, err := netip.ParseAddr(name); err != nil {
			q.Refuse("host", "Invalid value")
		}
	}
	switch target := q.Text("searchTarget"); {
	case target == "" || target == "local":
	case target == "search-index" && a.Config().Search.SearchIndex.Enabled:
	default:
		q.Refuse("searchTarget", "Invalid value")
	}
}

// isElsewhere says that a search is bound to another instance.
func (a *API) isElsewhere(q *decode.Query) bool {
	name := q.Text("host")
	return name != "" && !strings.EqualFold(name, a.Site.Host)
}

// videos answers GET /api/v1/search/videos. An address finds the video that it leads to.
func (a *API) videos(r *http.Request) ([]byte, error) {
	q := decode.QueryOf(r)
	a.common(q)
	l, err := a.Videos.SearchOf(r, q)
	if err != nil {
		return nil, err
	}
	if rest, isAddress := address(l.Search); isAddress {
		l.Search, l.Nothing = "", true
		if id, known := shape.ParseUUID(a.videoIn(rest)); known {
			l.Nothing, l.Search = false, id.String()
		}
	}
	return a.Videos.Page(r.Context(), l)
}

// address answers what follows the scheme of an address.
func address(text string) (rest string, isAddress bool) {
	for _, scheme := range []string{"https://", "http://"} {
		if rest, isAddress = strings.CutPrefix(text, scheme); isAddress {
			return rest, true
		}
	}
	return "", false
}

// videoIn answers the id in an address of one of our videos' pages, empty for others.
func (a *API) videoIn(rest string) string {
	for _, page := range []string{"/videos/watch/", "/w/"} {
		if id, isOurs := strings.CutPrefix(rest, a.Site.Host+page); isOurs {
			return id
		}
	}
	return ""
}

type resultList[T any] struct {
	Total int `json:"total"`
	Data  []T `json:"data"`
}

// channels answers GET /api/v1/search/video-channels. @name, name@host and addresses find the channel that they name.
func (a *API) channels(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	a.common(q)
	var s catalog.ChannelSearch
	s.Start, s.Count = q.Page()
	s.Sort, s.Ascending = q.Sort("-match", "match", "displayName", "createdAt")
	s.Search = q.Text("search")
	if q.Given("handles") {
		if s.Handles = a.local(q.Texts("handles")); s.Handles == nil {
			q.Refuse("handles", "Should have valid array of handles")
		}
	}
	if err := q.Err(); err != nil {
		return err
	}
	nothing := a.isElsewhere(q)
	if name, isExact := a.exactly(s.Search); isExact {
		s.Search, s.Handles = "", a.local([]string{name})
	}
	s.Search = strings.TrimPrefix(s.Search, "@")
	answer := resultList[shape.Channel]{Data: []shape.Channel{}}
	if !nothing {
		found, total, err := a.Catalog.SearchChannels(r.Context(), s)
		if err != nil {
			return err
		}
		answer.Total = total
		for _, c := range found {
			answer.Data = append(answer.Data, a.Site.Channel(c))
		}
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

// exactly reads a search that names one channel: name@host, @name@host or an address.
func (a *API) exactly(text string) (name string, isExact bool) {
	if rest, isAddress := address(text); isAddress {
		for _, page := range []string{"/video-channels/", "/c/"} {
			if name, isOurs := strings.CutPrefix(rest, a.Site.Host+page); isOurs {
				return name, true
			}
		}
		return "@", true // nobody's
	}
	parts := strings.Split(strings.TrimPrefix(text, "@"), "@")
	if len(parts) != 2 || parts[0] == "" || parts[1] == "" || strings.Contains(text, " ") {
		return "", false
	}
	return parts[0] + "@" + parts[1], true
}

// local answers the names among handles that are of this instance, nil when one of them is empty.
func (a *API) local(handles []string) []string {
	names := []string{}
	for _, handle := range handles {
		name, host, remote := strings.Cut(handle, "@")
		if handle == "" {
			return nil
		}
		if !remote || strings.EqualFold(host, a.Site.Host) {
			names = append(names, name)
		}
	}
	if len(handles) == 0 {
		return nil
	}
	return names
}

// playlists answers GET /api/v1/search/video-playlists: there are none in this release.
func (a *API) playlists(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	a.common(q)
	q.Page()
	q.Sort("-match", "match", "displayName", "createdAt")
	for _, text := range q.Texts("uuids") {
		if _, known := shape.ParseUUID(text); !known {
			q.Refuse("uuids", "Should have valid array of uuid")
			break
		}
	}
	if err := q.Err(); err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, resultList[struct{}]{Data: []struct{}{}})
}
