// Package videos answers /api/v1/videos.
//
// It may import commands, queries of projections, api/shape and internal. Read upload.go for a write, list.go for a read.
package videos

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"

	"github.com/google/uuid"
	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/respond"
	"vidilog/api/rest/uploads"
	"vidilog/api/shape"
	commandsvideo "vidilog/commands/video"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/leases"
	"vidilog/projections/catalog"
	"vidilog/projections/jobs"
)

// Prober looks at a media file; refusals are CodeUnprocessable.
type Prober interface {
	Probe(ctx context.Context, path string) (transcoding.Probe, error)
}

// API answers the routes of this package.
type API struct {
	Site     shape.Site
	Access   *access.Guard
	Catalog  *catalog.Catalog
	Jobs     *jobs.Jobs
	Leases   *leases.Table
	Commands *commandsvideo.Handlers
	Writes   respond.Writes
	Prober   Prober
	Files    Store
	// RemoveFiles takes all files of a deleted video away.
	RemoveFiles func(ctx context.Context, id kernel.VideoID) error
	Logger      *slog.Logger
	// Fragments keeps encoded videos, Anonymous whole answers to people who have not logged in.
	Fragments *Fragments
	Anonymous *respond.Anonymous
	// Settings are the transcoding settings in force; Defaults what an upload has where its author says nothing.
	Settings func() transcoding.Settings
	Defaults func() video.Attributes
	Policies Policies
	// Pictures are waited for before an upload is answered.
	Pictures uploads.Pictures
	// MaxPicture bounds an author's picture, in bytes.
	MaxPicture int64
	// Kinds are those of the files that may be uploaded.
	Kinds func() uploads.Kinds
	// KeepsOriginals says that uploaded files stay as they came when renditions take their place.
	KeepsOriginals func() bool
}

// Router routes below /api/v1/videos, together with the groups of routes that other packages have there. Fixed segments come
// before {id}: mux takes the first that matches.
func (a *API) Router(groups ...func(*mux.Router)) *mux.Router {
	r := mux.NewRouter()
	for _, group := range groups {
		group(r)
	}
	on := func(method, path, operation string, handler http.Handler) {
		r.Handle("/api/v1/videos"+path, httpx.WithOperation(operation, handler)).Methods(method)
	}
	list := respond.MinPosition(a.Writes.Waiter, a.Writes.Models, a.Anonymous.Handler(a.list))
	on(http.MethodGet, "", "getVideos", list)
	on(http.MethodGet, "/categories", "getCategories", vocabulary(shape.Categories()))
	on(http.MethodGet, "/licences", "getLicences", vocabulary(shape.Licences()))
	on(http.MethodGet, "/languages", "getLanguages", vocabulary(shape.Languages()))
	on(http.MethodGet, "/privacies", "getPrivacies", vocabulary(shape.Privacies()))
	on(http.MethodPost, "/upload", "uploadLegacy", authn.Required(respond.Handler(a.upload)))
	on(http.MethodGet, "/{id}", "getVideo", respond.MinPosition(a.Writes.Waiter, a.Writes.Models, a.Anonymous.Handler(a.get)))
	on(http.MethodPut, "/{id}", "putVideo", authn.Required(respond.Handler(a.update)))
	on(http.MethodDelete, "/{id}", "delVideo", authn.Required(respond.Handler(a.remove)))
	on(http.MethodGet, "/{id}/description", "getVideoDesc", respond.Handler(a.description))
	on(http.MethodGet, "/{id}/transcoding", "getVideoTranscoding", authn.Required(respond.Handler(a.transcoding)))
	return r
}

func vocabulary(list json.Marshaler) http.Handler {
	return respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		return httpx.JSON(w, r, http.StatusOK, list)
	})
}

// newName draws the UUID that a file name begins with.
func newName() string { return uuid.NewString() }
