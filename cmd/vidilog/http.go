package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/pprof"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/oauth"
	"vidilog/api/rest/actors"
	"vidilog/api/rest/images"
	restjobs "vidilog/api/rest/jobs"
	"vidilog/api/rest/respond"
	restserver "vidilog/api/rest/server"
	"vidilog/api/rest/uploads"
	"vidilog/api/rest/users"
	"vidilog/api/rest/videos"
	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/domain/transcoding"
	"vidilog/domain/video"
	"vidilog/eventstore"
	"vidilog/internal/config"
	"vidilog/internal/httpx"
	"vidilog/internal/telemetry"
	"vidilog/projections/catalog"
	"vidilog/projections/jobs"
)

// waiter is the engine as the edge needs it.
type waiter struct{ server *server }

// Wait waits until models have reached a position.
func (w waiter) Wait(ctx context.Context, models []string, position eventstore.Position) bool {
	return w.server.engine.Wait(ctx, models, position)
}

// handler puts the edge together.
func (v *server) handler(context.Context) (http.Handler, error) {
	proxies, err := httpx.ParseTrustedProxies(v.config.TrustProxy)
	if err != nil {
		return nil, err
	}
	prefixes, err := v.routes()
	if err != nil {
		return nil, err
	}
	login := &authn.Authenticator{Tokens: v.tokens, Users: v.users}
	limits := v.limiter()
	h := login.Middleware(v.limitAPI(limits, prefixes))
	h = httpx.Recover(httpx.Drain(httpx.Headers(httpx.Without(unwantedHeaders(v.config.Security), h))))
	h = httpx.AccessLog(httpx.AccessLogOptions{
		Logger: v.logger, AnonymizeIP: v.config.Log.AnonymizeIP, LogPing: v.config.Log.LogPingRequests,
		Silent: !v.config.Log.LogHTTPRequests, Observe: v.httpMetrics.Observe,
	})(h)
	return telemetry.Middleware(httpx.RequestID(httpx.Origin(proxies)(h))), nil
}

// unwantedHeaders are those that PeerTube's keys turn off.
func unwantedHeaders(s config.Security) (names []string) {
	if !s.Frameguard.Enabled {
		names = append(names, "X-Frame-Options")
	}
	if !s.PoweredByHeader.Enabled {
		names = append(names, "X-Powered-By")
	}
	return names
}

// limiter counts what one address asks for. Staff passes every limit, as in PeerTube.
func (v *server) limiter() *httpx.RateLimiter {
	limits := httpx.NewRateLimiter(v.redis, "redis-"+v.config.Webserver.Host()+":")
	limits.Bypass = isStaff
	return limits
}

