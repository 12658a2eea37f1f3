// Package oauth is PeerTube's login: the OAuth2 password and refresh grants, the client that browsers use, and revocation.
//
// It may import commands, domain/… and internal. Read token.go first.
package oauth

import (
	"net"
	"net/http"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/respond"
	commandsinstance "vidilog/commands/instance"
	commandsuser "vidilog/commands/user"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/tokens"
)

// API answers the routes of this package.
type API struct {
	Tokens   *tokens.Store
	Users    *commandsuser.Handlers
	Instance *commandsinstance.Handlers
	// Host is the instance's host name and port; other hosts get no client, unless AnyHost (tests and development).
	Host    string
	AnyHost bool
	// NeedsVerified says that who has not answered from the e-mail address yet may not log in.
	NeedsVerified func() bool
	// Limit bounds how often one address may try to log in.
	Limit func(http.Handler) http.Handler
}

// Clients are the routes below /api/v1/oauth-clients.
func (a *API) Clients() *mux.Router {
	r := mux.NewRouter()
	r.Handle("/api/v1/oauth-clients/local", httpx.WithOperation("getOAuthClient", respond.Handler(a.local))).Methods(http.MethodGet)
	return r
}

// Routes are those below /api/v1/users that concern sessions.
func (a *API) Routes() *mux.Router {
	r := mux.NewRouter()
	token := httpx.WithOperation("getOAuthToken", respond.Handler(a.token))
	if a.Limit != nil {
		token = a.Limit(token)
	}
	r.Handle("/api/v1/users/token", token).Methods(http.MethodPost)
	r.Handle("/api/v1/users/revoke-token", authn.Required(respond.Handler(a.revoke))).Methods(http.MethodPost)
	return r
}

// local answers the OAuth client that every browser of this instance shares.
func (a *API) local(w http.ResponseWriter, r *http.Request) error {
	if host := httpx.Host(r); !a.AnyHost && host != a.Host && !isThisMachine(host) {
		return kernel.Forbidden("Getting client tokens for host %s is forbidden", host)
	}
	id, secret, found, err := a.Instance.Client(r.Context())
	if err != nil {
		return err
	}
	if !found {
		return kernel.Refuse(kernel.CodeUnavailable, "the instance has not been initialised yet")
	}
	return httpx.JSON(w, r, http.StatusOK, map[string]string{"client_id": id, "client_secret": secret})
}

// isThisMachine says that the host is a name of the machine itself: somebody tries the server where it runs.
func isThisMachine(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// revoke ends the session of the request.
func (a *API) revoke(w http.ResponseWriter, r *http.Request) error {
	if err := a.Tokens.Revoke(r.Context(), authn.Token(r)); err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, map[string]bool{"success": true})
}
