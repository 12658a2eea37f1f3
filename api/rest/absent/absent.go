// Package absent answers questions of PeerTube's client about what this release does not have: notifications, lists of videos,
// comments, blocks. There are none of them, and the answers say that, in PeerTube's shapes; without an answer the client shows errors
// instead of its pages. A route leaves this package when its feature comes.
//
// It may import api/authn, api/rest/respond and internal.
package absent

import (
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/respond"
	"vidilog/internal/httpx"
)

// Mount adds the routes to those of the features that are there.
func Mount(p *httpx.Prefixes) {
	for prefix, route := range map[string]struct {
		pattern, operation string
		handler            http.Handler
	}{
		"/api/v1/users/me/notifications":   {"", "getMyNotifications", authn.Required(respond.Handler(nothing))},
		"/api/v1/users/me/video-playlists": {"/videos-exist", "doVideosExistInMyPlaylists", authn.Required(respond.Handler(inNoPlaylist))},
		"/api/v1/users/me/subscriptions":   {"/exist", "doSubscriptionsExist", authn.Required(respond.Handler(notSubscribed))},
		"/api/v1/search":                   {"/video-playlists", "searchPlaylists", respond.Handler(nothing)},
		"/api/v1/accounts":                 {"/{handle}/video-playlists", "getAccountPlaylists", respond.Handler(nothing)},
		"/api/v1/video-channels":           {"/{handle}/video-playlists", "getChannelPlaylists", respond.Handler(nothing)},
		"/api/v1/videos":                   {"/{id}/comment-threads", "getVideoThreads", respond.Handler(noThreads)},
		"/api/v1/blocklist":                {"/status", "getBlocklistStatus", respond.Handler(notBlocked)},
	} {
		r := mux.NewRouter()
		r.Handle(prefix+route.pattern, httpx.WithOperation(route.operation, route.handler)).Methods(http.MethodGet)
		p.Handle(prefix, r)
	}
}

type object = map[string]any

func nothing(w http.ResponseWriter, r *http.Request) error {
	return httpx.JSON(w, r, http.StatusOK, object{"total": 0, "data": []any{}})
}

func noThreads(w http.ResponseWriter, r *http.Request) error {
	return httpx.JSON(w, r, http.StatusOK, object{"total": 0, "totalNotDeletedComments": 0, "data": []any{}})
}

// inNoPlaylist answers the playlists that hold each video of the query.
func inNoPlaylist(w http.ResponseWriter, r *http.Request) error {
	answer := object{}
	for _, id := range listed(r, "videoIds") {
		answer[id] = []any{}
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

// notSubscribed answers whether the caller follows each channel of the query.
func notSubscribed(w http.ResponseWriter, r *http.Request) error {
	answer := object{}
	for _, uri := range listed(r, "uris") {
		answer[uri] = false
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

// notBlocked answers who blocks each account and host of the query.
func notBlocked(w http.ResponseWriter, r *http.Request) error {
	answer := object{}
	for _, kind := range []string{"accounts", "hosts"} {
		asked := object{}
		for _, name := range listed(r, kind) {
			asked[name] = object{"blockedByServer": false, "blockedByUser": false}
		}
		answer[kind] = asked
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

// listed reads a list of a query in the forms that PeerTube takes: repeated, with and without brackets.
func listed(r *http.Request, name string) []string {
	query := r.URL.Query()
	var values []string
	for _, value := range append(query[name], query[name+"[]"]...) {
		if value = strings.TrimSpace(value); value != "" {
			values = append(values, value)
		}
	}
	return values
}