func (v *server) routes() (*httpx.Prefixes, error) {
	site := v.site()
	read := catalog.New(v.engine.DB(catalog.Name))
	media := jobs.New(v.engine.DB(jobs.Name))
	writes := respond.Writes{Waiter: waiter{v}, Models: []string{catalog.Name, jobs.Name}}
	guard := v.guard(read)
	video := &videos.API{
		Site: site, Access: guard, Catalog: read, Jobs: media, Leases: v.leases, Commands: v.videos, Writes: writes, Prober: v.tools,
		Files: v.store, Logger: v.logger, Fragments: videos.NewFragments(), Settings: v.settings,
		Anonymous: respond.NewAnonymous(func() eventstore.Position { return v.engine.Position(catalog.Name) }, v.audience.Generation), Defaults: v.defaults,
		MaxPicture: int64(v.config.Constants.ThumbnailMaxSize), Kinds: v.kinds, KeepsOriginals: v.keepsOriginals,
		Policies: v.listPolicies(), Pictures: v.pictures(read), RemoveFiles: v.remover().Everything,
	}
	limits := v.limiter()
	mine := v.engagement(read, video, writes, limits)
	sessions := v.sessions(limits)
	pictures := &images.Receiver{Files: v.store, MaxBytes: int64(v.config.Constants.ActorImageMaxSize)}
	faces := &actors.API{
		Site: site, Catalog: read, Videos: video, Commands: v.channels, Writes: writes, Images: pictures, DrawKeys: v.keyPair,
		MaxChannels: func() int { return v.current().VideoChannels.MaxPerUser },
	}
	people := &users.API{
		Site: site, Catalog: read, Videos: video, Commands: v.users, Accounts: v.accounts, Sessions: v.tokens, Writes: writes,
		Images: pictures, Config: v.current, DrawKeys: v.keyPair, LimitSignup: v.signupLimit(limits),
	}
	queue := &restjobs.API{Jobs: media, Queue: v.queue, Leases: v.leases, Commands: v.jobs, Workers: v.worker, Writes: writes}
	v.parts = &uploads.API{Sessions: v.uploads, Number: numberOf(read), Files: v.store, Writes: writes, Logger: v.logger}
	state := v.serverAPI(read, limits)
	extensions := v.extensionsAPI(read, writes)
	people.HasTheme = extensions.Has
	itself := v.aboutItself(site, read, pictures, writes, limits, extensions)
	pages, err := v.pages(site, read, itself.configuration)
	if err != nil {
		return nil, err
	}
	p := httpx.NewPrefixes(v.fallback(limits, pages))
	mine.mount(p)
	p.Handle("/api/v1/videos", video.Router(append(append(v.belowVideos(site, read, guard, writes), mine.belowVideos...), func(r *mux.Router) {
		v.parts.Route(r, "/api/v1/videos/upload-resumable", video.InParts())
	})...))
	p.Handle("/api/v1/users", sessions.Routes())
	p.Handle("/api/v1/users", people.Administration())
	p.Handle("/api/v1/users/me", people.Mine())
	p.Handle("/api/v1/oauth-clients", sessions.Clients())
	p.Handle("/api/v1/accounts", faces.Accounts())
	p.Handle("/api/v1/video-channels", faces.Channels())
	itself.mount(p, v.config, limits)
	p.Handle("/api/v1/plugins", extensions.Router())
	p.Handle("/themes", extensions.Themes())
	p.Handle("/api/v1/jobs", queue.Router())
	p.Handle("/api/v1/server", state.Router())
	v.mountProbes(p, state)
	p.Handle("/download/original-video-files", v.originals(read))
	mountFiles(p, v.static(read, guard))
	if !v.withoutClient {
		mountClient(p, pages)
	}
	return p, nil
}

// pictures waits for those of uploads.
func (v *server) pictures(read *catalog.Catalog) uploads.Pictures {
	return uploads.Pictures{
		Videos:   read.VideosByID,
		Position: func() eventstore.Position { return v.engine.Position(catalog.Name) },
		Past: func(ctx context.Context, position eventstore.Position) bool {
			return v.engine.Past(ctx, catalog.Name, position)
		},
	}
}

// mountProbes puts what monitors and administrators look at in its places.
func (v *server) mountProbes(p *httpx.Prefixes, state *restserver.API) {
	p.Handle("/api/v1/ping", reading("/api/v1/ping", "ping", state.Ping()))
	p.Handle("/healthz", state.Healthy())
	p.Handle("/readyz", state.Readiness())
	p.Handle("/metrics", onThisMachine(v.metricsHandler))
	p.Handle("/debug/pprof", onThisMachine(profiles()))
	p.Handle("/debug/routes", onThisMachine(p.ListRoutes()))
}

func (v *server) serverAPI(read *catalog.Catalog, limits *httpx.RateLimiter) *restserver.API {
	return &restserver.API{
		Config: v.current, LogDir: v.config.Storage.Logs, Logger: v.logger,
		Numbers:        restserver.Numbers{Totals: read.InstanceTotals, Abuses: read.AbuseTotals, Active: v.tokens.Active, Now: v.commands.Now},
		LimitClientLog: limited(limits, "client-log", v.config.RatesLimit.ReceiveClientLog),
		Pending:        v.pending,
		Commands: map[string]func(context.Context) error{
			"process-video-views-buffer":        v.summariseViews,
			"process-update-videos-scheduler":   v.updateScheduled,
			"remove-dandling-resumable-uploads": v.parts.Sweep,
		},
		Ready: func(ctx context.Context) error {
			select {
			case <-v.router.Running():
			default:
				return errors.New("process managers and effects do not follow the log yet")
			}
			if err := v.redis.Ping(ctx).Err(); err != nil {
				return notReady(v.logger, "Redis does not answer", err)
			}
			if _, err := v.log.Head(ctx); err != nil {
				return notReady(v.logger, "the log cannot be read", err)
			}
			return nil
		},
	}
}

