// Package sources answers /api/v1/videos/{id}/source: the file that a video was made of, as it came. Authors look at it, replace
// it in parts, and download it where the instance keeps it.
//
// It may import commands, queries of projections, api/rest/… and internal. Read sources.go, then replace.go.
package sources

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/internal/storage"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Site     shape.Site
	Access   *access.Guard
	Catalog  *catalog.Catalog
	Commands *commandsvideo.Handlers
	Writes   respond.Writes
	// Describe answers all that ffprobe says of a file that is kept.
	Describe func(ctx context.Context, file storage.Location) (json.RawMessage, error)
}

// Routes adds the routes below /api/v1/videos.
func (a *API) Routes(r *mux.Router) {
	on := func(method, path, operation string, handler respond.Handler) {
		r.Handle("/api/v1/videos/{id}/source"+path, httpx.WithOperation(operation, authn.Required(handler))).Methods(method)
	}
	on(http.MethodGet, "", "getVideoSource", a.get)
	remove := authn.RequiredRight(user.RightManageVideoFiles, respond.Handler(a.removeFile))
	r.Handle("/api/v1/videos/{id}/source/file", httpx.WithOperation("deleteVideoSourceFile", remove)).Methods(http.MethodDelete)
}

// get answers GET /api/v1/videos/{id}/source. Of a file that is kept it shows all that ffprobe says, as PeerTube does; of one that is gone
// what the upload has found out.
func (a *API) get(w http.ResponseWriter, r *http.Request) error {
	key, err := a.Access.Manage(r, user.RightUpdateAnyVideo)
	if err != nil {
		return err
	}
	s, err := a.Catalog.Source(r.Context(), key.ID)
	if err != nil {
		return err
	}
	shown := a.Site.Source(s)
	if s.KeptName != "" {
		if text, err := a.Describe(r.Context(), storage.Location{Kind: storage.OriginalVideoFile, Name: s.KeptName}); err == nil {
			shown.Metadata = text
		}
	}
	return httpx.JSON(w, r, http.StatusOK, shown)
}

// removeFile answers DELETE /api/v1/videos/{id}/source/file. The right comes before the video, as in PeerTube.
func (a *API) removeFile(w http.ResponseWriter, r *http.Request) error {
	key, err := a.Access.Manage(r, user.RightUpdateAnyVideo)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.RemoveKeptFile(r.Context(), authn.Caller(r), commandsvideo.RemoveKeptFile{VideoID: key.ID})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}
