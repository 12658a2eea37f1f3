package main

import (
	"context"
	"net/http"
	"time"

	"github.com/gorilla/mux"

	"vidilog/api/activitypub"
	"vidilog/api/audit"
	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/configuration"
	"vidilog/api/rest/images"
	"vidilog/api/rest/plugins"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	"vidilog/api/site"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/eventstore"
	"vidilog/federation/discovery"
	"vidilog/federation/outbox"
	"vidilog/internal/config"
	"vidilog/internal/httpx"
	models "vidilog/projections/audit"
	"vidilog/projections/catalog"
)

// instanceAPI answers about the instance itself.
type instanceAPI struct {
	configuration *configuration.API
	places        *site.API
	federation    *activitypub.API
	audit         *audit.API
}

func (v *server) aboutItself(at shape.Site, read *catalog.Catalog, pictures *images.Receiver, writes respond.Writes, limits *httpx.RateLimiter, extensions *plugins.API) *instanceAPI {
	position := func() eventstore.Position { return v.engine.Position(catalog.Name) }
	settings := &configuration.API{
		Live: v.live, Version: version, Extensions: v.extensions, Users: read.CountUsers, Own: read.Own, Position: position,
		Site: at, Pictures: pictures, Commands: v.instance, Writes: writes, Themes: extensions.Registered,
	}
	rates := v.config.RatesLimit
	return &instanceAPI{
		configuration: settings,
		places: &site.API{
			Site: at, Catalog: read, Config: v.current, Node: settings.Node, Version: configuration.CompatibleVersion,
			Usage:          func(r *http.Request) (discovery.Usage, error) { return v.usage(r.Context(), read) },
			LimitWellKnown: limited(limits, "well-known", rates.WellKnown),
			LimitAPI:       func(next http.Handler) http.Handler { return next }, // counted with the API, see limitAPI
		},
		audit: &audit.API{
			Envelopes: models.New(v.engine.DB(models.Name)), Reader: v.log, Decoder: v.codec,
			Name: func(ctx context.Context, id kernel.UserID) (string, error) {
				u, err := read.User(ctx, id)
				return u.Username, err
			},
		},
		federation: &activitypub.API{
			Catalog: read, Builder: federated(at), Host: at.Host, PageSize: v.config.Constants.CollectionPageSize,
			See:               (&access.Guard{Catalog: read, Passwords: v.videos}).See,
			FederatesUnlisted: func() bool { return v.current().Federation.Videos.FederateUnlisted },
			Anonymous:         respond.NewAnonymous(position, func() uint64 { return 0 }),
		},
	}
}

func (i *instanceAPI) mount(p *httpx.Prefixes, c *config.Config, limits *httpx.RateLimiter) {
	p.Handle("/api/v1/config", i.configuration.Router())
	p.Handle("/api/v1/server/audit-logs", reading("/api/v1/server/audit-logs", "getInstanceAuditLogs", i.audit.Logs()))
	p.Handle("/api/v1/custom-pages", i.configuration.CustomPages())
	p.Handle("/.well-known", i.places.WellKnown())
	for _, prefix := range site.Prefixes {
		p.Handle(prefix, i.places.Root())
	}
	if !c.Federation.Enabled {
		return
	}
	limit := limited(limits, "activity-pub", c.RatesLimit.ActivityPub)
	for _, prefix := range activitypub.Prefixes {
		r := mux.NewRouter()
		i.federation.Routes(r)
		r.Use(limit)
		p.Handle(prefix, r)
	}
}

func limited(limits *httpx.RateLimiter, name string, l config.RateLimit) func(http.Handler) http.Handler {
	return limits.Middleware(httpx.Limit{Name: name, Max: l.Max, Window: l.Window})
}

// federated makes ActivityPub objects, with the names of PeerTube's constants.
func federated(at shape.Site) *outbox.Builder {
	b := &outbox.Builder{
		Addresses: outbox.Addresses{URL: at.URL}, Category: shape.CategoryName, Licence: shape.LicenceName, Language: shape.LanguageName,
	}
	if at.TrackerUp {
		b.Trackers = at.Trackers()
	}
	return b
}

// usage are the numbers of NodeInfo.
func (v *server) usage(ctx context.Context, read *catalog.Catalog) (discovery.Usage, error) {
	now := time.Now()
	totals, err := read.InstanceTotals(ctx, now)
	if err != nil {
		return discovery.Usage{}, err
	}
	active, err := v.tokens.Active(ctx, now.AddDate(0, -1, 0), now.AddDate(0, -6, 0))
	if err != nil {
		return discovery.Usage{}, err
	}
	return discovery.Usage{
		Users: totals.Users, ActiveMonth: active[0], ActiveHalfyear: active[1], Posts: totals.Videos, Comments: totals.Comments,
	}, nil
}

// isStaff lets administrators and moderators through where a limit is exceeded, as PeerTube does.
func isStaff(r *http.Request) bool {
	caller := authn.Caller(r)
	return !caller.UserID.IsZero() && (caller.Role == user.Administrator || caller.Role == user.Moderator)
}

// limitAPI bounds requests to the API, and what PeerTube counts with them.
func (v *server) limitAPI(limits *httpx.RateLimiter, next http.Handler) http.Handler {
	rate := v.config.RatesLimit.API
	counted := limits.Middleware(httpx.Limit{Name: "api", Max: rate.Max, Window: rate.Window})(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if httpx.CountsAsAPI(r.URL.Path) {
			counted.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
