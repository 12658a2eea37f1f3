// Package configuration answers /api/v1/config: what clients need to know of an instance before they show anything, and what its
// administrators change.
//
// It may import api/shape, commands and internal. Read config.go, then custom.go.
package configuration

import (
	"context"
	"encoding/json"
	"net/http"
	"net/netip"
	"slices"
	"sync/atomic"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/images"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	"vidilog/commands"
	commandsinstance "vidilog/commands/instance"
	"vidilog/domain/user"
	"vidilog/eventstore"
	"vidilog/internal/config"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// Live is the configuration in force and the way to change it.
type Live interface {
	Current() *config.Config
	// Change replaces what administrators have changed of the files, in the shape of the files.
	Change(ctx context.Context, caller commands.Caller, changes map[string]any) error
}

// API answers the routes of this package.
type API struct {
	Live Live
	// Version of PeerTube's API that is spoken, which clients compare with, and our own.
	Version string
	// Extensions that may be uploaded.
	Extensions func() []string
	// Users counts the people here, for the limit of registrations.
	Users func(ctx context.Context) (int, error)
	// Themes answers the themes in use, as clients are told of them; nil for none.
	Themes func(ctx context.Context) ([]any, error)
	// Own answers what the instance shows of itself, Position how far the model has followed the log that it comes from.
	Own      func(ctx context.Context) (catalog.Own, error)
	Position func() eventstore.Position
	Site     shape.Site
	// Pictures receives pictures of the instance, Commands changes them.
	Pictures *images.Receiver
	Commands *commandsinstance.Handlers
	Writes   respond.Writes

	page atomic.Pointer[carried]
}

// carried is the configuration as pages carry it, made once per change of it and of the model.
type carried struct {
	of   *config.Config
	at   eventstore.Position
	text []byte
}

// CompatibleVersion is the PeerTube version that clients are told.
const CompatibleVersion = "6.3.0"

// Router routes below /api/v1/config.
func (a *API) Router() *mux.Router {
	r := mux.NewRouter()
	r.Handle("/api/v1/config", httpx.WithOperation("getConfig", respond.Handler(a.get))).Methods(http.MethodGet)
	r.Handle("/api/v1/config/about", httpx.WithOperation("getAbout", respond.Handler(a.about))).Methods(http.MethodGet)
	custom := func(operation, method string, handler respond.Handler) {
		guarded := authn.RequiredRight(user.RightManageConfiguration, handler)
		r.Handle("/api/v1/config/custom", httpx.WithOperation(operation, guarded)).Methods(method)
	}
	custom("getCustomConfig", http.MethodGet, a.custom)
	custom("putCustomConfig", http.MethodPut, a.putCustom)
	custom("delCustomConfig", http.MethodDelete, a.deleteCustom)
	a.routePictures(r)
	return r
}

func (a *API) get(w http.ResponseWriter, r *http.Request) error {
	answer, err := a.Server(r.Context())
	if err != nil {
		return err
	}
	s := a.Live.Current().Signup
	isFree := s.Enabled
	if s.Enabled && s.Limit >= 0 {
		users, err := a.Users(r.Context())
		if err != nil {
			return err
		}
		isFree = users < s.Limit
	}
	answer["signup"] = object{
		"allowed": isFree, "allowedForCurrentIP": allows(httpx.ClientIP(r), s.Filters.CIDR.Whitelist, s.Filters.CIDR.Blacklist),
		"minimumAge": s.MinimumAge, "requiresApproval": s.RequiresApproval, "requiresEmailVerification": s.RequiresEmailVerification,
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

// allows judges an address by lists of networks: none of the forbidden, and one of the wanted where there are any.
func allows(address netip.Addr, wanted, forbidden []string) bool {
	within := func(network string) bool {
		prefix, err := netip.ParsePrefix(network)
		return err == nil && prefix.Contains(address)
	}
	return !slices.ContainsFunc(forbidden, within) && (len(wanted) == 0 || slices.ContainsFunc(wanted, within))
}

// HTML is the configuration as the page carries it: the JSON of everything but signup.
func (a *API) HTML() ([]byte, error) {
	inForce, at := a.Live.Current(), a.Position()
	if kept := a.page.Load(); kept != nil && kept.of == inForce && kept.at == at {
		return kept.text, nil
	}
	answer, err := a.Server(context.Background())
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(answer)
	if err == nil {
		a.page.Store(&carried{of: inForce, at: at, text: text})
	}
	return text, err
}

func (a *API) about(w http.ResponseWriter, r *http.Request) error {
	i := a.Live.Current().Instance
	own, err := a.Own(r.Context())
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, object{"instance": object{
		"name": i.Name, "shortDescription": i.ShortDescription, "description": i.Description, "terms": i.Terms,
		"codeOfConduct": i.CodeOfConduct, "creationReason": i.CreationReason, "moderationInformation": i.ModerationInformation,
		"administrator": i.Administrator, "maintenanceLifetime": i.MaintenanceLifetime, "businessModel": i.BusinessModel,
		"hardwareInformation": i.HardwareInformation, "languages": list(i.Languages), "categories": list(i.Categories),
		"avatars": a.avatars(own), "banners": a.banners(own),
	}})
}

// custom answers GET /api/v1/config/custom: what may be changed, as it is now.
func (a *API) custom(w http.ResponseWriter, r *http.Request) error {
	return httpx.JSON(w, r, http.StatusOK, customOf(a.Live.Current().NonSecret()))
}

// putCustom answers PUT /api/v1/config/custom: the body replaces all earlier changes.
func (a *API) putCustom(w http.ResponseWriter, r *http.Request) error {
	inForce := a.Live.Current()
	if !inForce.WebAdmin.Configuration.Edition.Allowed {
		return static()
	}
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	if err := check(fields.Values(), inForce.SMTP.IsConfigured()); err != nil {
		return err
	}
	if err := a.Live.Change(r.Context(), authn.Caller(r), changesOf(fields.Values())); err != nil {
		return err
	}
	return a.custom(w, r)
}

// deleteCustom answers DELETE /api/v1/config/custom: back to the files.
func (a *API) deleteCustom(w http.ResponseWriter, r *http.Request) error {
	if !a.Live.Current().WebAdmin.Configuration.Edition.Allowed {
		return static()
	}
	if err := a.Live.Change(r.Context(), authn.Caller(r), object{}); err != nil {
		return err
	}
	return a.custom(w, r)
}

// static is the answer of an instance whose files have the last word (webadmin.configuration.edition.allowed).
func static() error {
	return &httpx.Problem{Status: http.StatusMethodNotAllowed, Detail: "Server configuration is static and cannot be edited"}
}

func list[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}
