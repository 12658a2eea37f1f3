// Package users answers /api/v1/users: people for administrators, registration, and everybody's own profile below /me.
//
// It may import commands, queries of projections, api/shape and internal. Read users.go first.
package users

import (
	"context"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/images"
	"vidilog/api/rest/respond"
	"vidilog/api/rest/videos"
	"vidilog/api/shape"
	commandsaccount "vidilog/commands/account"
	commandsuser "vidilog/commands/user"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/config"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// Sessions are those of logged-in people.
type Sessions interface {
	RevokeAll(ctx context.Context, user uuid.UUID, keep string) error
	Forget(ctx context.Context, user uuid.UUID) error
	LastLogins(ctx context.Context, users []uuid.UUID) (map[uuid.UUID]time.Time, error)
	ByLastLogin(ctx context.Context) ([]uuid.UUID, error)
}

// API answers the routes of this package.
type API struct {
	Site     shape.Site
	Catalog  *catalog.Catalog
	Videos   *videos.API
	Commands *commandsuser.Handlers
	Accounts *commandsaccount.Handlers
	Sessions Sessions
	Writes   respond.Writes
	Images   *images.Receiver
	// Config is the configuration in force.
	Config func() *config.Config
	// DrawKeys draws the signing key of an actor.
	DrawKeys func() (commandsuser.KeyPair, error)
	// HasTheme says whether a theme is installed, by its name without prefix.
	HasTheme func(ctx context.Context, name string) (bool, error)
	// LimitSignup bounds how often one address may register.
	LimitSignup func(http.Handler) http.Handler
}

// route is one method and path with the name of its operation.
type route struct{ method, path, operation string }

// Administration routes below /api/v1/users, but /me.
func (a *API) Administration() *mux.Router {
	r := mux.NewRouter()
	on := func(to route, h http.Handler) {
		r.Handle("/api/v1/users"+to.path, httpx.WithOperation(to.operation, h)).Methods(to.method)
	}
	manage := func(h respond.Handler) http.Handler {
		return authn.RequiredRight(user.RightManageUsers, respond.MinPosition(a.Writes.Waiter, a.Writes.Models, h))
	}
	register := http.Handler(respond.Handler(a.register))
	if a.LimitSignup != nil {
		register = a.LimitSignup(register)
	}
	on(route{http.MethodPost, "/register", "registerUser"}, register)
	on(route{http.MethodGet, "/autocomplete", "autocompleteUsers"}, respond.Handler(a.autocomplete))
	on(route{http.MethodGet, "/scoped-tokens", "getMyScopedTokens"}, authn.Required(respond.Handler(a.scopedTokens)))
	on(route{http.MethodPost, "/scoped-tokens", "renewMyScopedTokens"}, authn.Required(respond.Handler(a.renewScopedTokens)))
	on(route{http.MethodGet, "", "getUsers"}, manage(a.list))
	on(route{http.MethodPost, "", "addUser"}, manage(a.create))
	on(route{http.MethodGet, "/{id}", "getUser"}, manage(a.get))
	on(route{http.MethodPut, "/{id}", "putUser"}, manage(a.administer))
	on(route{http.MethodDelete, "/{id}", "delUser"}, manage(a.remove))
	on(route{http.MethodPost, "/{id}/block", "blockUser"}, manage(a.block))
	on(route{http.MethodPost, "/{id}/unblock", "unblockUser"}, manage(a.unblock))
	return r
}

// Mine routes below /api/v1/users/me.
func (a *API) Mine() *mux.Router {
	r := mux.NewRouter()
	on := func(to route, h respond.Handler) {
		waiting := respond.MinPosition(a.Writes.Waiter, a.Writes.Models, h)
		r.Handle("/api/v1/users/me"+to.path, httpx.WithOperation(to.operation, authn.Required(waiting))).Methods(to.method)
	}
	on(route{http.MethodGet, "", "getUserInfo"}, a.me)
	on(route{http.MethodPut, "", "putUserInfo"}, a.updateMe)
	on(route{http.MethodDelete, "", "delMe"}, a.removeMe)
	on(route{http.MethodGet, "/videos", "getMyVideos"}, a.videos)
	on(route{http.MethodGet, "/video-quota-used", "getMyQuota"}, a.quota)
	on(route{http.MethodPost, "/avatar/pick", "pickMyAvatar"}, a.pickAvatar)
	on(route{http.MethodDelete, "/avatar", "delMyAvatar"}, a.removeAvatar)
	return r
}

// numberOf reads {id}, an integer.
func numberOf(r *http.Request) (int64, error) {
	text := mux.Vars(r)["id"]
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 1 {
		e := kernel.Invalid("id", "Invalid value")
		e.Data = map[string]any{"location": "params", "value": text}
		return 0, e
	}
	return number, nil
}

// idOf answers the person of a URL.
func (a *API) idOf(r *http.Request) (kernel.UserID, error) {
	number, err := numberOf(r)
	if err != nil {
		return kernel.UserID{}, err
	}
	u, err := a.Catalog.UserByNumber(r.Context(), number)
	return u.ID, err
}

// defaults are the settings of somebody new.
func (a *API) defaults() user.Settings { return DefaultSettings(a.Config()) }

// DefaultSettings are what a configuration gives somebody new.
func DefaultSettings(c *config.Config) user.Settings {
	return user.Settings{
		NSFWPolicy: c.Instance.DefaultNSFWPolicy, P2PEnabled: c.Defaults.P2P.Webapp.Enabled,
		VideosHistoryEnabled: c.User.History.Videos.Enabled, AutoPlayVideo: true, AutoPlayNextPlaylist: true,
	}
}

// allows says that an address passes the filters of registration: none of the black list, and one of the white list where
// that has any.
func allows(address netip.Addr, white, black []string) bool {
	address = address.Unmap()
	contains := func(list []string) (found, given bool) {
		for _, text := range list {
			prefix, err := netip.ParsePrefix(text)
			if err != nil {
				continue // PeerTube passes over what is no network
			}
			given = true
			found = found || prefix.Contains(address)
		}
		return found, given
	}
	if isWhite, hasWhite := contains(white); hasWhite {
		return isWhite
	}
	isBlack, _ := contains(black)
	return !isBlack
}
