// Package actors answers /api/v1/accounts and /api/v1/video-channels.
//
// It may import queries of projections, api/shape and internal.
package actors

import (
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	"vidilog/api/rest/videos"
	"vidilog/api/shape"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Site    shape.Site
	Catalog *catalog.Catalog
	Videos  *videos.API
	Waiter  respond.Waiter
}

func (a *API) router(prefix string, routes map[string]respond.Handler) *mux.Router {
	r := mux.NewRouter()
	for path, h := range routes {
		r.Handle(prefix+path, respond.MinPosition(a.Waiter, []string{catalog.Name}, h)).Methods(http.MethodGet)
	}
	return r
}

// Accounts routes below /api/v1/accounts.
func (a *API) Accounts() *mux.Router {
	return a.router("/api/v1/accounts", map[string]respond.Handler{
		"/{handle}": a.account, "/{handle}/videos": a.accountVideos, "/{handle}/video-channels": a.accountChannels,
	})
}

// Channels routes below /api/v1/video-channels.
func (a *API) Channels() *mux.Router {
	return a.router("/api/v1/video-channels", map[string]respond.Handler{
		"/{handle}": a.channel, "/{handle}/videos": a.channelVideos,
	})
}

// localName answers the name of name or name@host of this instance; others are unknown here.
func (a *API) localName(r *http.Request) string {
	name, host, remote := strings.Cut(mux.Vars(r)["handle"], "@")
	if remote && !strings.EqualFold(host, a.Site.Host) {
		return ""
	}
	return name
}

func (a *API) account(w http.ResponseWriter, r *http.Request) error {
	account, err := a.Catalog.Account(r.Context(), a.localName(r))
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, a.Site.Account(account))
}

func (a *API) channel(w http.ResponseWriter, r *http.Request) error {
	channel, err := a.Catalog.Channel(r.Context(), a.localName(r))
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, a.Site.Channel(channel))
}

// resultList is PeerTube's page of anything.
type resultList[T any] struct {
	Total int `json:"total"`
	Data  []T `json:"data"`
}

func (a *API) accountChannels(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	start, count := q.Page()
	if err := q.Err(); err != nil {
		return err
	}
	account, err := a.Catalog.Account(r.Context(), a.localName(r))
	if err != nil {
		return err
	}
	all, err := a.Catalog.ChannelsOfAccount(r.Context(), account.ID)
	if err != nil {
		return err
	}
	list := resultList[shape.Channel]{Total: len(all), Data: []shape.Channel{}}
	for _, c := range all[min(start, len(all)):min(start+count, len(all))] {
		list.Data = append(list.Data, a.Site.Channel(c))
	}
	return httpx.JSON(w, r, http.StatusOK, list)
}

func (a *API) accountVideos(w http.ResponseWriter, r *http.Request) error {
	l, err := a.Videos.ListOf(r, decode.QueryOf(r))
	if err != nil {
		return err
	}
	account, err := a.Catalog.Account(r.Context(), a.localName(r))
	if err != nil {
		return err
	}
	l.AccountID = &account.ID
	return a.list(w, r, l)
}

func (a *API) channelVideos(w http.ResponseWriter, r *http.Request) error {
	l, err := a.Videos.ListOf(r, decode.QueryOf(r))
	if err != nil {
		return err
	}
	channel, err := a.Catalog.Channel(r.Context(), a.localName(r))
	if err != nil {
		return err
	}
	l.ChannelID = &channel.ID
	return a.list(w, r, l)
}

func (a *API) list(w http.ResponseWriter, r *http.Request, l videos.List) error {
	body, err := a.Videos.Page(r.Context(), l)
	if err != nil {
		return err
	}
	httpx.JSONBytes(w, r, http.StatusOK, body)
	return nil
}
