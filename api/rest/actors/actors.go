// Package actors answers /api/v1/accounts and /api/v1/video-channels.
//
// It may import commands, queries of projections, api/shape and internal. Read actors.go first.
package actors

import (
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/images"
	"vidilog/api/rest/respond"
	"vidilog/api/rest/videos"
	"vidilog/api/shape"
	commandschannel "vidilog/commands/channel"
	commandsuser "vidilog/commands/user"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Site     shape.Site
	Catalog  *catalog.Catalog
	Videos   *videos.API
	Commands *commandschannel.Handlers
	Writes   respond.Writes
	Images   *images.Receiver
	// DrawKeys draws the signing key of an actor.
	DrawKeys func() (commandsuser.KeyPair, error)
	// MaxChannels is how many channels a person may have.
	MaxChannels func() int
}

// router builds routes below a prefix from "METHOD /path".
func (a *API) router(prefix string, routes map[string]http.Handler) *mux.Router {
	r := mux.NewRouter()
	for route, h := range routes {
		method, path, _ := strings.Cut(route, " ")
		r.Handle(prefix+path, respond.MinPosition(a.Writes.Waiter, a.Writes.Models, h)).Methods(method)
	}
	return r
}

// Accounts routes below /api/v1/accounts.
func (a *API) Accounts() *mux.Router {
	return a.router("/api/v1/accounts", map[string]http.Handler{
		"GET ":                         respond.Handler(a.accounts),
		"GET /{handle}":                respond.Handler(a.account),
		"GET /{handle}/videos":         respond.Handler(a.accountVideos),
		"GET /{handle}/video-channels": respond.Handler(a.accountChannels),
		"GET /{handle}/followers":      authn.Required(respond.Handler(a.accountFollowers)),
	})
}

// Channels routes below /api/v1/video-channels.
func (a *API) Channels() *mux.Router {
	return a.router("/api/v1/video-channels", map[string]http.Handler{
		"GET ":                       respond.Handler(a.channels),
		"POST ":                      authn.Required(respond.Handler(a.create)),
		"GET /{handle}":              respond.Handler(a.channel),
		"PUT /{handle}":              authn.Required(respond.Handler(a.update)),
		"DELETE /{handle}":           authn.Required(respond.Handler(a.remove)),
		"GET /{handle}/videos":       respond.Handler(a.channelVideos),
		"GET /{handle}/followers":    authn.Required(respond.Handler(a.channelFollowers)),
		"POST /{handle}/avatar/pick": authn.Required(respond.Handler(a.pickAvatar)),
		"DELETE /{handle}/avatar":    authn.Required(respond.Handler(a.removeAvatar)),
		"POST /{handle}/banner/pick": authn.Required(respond.Handler(a.pickBanner)),
		"DELETE /{handle}/banner":    authn.Required(respond.Handler(a.removeBanner)),
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

// managed answers the channel of a URL to somebody who may manage it, so that what is wrong with a request is told after that.
func (a *API) managed(r *http.Request) (catalog.Channel, error) {
	ch, err := a.Catalog.Channel(r.Context(), a.localName(r))
	if err == nil && !mayManage(r, ch.OwnerID) {
		err = kernel.Forbidden("Only a user with sufficient right can manage this channel")
	}
	return ch, err
}

func mayManage(r *http.Request, owner kernel.UserID) bool {
	caller := authn.Caller(r)
	return caller.UserID == owner || caller.Role.Has(user.RightManageAnyChannel)
}

// page is PeerTube's page of anything.
type page[T any] struct {
	Total int `json:"total"`
	Data  []T `json:"data"`
}

// filterOf reads which part of a list of actors is asked for.
func filterOf(q *decode.Query, sorts ...string) (f catalog.ActorFilter, err error) {
	f.Start, f.Count = q.Page()
	f.Sort, f.Ascending = q.Sort("-createdAt", sorts...)
	return f, q.Err()
}

func (a *API) accounts(w http.ResponseWriter, r *http.Request) error {
	f, err := filterOf(decode.QueryOf(r), "createdAt")
	if err != nil {
		return err
	}
	found, total, err := a.Catalog.ListAccounts(r.Context(), f)
	if err != nil {
		return err
	}
	answer := page[shape.Account]{Total: total, Data: []shape.Account{}}
	for _, account := range found {
		answer.Data = append(answer.Data, a.Site.Account(account))
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
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

func (a *API) channels(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	f, err := filterOf(q, catalog.ChannelSorts...)
	if err != nil {
		return err
	}
	return a.listChannels(w, r, f, false)
}

func (a *API) accountChannels(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	withStats := q.Bool("withStats")
	f, err := filterOf(q, catalog.ChannelSorts...)
	if err != nil {
		return err
	}
	f.Search = q.Text("search")
	account, err := a.Catalog.Account(r.Context(), a.localName(r))
	if err != nil {
		return err
	}
	f.Account = &account.ID
	return a.listChannels(w, r, f, withStats != nil && *withStats)
}

func (a *API) listChannels(w http.ResponseWriter, r *http.Request, f catalog.ActorFilter, withStats bool) error {
	found, total, err := a.Catalog.ListChannels(r.Context(), f)
	if err != nil {
		return err
	}
	var stats map[kernel.ChannelID]catalog.ChannelStats
	if withStats {
		if stats, err = a.Catalog.StatsOfChannels(r.Context(), found, time.Now()); err != nil {
			return err
		}
	}
	answer := page[shape.Channel]{Total: total, Data: []shape.Channel{}}
	for _, c := range found {
		shaped := a.Site.Channel(c)
		if withStats {
			shaped.ChannelStats = shape.StatsOfChannel(stats[c.ID])
		}
		answer.Data = append(answer.Data, shaped)
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
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
