// Package absent answers questions of PeerTube's client about what this release does not have: notifications, playlists,
// subscriptions, follows, moderation, imports, runners. There are none of them, and the answers say that, in PeerTube's
// shapes; without an answer the client shows errors instead of its pages. A route leaves this package when its feature comes.
//
// It may import api/authn, api/rest/respond, domain and internal.
package absent

import (
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/respond"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
)

// answer is what a question of one path is answered.
type answer func(http.ResponseWriter, *http.Request) error

// question is a path with the operation's name in PeerTube's description of its API.
type question struct{ path, operation string }

// Those that anybody may ask.
var public = map[question]answer{
	{"/api/v1/search/video-playlists", "searchPlaylists"}:                      nothing,
	{"/api/v1/accounts/{handle}/video-playlists", "getAccountPlaylists"}:       nothing,
	{"/api/v1/video-channels/{handle}/video-playlists", "getChannelPlaylists"}: nothing,
	{"/api/v1/blocklist/status", "getBlocklistStatus"}:                         notBlocked,
	{"/api/v1/server/followers", "getFollowers"}:                               nothing,
	{"/api/v1/server/following", "getFollowing"}:                               nothing,
}

// Those about oneself.
var own = map[question]answer{
	{"/api/v1/users/me/notifications", "getMyNotifications"}:                         nothing,
	{"/api/v1/users/me/video-playlists/videos-exist", "doVideosExistInMyPlaylists"}:  inNoPlaylist,
	{"/api/v1/users/me/subscriptions", "getMySubscriptions"}:                         nothing,
	{"/api/v1/users/me/subscriptions/exist", "doSubscriptionsExist"}:                 notSubscribed,
	{"/api/v1/users/me/subscriptions/videos", "getMySubscriptionVideos"}:             nothing,
	{"/api/v1/users/me/blocklist/accounts", "getMyBlockedAccounts"}:                  nothing,
	{"/api/v1/users/me/blocklist/servers", "getMyBlockedServers"}:                    nothing,
	{"/api/v1/users/me/videos/imports", "getMyVideoImports"}:                         nothing,
	{"/api/v1/users/{id}/imports/latest", "getLatestUserImport"}:                     noImport,
	{"/api/v1/videos/ownership", "getVideoOwnershipChanges"}:                         nothing,
	{"/api/v1/watched-words/accounts/{handle}/lists", "getAccountWatchedWords"}:      nothing,
	{"/api/v1/automatic-tags/policies/accounts/{handle}/comments", "getTagPolicies"}: noPolicies,
	{"/api/v1/automatic-tags/accounts/{handle}/available", "getAvailableTags"}:       noTags,
}

// Those of the administration, which need a right.
var administrative = map[user.Right]map[question]answer{
	user.RightManageRedundancies:      {{"/api/v1/server/redundancy/videos", "getMirroredVideos"}: nothing},
	user.RightManageAccountsBlocklist: {{"/api/v1/server/blocklist/accounts", "getBlockedAccounts"}: nothing},
	user.RightManageServersBlocklist:  {{"/api/v1/server/blocklist/servers", "getBlockedServers"}: nothing},
	user.RightManageVideoBlacklist:    {{"/api/v1/videos/blacklist", "getVideoBlocks"}: nothing},
	user.RightManageRegistrations:     {{"/api/v1/users/registrations", "listRegistrations"}: nothing},
	user.RightManageWatchedWords:      {{"/api/v1/watched-words/server/lists", "getServerWatchedWords"}: nothing},
	user.RightManageRunners: {
		{"/api/v1/runners", "getRunners"}:                                 nothing,
		{"/api/v1/runners/jobs", "getRunnerJobs"}:                         nothing,
		{"/api/v1/runners/registration-tokens", "getRunnerRegistrations"}: nothing,
	},
}

// Mount adds the routes to those of the features that are there.
func Mount(p *httpx.Prefixes) {
	for q, a := range public {
		mount(p, q, respond.Handler(a))
	}
	for q, a := range own {
		mount(p, q, authn.Required(respond.Handler(a)))
	}
	for right, questions := range administrative {
		for q, a := range questions {
			mount(p, q, authn.RequiredRight(right, respond.Handler(a)))
		}
	}
}

// mount puts a route behind its fixed segments, so that it is found before a route of another package with {id} in their place.
func mount(p *httpx.Prefixes, q question, handler http.Handler) {
	prefix, _, _ := strings.Cut(q.path, "/{")
	r := mux.NewRouter()
	r.Handle(q.path, httpx.WithOperation(q.operation, handler)).Methods(http.MethodGet)
	p.Handle(prefix, r)
}

type object = map[string]any

func nothing(w http.ResponseWriter, r *http.Request) error {
	return httpx.JSON(w, r, http.StatusOK, object{"total": 0, "data": []any{}})
}

func noImport(http.ResponseWriter, *http.Request) error {
	return kernel.NotFound("Nothing has been imported")
}

func noPolicies(w http.ResponseWriter, r *http.Request) error {
	return httpx.JSON(w, r, http.StatusOK, object{"review": []any{}})
}

func noTags(w http.ResponseWriter, r *http.Request) error {
	return httpx.JSON(w, r, http.StatusOK, object{"available": []any{}})
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