// notReady keeps what only administrators should read in the log of the server.
func notReady(logger *slog.Logger, what string, err error) error {
	logger.Warn("not ready", "reason", what, "error", err)
	return errors.New(what)
}

// fallback answers addresses that nothing else does: the client's page, or nobody where there is no client.
func (v *server) fallback(limits *httpx.RateLimiter, pages http.Handler) http.Handler {
	if v.withoutClient {
		return nil
	}
	client := v.config.RatesLimit.Client
	return limits.Middleware(httpx.Limit{Name: "client", Max: client.Max, Window: client.Window})(pages)
}

// signupLimit counts those who have signed up from one address.
func (v *server) signupLimit(limits *httpx.RateLimiter) func(http.Handler) http.Handler {
	signup := v.config.RatesLimit.Signup
	return limits.Middleware(httpx.Limit{Name: "signup", Max: signup.Max, Window: signup.Window, OnlySuccess: true})
}

// sessions are the routes of logging in.
func (v *server) sessions(limits *httpx.RateLimiter) *oauth.API {
	login := v.config.RatesLimit.Login
	return &oauth.API{
		Tokens: v.tokens, Users: v.users, Instance: v.instance, Host: v.config.Webserver.Host(), AnyHost: v.config.Environment != "production",
		Limit:         limits.Middleware(httpx.Limit{Name: "login", Max: login.Max, Window: login.Window}),
		NeedsVerified: func() bool { return v.current().Signup.RequiresEmailVerification },
	}
}

// reading is one address that only answers GET and HEAD.
func reading(path, operation string, answer http.Handler) *mux.Router {
	r := mux.NewRouter()
	r.Handle(path, httpx.WithOperation(operation, answer)).Methods(http.MethodGet, http.MethodHead)
	return r
}

// onThisMachine answers clients on this machine: Prometheus, an administrator. Others get what any unknown address gives.
func onThisMachine(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !httpx.ClientIP(r).IsLoopback() {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// profiles are Go's own, for finding out where time and memory go.
func profiles() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("/debug/pprof/", pprof.Index)
	m.HandleFunc("/debug/pprof/profile", pprof.Profile)
	m.HandleFunc("/debug/pprof/trace", pprof.Trace)
	m.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	return m
}

// site builds the addresses of this instance.
func (v *server) site() shape.Site {
	return shape.Site{URL: v.config.Webserver.URL(), Host: v.config.Webserver.Host()}
}

// settings are the transcoding settings of the configuration.
func (v *server) settings() transcoding.Settings {
	t := v.current().Transcoding
	s := transcoding.Settings{
		Enabled: t.Enabled, WebVideos: t.WebVideos.Enabled, HLS: t.HLS.Enabled,
		SplitAudioAndVideo: t.HLS.SplitAudioAndVideo,
		Policy:             transcoding.Policy{AlwaysOriginalResolution: t.AlwaysTranscodeOriginalResolution, MaxFPS: t.FPS.Max},
	}
	for _, r := range t.Resolutions.Enabled() {
		s.Policy.Resolutions = append(s.Policy.Resolutions, transcoding.Resolution(r))
	}
	return s
}

// defaults are what a new video has where its author says nothing. The default privacy of the configuration is for the form of
// the web client only: who sends none gets a private video, as in PeerTube.
func (v *server) defaults() video.Attributes {
	p := v.current().Defaults.Publish
	a := video.Attributes{
		Privacy: video.Private, CommentsPolicy: video.CommentsPolicy(p.CommentsPolicy), DownloadEnabled: p.DownloadEnabled,
	}
	if p.Licence != 0 {
		a.Licence = &p.Licence
	}
	return a
}

// numberOf answers the integers that PeerTube's API knows users by.
func numberOf(read *catalog.Catalog) func(context.Context, kernel.UserID) (int64, error) {
	return func(ctx context.Context, id kernel.UserID) (int64, error) {
		u, err := read.User(ctx, id)
		return u.Number, err
	}
}

// keepsOriginals says that uploaded files stay as they came.
func (v *server) keepsOriginals() bool { return v.current().Transcoding.OriginalFile.Keep }

// kinds of files that may be uploaded.
func (v *server) kinds() uploads.Kinds {
	t := v.current().Transcoding
	return uploads.KindsFor(t.Enabled, t.AllowAdditionalExtensions, t.AllowAudioFiles)
}

func (v *server) extensions() []string { return v.kinds().Extensions }
