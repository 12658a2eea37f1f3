package contract_test

import (
	"context"
	"net/http"
)

// theConfiguration is the one in force, as the administrator reads it.
func theConfiguration(ctx context.Context, w *world) (string, error) {
	answer, err := w.clients[administrator].Do(ctx, http.MethodGet, "/api/v1/config/custom", nil)
	return string(answer.Body), err
}

// instanceRows are the routes of the instance and its configuration.
func instanceRows() []row {
	const config = "/api/v1/config"
	return []row{
		route(http.MethodGet, config, all(http.StatusOK)),
		route(http.MethodGet, config+"/about", all(http.StatusOK)),
		route(http.MethodGet, config+"/custom", administrators(http.StatusOK)),
		route(http.MethodPut, config+"/custom", administrators(http.StatusOK)).json("{configuration}").
			with("configuration", theConfiguration),
		route(http.MethodDelete, config+"/custom", administrators(http.StatusOK)),
		route(http.MethodPost, config+"/instance-avatar/pick", administrators(http.StatusNoContent)).
			form("avatarfile", "avatar.jpg", aPicture),
		route(http.MethodDelete, config+"/instance-avatar", administrators(http.StatusNoContent)),
		route(http.MethodPost, config+"/instance-banner/pick", administrators(http.StatusNoContent)).
			form("bannerfile", "banner.jpg", aPicture),
		route(http.MethodDelete, config+"/instance-banner", administrators(http.StatusNoContent)),
		route(http.MethodPut, "/api/v1/custom-pages/homepage/instance", administrators(http.StatusNoContent)).
			json(`{"content":"# Welcome"}`),
		route(http.MethodGet, "/api/v1/custom-pages/homepage/instance", all(http.StatusOK)),
		route(http.MethodPost, config+"/instance-logo/{kind}/pick", administrators(http.StatusNoContent)).with("kind", fixed("favicon")).
			form("logofile", "logo.jpg", aPicture),
		route(http.MethodDelete, config+"/instance-logo/{kind}", administrators(http.StatusNoContent)).with("kind", fixed("favicon")),
		route(http.MethodGet, "/api/v1/ping", all(http.StatusOK)),
	}
}

// serverRows are the routes of those who run the server.
func serverRows() []row {
	const server = "/api/v1/server"
	return []row{
		route(http.MethodGet, server+"/stats", all(http.StatusOK)),
		route(http.MethodGet, server+"/debug", administrators(http.StatusOK)),
		route(http.MethodPost, server+"/debug/run-command", administrators(http.StatusNoContent)).
			json(`{"command":"process-video-views-buffer"}`),
		route(http.MethodGet, server+"/logs", administrators(http.StatusOK)).asking("startDate=2020-01-01T00:00:00.000Z"),
		route(http.MethodGet, server+"/audit-logs", administrators(http.StatusOK)).asking("startDate=2020-01-01T00:00:00.000Z"),
		route(http.MethodPost, server+"/contact", all(http.StatusConflict)).called("where no mail can be sent").
			json(`{"fromName":"Somebody","fromEmail":"somebody@example.org","subject":"A question","body":"How are you doing?"}`),
		route(http.MethodPost, server+"/logs/client", all(http.StatusNoContent)).
			json(`{"message":"it broke","url":"http://localhost/w/1","level":"error"}`),
	}
}

// jobRows are the routes of work in the background.
func jobRows() []row {
	const jobs = "/api/v1/jobs"
	return []row{
		route(http.MethodGet, jobs, administrators(http.StatusOK)),
		route(http.MethodGet, jobs+"/{state}", administrators(http.StatusOK)).with("state", fixed("completed")),
		route(http.MethodPost, jobs+"/pause", administrators(http.StatusNoContent)),
		route(http.MethodPost, jobs+"/resume", administrators(http.StatusNoContent)),
		route(http.MethodPost, jobs+"/{id}/retry", administrators(http.StatusNotFound)).called("that does not exist").
			with("id", fixed("00000000-0000-4000-8000-000000000000")),
	}
}

// searchRows are the routes of searching and looking around.
func searchRows() []row {
	const search = "/api/v1/search"
	return []row{
		route(http.MethodGet, search+"/videos", all(http.StatusOK)).asking("search=film"),
		route(http.MethodGet, search+"/video-channels", all(http.StatusOK)).asking("search=owner"),
		route(http.MethodGet, search+"/video-playlists", all(http.StatusOK)).asking("search=film"),
		route(http.MethodGet, "/api/v1/overviews/videos", all(http.StatusOK)),
	}
}
