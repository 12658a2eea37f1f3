// Package plugins answers /api/v1/plugins: installing themes, and serving their files below /themes.
//
// It may import commands, queries of projections and internal. Read plugins.go, then files.go.
package plugins

import (
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	commandsplugin "vidilog/commands/plugin"
	"vidilog/domain/kernel"
	"vidilog/domain/plugin"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/internal/npm"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Catalog  *catalog.Catalog
	Commands *commandsplugin.Handlers
	Registry *npm.Client
	Writes   respond.Writes
	// Folder holds the files of packages, below their name and version.
	Folder string
	Logger *slog.Logger
}

// Router routes below /api/v1/plugins.
func (a *API) Router() *mux.Router {
	r := mux.NewRouter()
	on := func(method, path, operation string, h respond.Handler) {
		managed := authn.RequiredRight(user.RightManagePlugins, respond.MinPosition(a.Writes.Waiter, a.Writes.Models, h))
		r.Handle("/api/v1/plugins"+path, httpx.WithOperation(operation, managed)).Methods(method)
	}
	on(http.MethodGet, "", "getPlugins", a.list)
	on(http.MethodPost, "/install", "addPlugin", a.install)
	on(http.MethodPost, "/update", "updatePlugin", a.install)
	on(http.MethodPost, "/uninstall", "uninstallPlugin", a.uninstall)
	on(http.MethodGet, "/{npmName}", "getPlugin", a.get)
	return r
}

// shaped is PeerTube's PeerTubePlugin.
type shaped struct {
	Name           string         `json:"name"`
	Type           plugin.Type    `json:"type"`
	Version        string         `json:"version"`
	LatestVersion  *string        `json:"latestVersion"`
	Enabled        bool           `json:"enabled"`
	Uninstalled    bool           `json:"uninstalled"`
	PeerTubeEngine string         `json:"peertubeEngine"`
	Description    string         `json:"description"`
	Homepage       string         `json:"homepage"`
	Settings       map[string]any `json:"settings"`
	CreatedAt      shape.Time     `json:"createdAt"`
	UpdatedAt      shape.Time     `json:"updatedAt"`
}

func shapeOf(p catalog.Plugin) shaped {
	return shaped{
		Name: plugin.ShortName(p.NPMName), Type: plugin.TypeOf(p.NPMName), Version: p.Version, Enabled: p.Installed,
		Uninstalled: !p.Installed, PeerTubeEngine: p.Engine, Description: p.Description, Homepage: p.Homepage,
		Settings: map[string]any{}, CreatedAt: shape.Time(p.CreatedAt), UpdatedAt: shape.Time(p.UpdatedAt),
	}
}

// orders are those of the list, by PeerTube's names.
var orders = map[string]func(a, b catalog.Plugin) int{
	"name": func(a, b catalog.Plugin) int {
		return strings.Compare(plugin.ShortName(a.NPMName), plugin.ShortName(b.NPMName))
	},
	"createdAt": func(a, b catalog.Plugin) int { return a.CreatedAt.Compare(b.CreatedAt) },
	"updatedAt": func(a, b catalog.Plugin) int { return a.UpdatedAt.Compare(b.UpdatedAt) },
}

// list answers GET /api/v1/plugins.
func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	start, count := q.Page()
	kind, uninstalled := q.Int("pluginType"), q.Bool("uninstalled")
	field, ascending := q.Sort("name", "name", "createdAt", "updatedAt")
	if err := q.Err(); err != nil {
		return err
	}
	all, err := a.Catalog.Plugins(r.Context())
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(p catalog.Plugin) bool {
		return kind != nil && int(plugin.TypeOf(p.NPMName)) != *kind || (uninstalled != nil && *uninstalled) == p.Installed
	})
	slices.SortStableFunc(all, orders[field])
	if !ascending {
		slices.Reverse(all)
	}
	answer := struct {
		Total int      `json:"total"`
		Data  []shaped `json:"data"`
	}{Total: len(all), Data: []shaped{}}
	all = all[min(start, len(all)):]
	for _, p := range all[:min(count, len(all))] {
		answer.Data = append(answer.Data, shapeOf(p))
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}

// get answers GET /api/v1/plugins/{npmName}.
func (a *API) get(w http.ResponseWriter, r *http.Request) error {
	p, err := a.find(r, mux.Vars(r)["npmName"])
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, shapeOf(p))
}

func (a *API) find(r *http.Request, npmName string) (catalog.Plugin, error) {
	if err := plugin.CheckName(npmName); err != nil {
		return catalog.Plugin{}, err
	}
	all, err := a.Catalog.Plugins(r.Context())
	if err != nil {
		return catalog.Plugin{}, err
	}
	i := slices.IndexFunc(all, func(p catalog.Plugin) bool { return p.NPMName == npmName })
	if i < 0 {
		return catalog.Plugin{}, kernel.NotFound("Plugin not found")
	}
	return all[i], nil
}

// install answers POST /api/v1/plugins/install and /update: the files come first, then the event.
func (a *API) install(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	name, _ := fields.Text("npmName")
	version, _ := fields.Text("pluginVersion")
	if err := fields.Err(); err != nil {
		return err
	}
	if name == nil {
		return kernel.Refuse(kernel.CodeInvalid, "Should have either a npmName or a path; installing from a path is not supported")
	}
	if err := plugin.CheckName(*name); err != nil {
		return err
	}
	if plugin.TypeOf(*name) != plugin.Theme { // refused before anything is downloaded
		_, err := plugin.Install{Package: plugin.Package{NPMName: *name}}.Decide(plugin.Plugin{})
		return err
	}
	wanted := ""
	if version != nil {
		wanted = *version
	}
	fetched, err := a.Registry.Fetch(r.Context(), *name, wanted, func(version string) string { return a.folder(*name, version) })
	if err != nil {
		a.Logger.Warn("a theme could not be fetched", "name", *name, "error", err)
		return kernel.Refuse(kernel.CodeInvalid, "Cannot install plugin %s", *name)
	}
	outcome, err := a.Commands.Install(r.Context(), authn.Caller(r), commandsplugin.Install{Package: packageOf(fetched)})
	if err != nil {
		return err
	}
	a.Writes.Settle(w, r, outcome.Position)
	p, err := a.find(r, *name)
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, shapeOf(p))
}

// folder is where the files of a version lie. Both parts have been checked to be names.
func (a *API) folder(npmName, version string) string {
	return filepath.Join(a.Folder, npmName, version)
}

func packageOf(p npm.Package) plugin.Package {
	made := plugin.Package{
		NPMName: p.Name, Version: p.Version, Description: p.Description, Homepage: p.Homepage, Engine: p.Engine["peertube"],
		CSS: p.CSS, StaticDirs: p.StaticDirs, Integrity: p.Integrity,
	}
	for _, s := range p.ClientScripts {
		made.Scripts = append(made.Scripts, plugin.Script{Script: s.Script, Scopes: s.Scopes})
	}
	return made
}

// uninstall answers POST /api/v1/plugins/uninstall.
func (a *API) uninstall(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	name, _ := fields.Text("npmName")
	if name == nil {
		fields.Refuse("npmName", "Should have a npmName")
		return fields.Err()
	}
	if err := plugin.CheckName(*name); err != nil {
		return err
	}
	outcome, err := a.Commands.Uninstall(r.Context(), authn.Caller(r), commandsplugin.Uninstall{NPMName: *name})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}
