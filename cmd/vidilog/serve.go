package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	restuploads "vidilog/api/rest/uploads"
	"vidilog/commands"
	commandsabuse "vidilog/commands/abuse"
	commandsaccount "vidilog/commands/account"
	commandschannel "vidilog/commands/channel"
	commandscomment "vidilog/commands/comment"
	commandsinstance "vidilog/commands/instance"
	commandsjob "vidilog/commands/job"
	commandsrating "vidilog/commands/rating"
	commandsuser "vidilog/commands/user"
	commandsvideo "vidilog/commands/video"
	"vidilog/eventstore/bus"
	"vidilog/internal/config"
	"vidilog/internal/embedded"
	"vidilog/internal/failpoint"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/history"
	"vidilog/internal/ops/leases"
	"vidilog/internal/ops/tokens"
	"vidilog/internal/ops/uploads"
	"vidilog/internal/ops/viewers"
	"vidilog/internal/ops/views"
	"vidilog/internal/storage"
	"vidilog/internal/telemetry"
	"vidilog/projections/engine"
	"vidilog/workers/effects"
	"vidilog/workers/files"
	"vidilog/workers/jobs"
	"vidilog/workers/media"
	"vidilog/workers/queue"
)

// serveCommand runs the server.
type serveCommand struct {
	Listen   string `help:"Address to listen on, host:port." placeholder:"HOST:PORT"`
	NoClient bool   `help:"Serve no pages, only what programs ask for."`
}

// server is everything that runs.
type server struct {
	core
	live *live
	// withoutClient leaves the pages out.
	withoutClient bool
	say           func(string)
	redis         redis.UniversalClient
	engine        *engine.Engine
	bus           *bus.Bus
	router        *bus.Router
	queue         *queue.Queue

	commands *commands.Bus
	instance *commandsinstance.Handlers
	users    *commandsuser.Handlers
	accounts *commandsaccount.Handlers
	channels *commandschannel.Handlers
	videos   *commandsvideo.Handlers
	jobs     *commandsjob.Handlers
	ratings  *commandsrating.Handlers
	comments *commandscomment.Handlers
	abuses   *commandsabuse.Handlers

	store    *storage.FileSystem
	files    *files.Files
	tools    *media.Tools
	tokens   *tokens.Store
	leases   *leases.Table
	views    views.Counter
	audience *views.Audience
	history  *history.Store
	viewers  *viewers.Store
	// uploads are those that come in parts, parts answers their requests.
	uploads *uploads.Store
	parts   *restuploads.API

	offers *jobs.Offers
	worker *jobs.Worker
	keeper *files.Reconciler

	metricsHandler http.Handler
	httpMetrics    *telemetry.HTTPMetrics
	background     sync.WaitGroup
}

// Run starts the server and runs until ctx ends.
func (s *serveCommand) Run(ctx context.Context, c *cli) error {
	sources := config.Sources{Files: c.Config, Data: c.Data, Listen: s.Listen}
	settings, warnings, err := config.Load(sources)
	if err != nil {
		return err
	}
	if err := failpoint.Check(); err != nil {
		return err
	}
	tuneCollector()
	v := &server{core: core{config: settings}, live: &live{sources: sources}, withoutClient: s.NoClient, say: func(line string) { fmt.Println(line) }}
	v.live.inForce.Store(settings)
	defer v.close()
	if err := v.prepare(ctx, warnings); err != nil {
		return err
	}
	restMemory()
	return v.run(ctx)
}

