// Package configuration answers /api/v1/config: what clients need to know of an instance before they show anything.
//
// It may import api/shape and internal.
package configuration

import (
	"encoding/json"
	"net/http"

	"github.com/gorilla/mux"

	"vidilog/api/rest/respond"
	"vidilog/internal/config"
	"vidilog/internal/httpx"
)

// API answers the routes of this package.
type API struct {
	// Config answers the configuration in force.
	Config func() *config.Config
	// Version of PeerTube's API that is spoken, which clients compare with, and our own.
	Version string
	// Extensions that may be uploaded.
	Extensions func() []string
}

// CompatibleVersion is the PeerTube version that clients are told.
const CompatibleVersion = "6.3.0"

// Router routes below /api/v1/config.
func (a *API) Router() *mux.Router {
	r := mux.NewRouter()
	r.Handle("/api/v1/config", httpx.WithOperation("getConfig", respond.Handler(a.get))).Methods(http.MethodGet)
	r.Handle("/api/v1/config/about", httpx.WithOperation("getAbout", respond.Handler(a.about))).Methods(http.MethodGet)
	return r
}

func (a *API) get(w http.ResponseWriter, r *http.Request) error {
	answer, s := a.Server(), a.Config().Signup
	answer["signup"] = object{
		"allowed": s.Enabled, "allowedForCurrentIP": s.Enabled, "minimumAge": s.MinimumAge,
		"requiresApproval": s.RequiresApproval, "requiresEmailVerification": s.RequiresEmailVerification,
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

// HTML is the configuration as the page carries it: the JSON of everything but signup.
func (a *API) HTML() ([]byte, error) { return json.Marshal(a.Server()) }

func (a *API) about(w http.ResponseWriter, r *http.Request) error {
	i := a.Config().Instance
	return httpx.JSON(w, r, http.StatusOK, object{"instance": object{
		"name": i.Name, "shortDescription": i.ShortDescription, "description": i.Description, "terms": i.Terms,
		"codeOfConduct": i.CodeOfConduct, "creationReason": i.CreationReason, "moderationInformation": i.ModerationInformation,
		"administrator": i.Administrator, "maintenanceLifetime": i.MaintenanceLifetime, "businessModel": i.BusinessModel,
		"hardwareInformation": i.HardwareInformation, "languages": list(i.Languages), "categories": list(i.Categories),
		"avatars": []any{}, "banners": []any{},
	}})
}

func list[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}
