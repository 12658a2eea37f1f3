// Package server answers /api/v1/server: statistics, logs, debugging, the contact form; and /api/v1/ping and the probes of load balancers.
//
// It may import queries of projections, internal and ports. Read server.go first.
package server

import (
	"context"
	"log/slog"
	"net/http"
	"slices"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/config"
	"vidilog/internal/httpx"
)

// API answers the routes of this package.
type API struct {
	// Pending counts, in one look, events that consumers have not dealt with and work that waits for a worker or has one.
	Pending func(ctx context.Context) (int64, error)
	// Commands are what run-command can start, by PeerTube's names.
	Commands map[string]func(ctx context.Context) error
	// Config is the configuration in force.
	Config  func() *config.Config
	Numbers Numbers
	// LogDir is where the log of this node is, Logger writes it.
	LogDir string
	Logger *slog.Logger
	// LimitClientLog bounds how much one address may say in the log.
	LimitClientLog func(http.Handler) http.Handler
	// Ready says why the server cannot do its work, nil when it can.
	Ready func(ctx context.Context) error
}

// Router routes below /api/v1/server.
func (a *API) Router() *mux.Router {
	r := mux.NewRouter()
	debug := authn.RequiredRight(user.RightManageDebug, respond.Handler(a.debug))
	r.Handle("/api/v1/server/debug", httpx.WithOperation("getDebug", debug)).Methods(http.MethodGet)
	run := authn.RequiredRight(user.RightManageDebug, respond.Handler(a.run))
	r.Handle("/api/v1/server/debug/run-command", httpx.WithOperation("sendCommand", run)).Methods(http.MethodPost)
	logs := authn.RequiredRight(user.RightManageLogs, respond.Handler(a.logs))
	r.Handle("/api/v1/server/logs", httpx.WithOperation("getInstanceLogs", logs)).Methods(http.MethodGet)
	said := a.LimitClientLog(respond.Handler(a.clientLog))
	r.Handle("/api/v1/server/logs/client", httpx.WithOperation("sendClientLog", said)).Methods(http.MethodPost)
	numbers := httpx.CacheRoute(statsLifetime, respond.Handler(a.stats))
	r.Handle("/api/v1/server/stats", httpx.WithOperation("getInstanceStats", numbers)).Methods(http.MethodGet)
	r.Handle("/api/v1/server/contact", respond.Handler(a.contact)).Methods(http.MethodPost)
	return r
}

// Ping answers GET /api/v1/ping.
func (a *API) Ping() http.Handler {
	return respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, err := w.Write([]byte("pong"))
		return err
	})
}

// Healthy answers GET /healthz: the process answers.
func (a *API) Healthy() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
}

// Readiness answers GET /readyz: the server can do its work.
func (a *API) Readiness() http.Handler {
	return respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		if err := a.Ready(r.Context()); err != nil {
			return kernel.Refuse(kernel.CodeUnavailable, "%v", err)
		}
		w.WriteHeader(http.StatusNoContent)
		return nil
	})
}

// debug answers what test suites wait for: nothing pending. The number is more than PeerTube's inbox backlog: it holds the open jobs too,
// because lists of jobs by state are several looks, and a job may go from one to another between them.
func (a *API) debug(w http.ResponseWriter, r *http.Request) error {
	pending, err := a.Pending(r.Context())
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, map[string]any{
		"ip": httpx.ClientIP(r).String(), "activityPubMessagesWaiting": pending,
	})
}

// knownCommands are PeerTube's; those without a function here have nothing to do in this release.
var knownCommands = []string{
	"remove-dandling-resumable-uploads", "process-video-views-buffer", "process-video-viewers", "process-video-channel-sync-latest",
	"process-update-videos-scheduler", "remove-expired-user-exports",
}

func (a *API) run(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	name, _ := fields.Text("command")
	if name == nil || !slices.Contains(knownCommands, *name) && a.Commands[*name] == nil {
		return kernel.Refuse(kernel.CodeInvalid, "Invalid command")
	}
	if command := a.Commands[*name]; command != nil {
		if err := command(r.Context()); err != nil {
			return err
		}
	}
	httpx.NoContent(w)
	return nil
}