// prepare brings up everything that must stand before the first request.
func (v *server) prepare(ctx context.Context, warnings []string) error {
	for _, step := range []func(context.Context) error{
		v.takeFolder, v.checkAddress, v.startLogging, v.startServices,
		func(ctx context.Context) error { return v.open(ctx) },
		v.startProjections, v.makeCommands, v.takeChanges, v.makeWorkers, v.firstStart,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	for _, w := range warnings {
		v.logger.Warn("configuration", "warning", w)
	}
	return nil
}

// takeFolder locks the data folder. A server that is being replaced may take a moment to let go.
func (v *server) takeFolder(ctx context.Context) error {
	if err := os.MkdirAll(v.config.Vidilog.Data, 0o755); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	waiting, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	lock, err := embedded.WaitForDataDir(waiting, v.config.Vidilog.Data)
	if err != nil {
		return err
	}
	v.closeLater(func() { _ = lock.Release() })
	return nil
}

func (v *server) startLogging(ctx context.Context) error {
	l := v.config.Log
	options := telemetry.LogOptions{Level: l.Level, Format: v.config.Vidilog.LogFormat, Dir: v.config.Storage.Logs}
	if l.Rotation.Enabled {
		options.MaxFileSize, options.MaxFiles = int64(l.Rotation.MaxFileSize), l.Rotation.MaxFiles
	}
	logger, closer, err := telemetry.NewLogger(options)
	if err != nil {
		return err
	}
	v.logger = logger
	v.closeLater(func() { _ = closer.Close() })
	slog.SetDefault(logger)
	endpoint := v.config.Vidilog.Tracing.Endpoint
	if v.config.OpenTelemetry.Tracing.Enabled && endpoint == "" {
		endpoint = v.config.OpenTelemetry.Tracing.JaegerExporter.Endpoint
	}
	end, err := telemetry.SetupTracing(ctx, telemetry.TracingOptions{Endpoint: endpoint, Version: version})
	if err != nil {
		return err
	}
	v.closeLater(func() { v.bounded(ctx, end) })
	registry := telemetry.NewRegistry()
	v.metrics, v.metricsHandler = registry, telemetry.MetricsHandler(registry)
	v.httpMetrics = telemetry.NewHTTPMetrics(registry)
	return nil
}

// bounded runs a step of the shutdown, which has a context of its own.
func (v *server) bounded(ctx context.Context, step func(context.Context) error) {
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), v.grace())
	defer cancel()
	if err := step(ending); err != nil {
		v.logger.Warn("shutdown", "error", err)
	}
}

func (v *server) grace() time.Duration { return max(time.Second, v.config.Constants.ShutdownGrace) }

// startServices starts what the configuration does not name elsewhere.
func (v *server) startServices(ctx context.Context) error {
	withoutPostgres, withoutRedis := v.config.Database.IsConfigured(), v.config.Redis.IsConfigured()
	if !withoutPostgres || !withoutRedis {
		services, err := embedded.Start(ctx, embedded.Options{
			DataDir: v.config.Vidilog.Data, Logger: v.logger, Progress: v.say,
			WithoutPostgres: withoutPostgres, WithoutRedis: withoutRedis,
		})
		if err != nil {
			return err
		}
		v.services = services
		v.closeLater(func() {
			ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
			defer cancel()
			if err := services.Stop(ending); err != nil {
				v.logger.Warn("stop the private services", "error", err)
			}
		})
	}
	if err := v.locate(); err != nil {
		return err
	}
	v.redis = redis.NewClient(v.core.redis)
	v.closeLater(func() { _ = v.redis.Close() })
	if err := v.redis.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("redis: %w", err)
	}
	return nil
}

// startProjections follows the log; models of another version than this program's are built first, in sight.
func (v *server) startProjections(ctx context.Context) error {
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	v.closeLater(func() { stop(); v.background.Wait() })
	v.background.Go(func() { _ = v.tail.Run(running) })
	progress := &bars{}
	e, err := engine.Open(ctx, v.dsn, engine.FromTail(v.tail, v.log), definitions(), engine.Options{
		Logger: v.logger, Registerer: v.metrics, Progress: progress.tell,
	})
	progress.end()
	if err != nil {
		return err
	}
	v.engine = e
	v.closeLater(e.Close)
	v.say(fmt.Sprintf("Database %s is ready.", v.config.Database.DatabaseName()))
	return nil
}

func (v *server) makeCommands(context.Context) error {
	v.commands = commands.New(v.log, v.codec, v.ring, commands.Options{})
	v.instance, v.users = commandsinstance.New(v.commands), commandsuser.New(v.commands)
	v.accounts, v.channels = commandsaccount.New(v.commands), commandschannel.New(v.commands)
	v.videos, v.jobs = commandsvideo.New(v.commands), commandsjob.New(v.commands)
	v.ratings = commandsrating.New(v.commands)
	v.comments = commandscomment.New(v.commands)
	v.abuses = commandsabuse.New(v.commands)
	life := v.config.OAuth2.TokenLifetime
	v.tokens = tokens.New(v.ops, tokens.Lifetimes{Access: life.AccessToken, Refresh: life.RefreshToken})
	v.countViews()
	return nil
}

// node names this data folder among those that share the databases, the same at every start.
func (v *server) node() (uuid.UUID, error) {
	path := filepath.Join(v.config.Vidilog.Data, "node.id")
	if text, err := os.ReadFile(path); err == nil {
		if id, err := uuid.ParseBytes(text); err == nil {
			return id, nil
		}
	}
	id := uuid.New()
	return id, os.WriteFile(path, []byte(id.String()), 0o644)
}

