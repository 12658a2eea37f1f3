package main

import (
	"context"
	"io"
	"net/http"

	"github.com/google/uuid"
	"github.com/gorilla/mux"

	"vidilog/api/downloads"
	"vidilog/api/oembed"
	"vidilog/api/rest/abuses"
	"vidilog/api/rest/access"
	"vidilog/api/rest/comments"
	"vidilog/api/rest/ratings"
	"vidilog/api/rest/respond"
	"vidilog/api/rest/search"
	"vidilog/api/rest/videos"
	"vidilog/api/rest/watching"
	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
	"vidilog/workers/media"
)

// listPolicies are what lists of videos depend on besides the request.
func (v *server) listPolicies() videos.Policies {
	return videos.Policies{
		Sensitive:    v.sensitivity,
		TrendingDays: func() int { return v.current().Trending.Videos.IntervalDays },
		Watched: func(ctx context.Context, viewer kernel.UserID) ([]kernel.VideoID, error) {
			watched, err := v.history.Watched(ctx, viewer.UUID)
			ids := make([]kernel.VideoID, len(watched))
			for i, id := range watched {
				ids[i] = kernel.VideoID{UUID: id}
			}
			return ids, err
		},
		Positions: func(ctx context.Context, viewer kernel.UserID, videos []kernel.VideoID) (map[kernel.VideoID]int, error) {
			ids := make([]uuid.UUID, len(videos))
			for i, id := range videos {
				ids[i] = id.UUID
			}
			found, err := v.history.Positions(ctx, viewer.UUID, ids)
			positions := make(map[kernel.VideoID]int, len(found))
			for id, seconds := range found {
				positions[kernel.VideoID{UUID: id}] = seconds
			}
			return positions, err
		},
		Viewers: func(id kernel.VideoID) int64 { return v.audience.Of(id.UUID) },
	}
}

// sensitivity is what somebody wants to see of sensitive videos; visitors what the instance wants them to.
func (v *server) sensitivity(ctx context.Context, caller commands.Caller) (videos.Sensitivity, error) {
	if caller.UserID.IsZero() {
		return videos.Sensitivity{Hides: v.current().Instance.DefaultNSFWPolicy == user.DoNotList}, nil
	}
	person, err := v.users.User(ctx, caller.UserID)
	s := person.Settings
	return videos.Sensitivity{
		Hides: s.NSFWPolicy == user.DoNotList, Shows: s.NSFWFlagsDisplayed | s.NSFWFlagsWarned | s.NSFWFlagsBlurred, Never: s.NSFWFlagsHidden,
	}, err
}

// engaged are the routes of what viewers do: rate, comment, look back, search.
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

func (v *server) engagement(
	read *catalog.Catalog, list *videos.API, writes respond.Writes, limits *httpx.RateLimiter,
) engaged {
	rated, watched := v.ratingsAPI(read, list, writes), v.watchingAPI(read, list)
	said := &comments.API{Site: list.Site, Access: list.Access, Catalog: read, Commands: v.comments, Writes: writes}
	reports := &abuses.API{Site: list.Site, Catalog: read, Commands: v.abuses, Writes: writes}
	found := (&search.API{Site: list.Site, Catalog: read, Videos: list, Waiter: writes.Waiter, Config: v.current}).Router()
	return engaged{
		belowVideos: []func(*mux.Router){rated.Routes, watched.Routes, said.Routes},
		prefixes: []prefixed{
			{"/api/v1/users/me", rated.Mine()},
			{"/api/v1/users/me", watched.Mine()},
			{"/api/v1/users/me", reports.Mine()},
			{"/api/v1/abuses", reports.Router()},
			{"/api/v1/accounts", rated.Accounts()},
			{"/api/v1/videos/comments", said.Of()},
			{"/api/v1/users/me/videos/comments", said.Mine()},
			{"/api/v1/bulk", said.Bulk()},
			{"/services", (&oembed.API{Site: list.Site, Catalog: read}).Router()},
			{"/download", v.downloads(read, list.Access, limits)},
			{"/api/v1/search", found},
			{"/api/v1/overviews", found},
		},
	}
}

// watchingAPI puts together what has to do with watching.
func (v *server) watchingAPI(read *catalog.Catalog, list *videos.API) *watching.API {
	return watching.New(watching.API{
		Catalog: read, Counter: v.views, Audience: v.audience, History: v.history, Viewings: v.viewers,
		Manage: list.Access.Manage,
		KeepsHistory: func(ctx context.Context, id kernel.UserID) (bool, error) {
			person, err := v.users.User(ctx, id)
			return person.Settings.VideosHistoryEnabled, err
		},
		HistoryPage:    list.HistoryPage,
		TrustsSessions: func() bool { return v.current().Views.Videos.TrustViewerSessionID },
		Secret:         viewerSecret(v.config.Secrets.PeerTube),
	})
}

// ratingsAPI puts together what people think of videos.
func (v *server) ratingsAPI(read *catalog.Catalog, list *videos.API, writes respond.Writes) *ratings.API {
	return &ratings.API{
		Catalog: read, Commands: v.ratings, Writes: writes, Videos: list, Host: v.config.Webserver.Host(),
		See: list.Access.See,
	}
}

// remuxer is ffmpeg as downloads need it.
type remuxer struct{ tools *media.Tools }

// Remux makes one file of others.
func (m remuxer) Remux(ctx context.Context, inputs []string, cover string, to io.Writer) error {
	return m.tools.Remux(ctx, media.Remux{Inputs: inputs, Cover: cover}, to)
}

func (v *server) downloads(read *catalog.Catalog, guard *access.Guard, limits *httpx.RateLimiter) http.Handler {
	made := v.config.RatesLimit.DownloadGenerateVideo
	api := &downloads.API{
		Catalog: read, Store: v.store, Remuxer: remuxer{v.tools}, Logger: v.logger,
		Admit: guard.Files,
		Limit: limits.Middleware(httpx.Limit{
			Name: "download-generate-video", Max: made.Max, Window: made.Window, OnlySuccess: true,
		}),
	}
	return api.Router()
}
