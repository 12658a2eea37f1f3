package contract_test

import "net/http"

// laterRows are the routes of what this release does not have: they say that there is none, so that PeerTube's client shows its pages.
func laterRows() []row {
	const me = "/api/v1/users/me"
	return []row{
		route(http.MethodGet, "/api/v1/accounts/{handle}/video-playlists", all(http.StatusOK)).with("handle", fixed(owner.String())),
		route(http.MethodGet, "/api/v1/video-channels/{handle}/video-playlists", all(http.StatusOK)).
			with("handle", fixed(owner.String()+"_channel")),
		route(http.MethodGet, "/api/v1/blocklist/status", all(http.StatusOK)),
		route(http.MethodGet, me+"/notifications", users(http.StatusOK)),
		route(http.MethodGet, me+"/subscriptions/exist", users(http.StatusOK)).asking("uris=owner_channel@localhost"),
		route(http.MethodGet, me+"/video-playlists/videos-exist", users(http.StatusOK)).asking("videoIds=1"),
		route(http.MethodGet, me+"/subscriptions", users(http.StatusOK)),
		route(http.MethodGet, me+"/subscriptions/videos", users(http.StatusOK)),
		route(http.MethodGet, me+"/blocklist/accounts", users(http.StatusOK)),
		route(http.MethodGet, me+"/blocklist/servers", users(http.StatusOK)),
		route(http.MethodGet, me+"/videos/imports", users(http.StatusOK)),
		route(http.MethodGet, "/api/v1/users/{id}/imports/latest", users(http.StatusNotFound)).with("id", fixed("1")),
		route(http.MethodGet, "/api/v1/videos/ownership", users(http.StatusOK)),
		route(http.MethodGet, "/api/v1/watched-words/accounts/{handle}/lists", users(http.StatusOK)).with("handle", fixed(owner.String())),
		route(http.MethodGet, "/api/v1/automatic-tags/policies/accounts/{handle}/comments", users(http.StatusOK)).
			with("handle", fixed(owner.String())),
		route(http.MethodGet, "/api/v1/automatic-tags/accounts/{handle}/available", users(http.StatusOK)).
			with("handle", fixed(owner.String())),
	}
}

// moderationRows are the lists of the administration that are empty in this release.
func moderationRows() []row {
	return []row{
		route(http.MethodGet, "/api/v1/server/followers", all(http.StatusOK)),
		route(http.MethodGet, "/api/v1/server/following", all(http.StatusOK)),
		route(http.MethodGet, "/api/v1/server/redundancy/videos", administrators(http.StatusOK)),
		route(http.MethodGet, "/api/v1/server/blocklist/accounts", moderators(http.StatusOK)),
		route(http.MethodGet, "/api/v1/server/blocklist/servers", moderators(http.StatusOK)),
		route(http.MethodGet, "/api/v1/videos/blacklist", moderators(http.StatusOK)),
		route(http.MethodGet, "/api/v1/users/registrations", moderators(http.StatusOK)),
		route(http.MethodGet, "/api/v1/watched-words/server/lists", moderators(http.StatusOK)),
		route(http.MethodGet, "/api/v1/runners", administrators(http.StatusOK)),
		route(http.MethodGet, "/api/v1/runners/jobs", administrators(http.StatusOK)),
		route(http.MethodGet, "/api/v1/runners/registration-tokens", administrators(http.StatusOK)),
	}
}

// pluginRows are the routes of plugins and themes. Nothing is fetched from the registry here.
func pluginRows() []row {
	const plugins = "/api/v1/plugins"
	nothing := `{"npmName":"no plugin"}`
	return []row{
		route(http.MethodGet, plugins, administrators(http.StatusOK)),
		route(http.MethodGet, plugins+"/{npmName}", administrators(http.StatusNotFound)).called("that is not installed").
			with("npmName", fixed("peertube-theme-nothing")),
		route(http.MethodPost, plugins+"/install", administrators(http.StatusBadRequest)).called("of a name that none can have").json(nothing),
		route(http.MethodPost, plugins+"/update", administrators(http.StatusBadRequest)).called("of a name that none can have").json(nothing),
		route(http.MethodPost, plugins+"/uninstall", administrators(http.StatusBadRequest)).called("of a name that none can have").json(nothing),
	}
}
