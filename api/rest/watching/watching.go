// Package watching answers what has to do with watching videos: what players say while they play, the histories of people, and
// the statistics that owners see.
//
// It may import queries of projections, internal/ops and internal. Read views.go first.
package watching

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/gorilla/mux"
	lru "github.com/hashicorp/golang-lru/v2"

	"vidilog/api/authn"
	"vidilog/api/rest/respond"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/eventstore"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/history"
	"vidilog/internal/ops/viewers"
	"vidilog/internal/ops/views"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Catalog  *catalog.Catalog
	Counter  views.Counter
	Audience *views.Audience
	History  *history.Store
	Viewings *viewers.Store
	// Manage answers the video of the URL to its owner and to those with a right above ownership.
	Manage func(*http.Request, user.Right) (catalog.Key, error)
	// KeepsHistory says whether somebody wants a history.
	KeepsHistory func(context.Context, kernel.UserID) (bool, error)
	// HistoryPage encodes a page of what the caller of a request has watched.
	HistoryPage func(*http.Request) ([]byte, error)
	// TrustsSessions says that the session a player names tells viewers apart; otherwise their address does.
	TrustsSessions func() bool
	// Secret hashes addresses.
	Secret []byte

	durations *lru.Cache[revision, int]
}

// revision is a state of a video.
type revision struct {
	id kernel.VideoID
	at eventstore.Position
}

// durationsKept bounds the durations in memory, which every ping of a player is checked against.
const durationsKept = 8192

// New completes an API.
func New(a API) *API {
	a.durations, _ = lru.New[revision, int](durationsKept) // fails for sizes below 1 only
	return &a
}

// Routes adds the routes below /api/v1/videos.
func (a *API) Routes(r *mux.Router) {
	for _, path := range []string{"/{id}/views", "/{id}/watching"} {
		r.Handle("/api/v1/videos"+path, httpx.WithOperation("addView", respond.Handler(a.view))).Methods(http.MethodPost, http.MethodPut)
	}
	own := func(path string, h respond.Handler) {
		r.Handle("/api/v1/videos/{id}/stats"+path, authn.Required(h)).Methods(http.MethodGet)
	}
	own("/overall", a.overall)
	own("/retention", a.retention)
	own("/timeseries/{metric}", a.timeseries)
}

// Mine routes the caller's own history, below /api/v1/users/me.
func (a *API) Mine() *mux.Router {
	r := mux.NewRouter()
	on := func(method, path string, h respond.Handler) {
		r.Handle("/api/v1/users/me/history/videos"+path, authn.Required(h)).Methods(method)
	}
	on(http.MethodGet, "", a.history)
	on(http.MethodPost, "/remove", a.forgetBefore)
	on(http.MethodDelete, "/{id}", a.forget)
	return r
}

func ok(w http.ResponseWriter, r *http.Request, body any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	httpx.JSONBytes(w, r, http.StatusOK, encoded)
	return nil
}
