// Package metadata answers /api/v1/videos/{id}/metadata/{videoFileId}: what ffprobe says of one file of a video. Others ask it about files
// that are kept.
//
// It may import queries of projections, api/rest/access and internal/storage. Read metadata.go.
package metadata

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"github.com/gorilla/mux"
	lru "github.com/hashicorp/golang-lru/v2"

	"vidilog/api/rest/access"
	"vidilog/api/rest/respond"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/internal/storage"
	"vidilog/projections/catalog"
)

// kept bounds the descriptions in memory, some 5 kB each.
const kept = 1000

// atOnce bounds how many files are looked at together: each costs a process.
const atOnce = 2

// Describer looks at a media file.
type Describer interface {
	Describe(ctx context.Context, path string) (json.RawMessage, error)
}

// API answers the routes of this package.
type API struct {
	Access    *access.Guard
	Catalog   *catalog.Catalog
	Store     *storage.FileSystem
	Describer Describer

	begun sync.Once
	known *lru.Cache[storage.Location, json.RawMessage]
	turns chan struct{}
}

func (a *API) begin() {
	a.known, _ = lru.New[storage.Location, json.RawMessage](kept) // fails for sizes below 1 only
	a.turns = make(chan struct{}, atOnce)
}

// Routes adds the routes below /api/v1/videos.
func (a *API) Routes(r *mux.Router) {
	r.Handle("/api/v1/videos/{id}/metadata/{videoFileId}", respond.Handler(a.get)).Methods(http.MethodGet)
}

// get answers what is known of one file.
func (a *API) get(w http.ResponseWriter, r *http.Request) error {
	number, err := strconv.ParseInt(mux.Vars(r)["videoFileId"], 10, 64)
	if err != nil {
		e := kernel.Invalid("videoFileId", "Should have a valid videoFileId")
		e.Data = map[string]any{"location": "params", "value": mux.Vars(r)["videoFileId"]}
		return e
	}
	key, err := a.Access.See(r)
	if err != nil {
		return err
	}
	v, err := a.Catalog.Video(r.Context(), catalog.ByID(key.ID))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(v.Files, func(f catalog.File) bool { return f.Number == number })
	if i < 0 {
		return kernel.NotFound("VideoFile matching Video not found")
	}
	body, err := a.Describe(r.Context(), place(v, v.Files[i]))
	if err != nil {
		return err
	}
	httpx.JSONBytes(w, r, http.StatusOK, body)
	return nil
}

// Describe answers all that ffprobe says of a file, as PeerTube shows it. It looks once: files never change under their names.
func (a *API) Describe(ctx context.Context, file storage.Location) (json.RawMessage, error) {
	a.begun.Do(a.begin)
	if text, isKnown := a.known.Get(file); isKnown {
		return text, nil
	}
	select {
	case a.turns <- struct{}{}:
		defer func() { <-a.turns }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	path, err := a.Store.Path(file)
	if err != nil {
		return nil, err
	}
	text, err := a.Describer.Describe(ctx, path)
	if err != nil {
		return nil, err
	}
	a.known.Add(file, text)
	return text, nil
}

// place is where a file lies.
func place(v catalog.Video, f catalog.File) storage.Location {
	switch {
	case f.Kind == catalog.HLS && v.HasPrivateFiles:
		return storage.Location{Kind: storage.PrivateHLS, Name: v.ID.String() + "/" + f.Name}
	case f.Kind == catalog.HLS:
		return storage.Location{Kind: storage.HLS, Name: v.ID.String() + "/" + f.Name}
	case v.HasPrivateFiles:
		return storage.Location{Kind: storage.PrivateWebVideo, Name: f.Name}
	}
	return storage.Location{Kind: storage.WebVideo, Name: f.Name}
}
