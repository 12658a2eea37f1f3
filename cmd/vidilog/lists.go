package main

import (
	"context"
	"net/http"

	"github.com/gorilla/mux"

	"vidilog/api/rest/ratings"
	"vidilog/api/rest/respond"
	"vidilog/api/rest/videos"
	"vidilog/commands"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// listPolicies are what lists of videos depend on besides the request.
func (v *server) listPolicies() videos.Policies {
	return videos.Policies{
		NSFW: func(context.Context, commands.Caller) (string, error) {
			return v.current().Instance.DefaultNSFWPolicy, nil
		},
		TrendingDays: func() int { return v.current().Trending.Videos.IntervalDays },
	}
}

// engaged are the routes of what viewers do: rate, look back, search.
type engaged struct {
	belowVideos []func(*mux.Router)
	prefixes    []prefixed
}

type prefixed struct {
	prefix  string
	handler http.Handler
}

// mount puts the routes in front of others under the same prefixes.
func (e engaged) mount(p *httpx.Prefixes) {
	for _, h := range e.prefixes {
		p.Handle(h.prefix, h.handler)
	}
}

func (v *server) engagement(read *catalog.Catalog, list *videos.API, writes respond.Writes) engaged {
	rated := v.ratingsAPI(read, list, writes)
	return engaged{
		belowVideos: []func(*mux.Router){rated.Routes},
		prefixes:    []prefixed{{"/api/v1/users/me", rated.Mine()}, {"/api/v1/accounts", rated.Accounts()}},
	}
}

// ratingsAPI puts together what people think of videos.
func (v *server) ratingsAPI(read *catalog.Catalog, list *videos.API, writes respond.Writes) *ratings.API {
	return &ratings.API{
		Catalog: read, Commands: v.ratings, Writes: writes, Videos: list, Host: v.config.Webserver.Host(),
		See: list.Access.See,
	}
}
