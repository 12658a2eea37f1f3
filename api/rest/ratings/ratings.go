// Package ratings answers what people think of videos: PUT /videos/{id}/rate and the lists of it.
//
// It may import commands, queries of projections, api/shape and internal.
package ratings

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	commandsrating "vidilog/commands/rating"
	"vidilog/domain/kernel"
	"vidilog/domain/rating"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// Encoder encodes videos as lists show them.
type Encoder interface {
	ListItems(ctx context.Context, keys []catalog.Key) ([]json.RawMessage, error)
}

// API answers the routes of this package.
type API struct {
	Catalog  *catalog.Catalog
	Commands *commandsrating.Handlers
	Writes   respond.Writes
	Videos   Encoder
	// See answers the video of the URL to those who may see it.
	See func(*http.Request) (catalog.Key, error)
	// Host of this instance, which a handle may carry.
	Host string
}

// Routes adds the routes below /api/v1/videos.
func (a *API) Routes(r *mux.Router) {
	r.Handle("/api/v1/videos/{id}/rate", authn.Required(respond.Handler(a.rate))).Methods(http.MethodPut)
}

// Mine routes what is the caller's own.
func (a *API) Mine() *mux.Router {
	r := mux.NewRouter()
	r.Handle("/api/v1/users/me/videos/{id}/rating", authn.Required(a.reading(a.mine))).Methods(http.MethodGet)
	return r
}

// Accounts routes what an account's owner may ask of it.
func (a *API) Accounts() *mux.Router {
	r := mux.NewRouter()
	r.Handle("/api/v1/accounts/{handle}/ratings", authn.Required(a.reading(a.list))).Methods(http.MethodGet)
	return r
}

func (a *API) reading(h respond.Handler) http.Handler {
	return respond.MinPosition(a.Writes.Waiter, []string{catalog.Name}, h)
}

// rate answers PUT /api/v1/videos/{id}/rate.
func (a *API) rate(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	wanted, _ := fields.Text("rating")
	if wanted == nil || *wanted != "like" && *wanted != "dislike" && *wanted != "none" {
		fields.Refuse("rating", "Invalid value")
	}
	if _, _, err := access.Reference(r); err != nil {
		return err
	}
	if err := fields.Err(); err != nil {
		return err
	}
	key, err := a.See(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.Rate(r.Context(), authn.Caller(r), commandsrating.Rate{VideoID: key.ID, Rating: rating.Rating(*wanted)})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

type mine struct {
	VideoID int64  `json:"videoId"`
	Rating  string `json:"rating"`
}

// mine answers GET /api/v1/users/me/videos/{id}/rating.
func (a *API) mine(w http.ResponseWriter, r *http.Request) error {
	ref, _, err := access.Reference(r)
	if err != nil {
		return err
	}
	key, err := a.Catalog.VideoKey(r.Context(), ref)
	if err != nil {
		return err
	}
	u, err := a.Catalog.User(r.Context(), authn.Caller(r).UserID)
	if err != nil {
		return err
	}
	given, err := a.Catalog.Rating(r.Context(), u.Account.ID, key.ID)
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, mine{VideoID: key.Number, Rating: given})
}

type item struct {
	Video  json.RawMessage `json:"video"`
	Rating string          `json:"rating"`
}

type page struct {
	Total int    `json:"total"`
	Data  []item `json:"data"`
}

// list answers GET /api/v1/accounts/{handle}/ratings to the account's owner.
func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	start, count := q.Page()
	_, ascending := q.Sort("-createdAt", "createdAt")
	only := q.OneOf("rating", "like", "dislike")
	if err := q.Err(); err != nil {
		return err
	}
	account, err := a.account(r)
	if err != nil {
		return err
	}
	rated, total, err := a.Catalog.RatingsOf(r.Context(), account.ID, only, ascending, start, count)
	if err != nil {
		return err
	}
	keys := make([]catalog.Key, len(rated))
	for i := range rated {
		keys[i] = rated[i].Key
	}
	items, err := a.Videos.ListItems(r.Context(), keys)
	if err != nil {
		return err
	}
	answer := page{Total: total, Data: make([]item, 0, len(items))}
	for i, encoded := range items {
		if encoded != nil {
			answer.Data = append(answer.Data, item{Video: encoded, Rating: rated[i].Rating})
		}
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

// account answers the account of the URL to its owner.
func (a *API) account(r *http.Request) (catalog.Account, error) {
	name, host, isRemote := strings.Cut(mux.Vars(r)["handle"], "@")
	if isRemote && !strings.EqualFold(host, a.Host) {
		return catalog.Account{}, kernel.NotFound("Account not found")
	}
	account, err := a.Catalog.Account(r.Context(), name)
	if err == nil && account.UserID != authn.Caller(r).UserID {
		err = kernel.Forbidden("Only owner of this account can access this resource.")
	}
	return account, err
}
