// Package abuses answers reports of abuse: /api/v1/abuses for moderators and reporters, and what one has reported oneself.
//
// It may import commands, domain/…, queries of projections, api/rest/access, api/shape and internal. Read abuses.go.
package abuses

import (
	"net/http"
	"strconv"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	commandsabuse "vidilog/commands/abuse"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Site     shape.Site
	Catalog  *catalog.Catalog
	Commands *commandsabuse.Handlers
	Writes   respond.Writes
}

// Router routes /api/v1/abuses.
func (a *API) Router() *mux.Router {
	const root = "/api/v1/abuses"
	r := mux.NewRouter()
	managed := func(h respond.Handler) http.Handler { return authn.RequiredRight(user.RightManageAbuses, a.reading(h)) }
	r.Handle(root, httpx.WithOperation("getAbuses", managed(a.list))).Methods(http.MethodGet)
	r.Handle(root, authn.Required(a.reading(a.report))).Methods(http.MethodPost)
	r.Handle(root+"/{id}", managed(a.change)).Methods(http.MethodPut)
	r.Handle(root+"/{id}", managed(a.remove)).Methods(http.MethodDelete)
	r.Handle(root+"/{id}/messages", authn.Required(a.reading(a.messages))).Methods(http.MethodGet)
	r.Handle(root+"/{id}/messages", authn.Required(a.reading(a.addMessage))).Methods(http.MethodPost)
	r.Handle(root+"/{id}/messages/{messageId}", authn.Required(a.reading(a.removeMessage))).Methods(http.MethodDelete)
	return r
}

// Mine routes what the caller has reported.
func (a *API) Mine() *mux.Router {
	r := mux.NewRouter()
	r.Handle("/api/v1/users/me/abuses", httpx.WithOperation("getMyAbuses", authn.Required(a.reading(a.mine)))).Methods(http.MethodGet)
	return r
}

// reading waits for what the client has just written: the numbers in URLs are looked up in the catalog.
func (a *API) reading(h respond.Handler) http.Handler {
	return respond.MinPosition(a.Writes.Waiter, []string{catalog.Name}, h)
}

// page is PeerTube's page of anything.
type page[T any] struct {
	Total int `json:"total"`
	Data  []T `json:"data"`
}

// numberOf reads an integer of the URL.
func numberOf(r *http.Request, name string) (int64, error) {
	text := mux.Vars(r)[name]
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 0 {
		e := kernel.Invalid(name, "Invalid value")
		e.Data = map[string]any{"location": "params", "value": text}
		return 0, e
	}
	return number, nil
}

// keyOf answers the report of the URL. Errors: CodeInvalid, CodeNotFound.
func (a *API) keyOf(r *http.Request) (catalog.AbuseKey, error) {
	number, err := numberOf(r, "id")
	if err != nil {
		return catalog.AbuseKey{}, err
	}
	return a.Catalog.AbuseKey(r.Context(), number)
}

// text reads a required text of a body that has the length of reasons, notes and messages.
func text(fields *decode.Fields, name string, fits func(string) bool) string {
	value, _ := fields.Text(name)
	if value == nil || !fits(*value) {
		fields.Refuse(name, "Invalid value")
		return ""
	}
	return *value
}
