package plugins

import (
	"context"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gorilla/mux"

	"vidilog/api/rest/respond"
	"vidilog/domain/kernel"
	"vidilog/domain/plugin"
	"vidilog/projections/catalog"
)

// Themes routes below /themes: the style sheets, scripts and static files of themes in use, and nothing else of their folders.
func (a *API) Themes() *mux.Router {
	r := mux.NewRouter()
	for _, kind := range []string{"css", "client-scripts", "static"} {
		r.Handle("/themes/{name}/{version}/"+kind+"/{file:.+}", a.file(kind)).Methods(http.MethodGet, http.MethodHead)
	}
	return r
}

func (a *API) file(kind string) http.Handler {
	return respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		vars := mux.Vars(r)
		themes, err := a.Catalog.Themes(r.Context())
		if err != nil {
			return err
		}
		i := slices.IndexFunc(themes, func(p catalog.Plugin) bool {
			return plugin.ShortName(p.NPMName) == vars["name"] && p.Version == vars["version"]
		})
		if i < 0 {
			return kernel.NotFound("No theme of this name and version is installed")
		}
		name, found := within(kind, themes[i].Package, path.Clean(vars["file"]))
		if !found || !filepath.IsLocal(name) {
			return kernel.NotFound("The theme has no such file")
		}
		root, err := os.OpenRoot(a.folder(themes[i].NPMName, themes[i].Version))
		if err != nil {
			return kernel.NotFound("The theme has no such file")
		}
		defer root.Close() // only a handle
		file, err := root.Open(name)
		if err != nil {
			return kernel.NotFound("The theme has no such file")
		}
		defer file.Close() // opened for reading
		info, err := file.Stat()
		if err != nil || info.IsDir() {
			return kernel.NotFound("The theme has no such file")
		}
		w.Header().Set("Cache-Control", "public, max-age=2592000") // PeerTube: 30 days in production; the version is in the address
		http.ServeContent(w, r, name, info.ModTime(), file)
		return nil
	})
}

// within answers the path of a file in the package, when the package says that it is for browsers.
func within(kind string, p plugin.Package, file string) (name string, found bool) {
	switch kind {
	case "css":
		return file, slices.Contains(p.CSS, file)
	case "client-scripts":
		return file, slices.ContainsFunc(p.Scripts, func(s plugin.Script) bool { return path.Clean(s.Script) == file })
	}
	directory, rest, _ := strings.Cut(file, "/")
	place, known := p.StaticDirs[directory]
	return path.Join(place, rest), known && rest != ""
}

// Registered shapes the themes in use as PeerTube's configuration names them.
func (a *API) Registered(ctx context.Context) ([]any, error) {
	themes, err := a.Catalog.Themes(ctx)
	list := []any{}
	for _, p := range themes {
		scripts := map[string]any{}
		for _, s := range p.Scripts {
			scripts[path.Clean(s.Script)] = map[string]any{"script": path.Clean(s.Script), "scopes": s.Scopes}
		}
		list = append(list, map[string]any{
			"npmName": p.NPMName, "name": plugin.ShortName(p.NPMName), "version": p.Version, "description": p.Description,
			"css": append([]string{}, p.CSS...), "clientScripts": scripts,
		})
	}
	return list, err
}

// Has says whether a theme is in use, by its name without prefix.
func (a *API) Has(ctx context.Context, name string) (bool, error) {
	themes, err := a.Catalog.Themes(ctx)
	return slices.ContainsFunc(themes, func(p catalog.Plugin) bool { return plugin.ShortName(p.NPMName) == name }), err
}