func (v *server) makeWorkers(ctx context.Context) error {
	var err error
	if v.store, err = storage.Open(storage.FoldersFrom(v.config.Storage)); err != nil {
		return err
	}
	v.files = files.New(v.store)
	v.tools = media.New(media.Options{Threads: func() int { return v.current().Transcoding.Threads }})
	node, err := v.node()
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	v.leases = leases.New(v.ops, node.String())
	v.uploads = uploads.New(v.ops, node.String(), v.ring)
	if err := v.uploads.FreeOwn(ctx); err != nil {
		return err
	}
	v.offers = jobs.NewOffers(v.leases)
	v.worker = &jobs.Worker{
		Name: "local", Offers: v.offers, Table: v.leases, Jobs: v.jobs, Videos: v.videos, Tools: v.tools, Files: v.files,
		Logger: v.logger, Concurrency: func() int { return v.current().Transcoding.Concurrency },
	}
	v.keeper = v.reconciler()
	v.queue, err = queue.Open(ctx, v.ops, queue.Options{
		Logger: v.logger, Node: node.String(), Workers: v.operational(), Periodic: v.schedules(),
		Lanes: map[string]int{effects.StoryboardQueue: 1, effects.TorrentQueue: 1, effects.PicturesQueue: 2},
	})
	if err != nil {
		return err
	}
	if v.bus, err = bus.Open(ctx, v.ops, v.tail, v.log, v.codec, bus.Options{
		Holder: node, Logger: v.logger, Registerer: v.metrics, CloseTimeout: v.grace(),
	}); err != nil {
		return err
	}
	if v.router, err = v.bus.NewRouter(); err != nil {
		return err
	}
	return v.consumers(&effects.Effects{Queue: v.queue, Linger: v.linger()})
}

// linger is how long files stay that players may still read.
func (v *server) linger() time.Duration {
	if v.config.IsTest() {
		return 0
	}
	return 10 * time.Minute
}

// run serves until ctx ends, then lets go in order: listeners at once, work within the grace, databases last.
func (v *server) run(ctx context.Context) error {
	listener, err := v.listen(ctx)
	if err != nil {
		return err
	}
	web, err := v.handler(ctx)
	if err != nil {
		return err
	}
	// Before the first answer: who hears that the server is ready may count on its work being taken up.
	if err := v.queue.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	httpServer := &http.Server{
		Handler: web, ConnContext: httpx.Connected, ReadHeaderTimeout: 20 * time.Second, IdleTimeout: 2 * time.Minute,
	}
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error {
		// At the end the listener is closed first, so that Serve may see that before it hears of Shutdown.
		if err := httpServer.Serve(listener); running.Err() == nil && !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error { return v.router.Run(running) })
	group.Go(func() error { return v.worker.Run(running) })
	group.Go(func() error { v.audience.Run(running, v.config.Constants.ViewerSyncEvery, v.logger); return nil })
	group.Go(func() error {
		<-running.Done()
		_ = listener.Close()
		v.bounded(ctx, httpServer.Shutdown)
		_ = httpServer.Close()
		v.bounded(ctx, v.queue.Stop)
		return nil
	})
	v.say("HTTP server listening on " + listener.Addr().String())
	v.say("Vidilog is at " + v.config.Webserver.URL())
	v.logger.Info("server ready", "version", version, "url", v.config.Webserver.URL())
	err = group.Wait()
	if ctx.Err() != nil && (err == nil || errors.Is(err, context.Canceled)) {
		v.logger.Info("server stops")
		return nil
	}
	return err
}

const (
	// collectAt lets the heap grow by that much of what is in use, in per cent. Up to some 40 MB are in use once caches are full, and
	// some 35 MB are pages of the program: both stay below 100 MB in memory. GOGC overrides it.
	collectAt = 70
	// restingMemory is what a server that has started tries to stay below, in bytes: beyond it memory is collected and given back
	// to the system early. It is no limit: a large instance that needs more gets it. It has to stay well above what is in use, for a
	// collector that is held to less than it can free runs without pause: with 54 MiB and larger caches it took one of two processors.
	// GOMEMLIMIT overrides it.
	restingMemory = 64 << 20
)

func tuneCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
}

// restMemory is called when the start is over, whose builds of read models may have needed much more for a moment.
func restMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(restingMemory)
	}
	debug.FreeOSMemory()
}
