package web

import (
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
)

// translations of PeerTube's client: /client/locales/fr/player.json is the file locale/player.fr-FR.json.
var translations = regexp.MustCompile(`^locales/([A-Za-z-]+)/(player|server)\.json$`)

// Assets serves /client/…, files that do not change under their name, or seldom.
func (a *API) Assets() http.Handler {
	files := http.FileServerFS(a.Client.Files)
	small := &compressed{files: a.Client.Files}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/client/")
		if a.Overrides != nil && strings.HasPrefix(name, "assets/images/") && isFile(a.Overrides, name) {
			w.Header().Set("Cache-Control", "public, max-age=3600")
			http.ServeFileFS(w, r, a.Overrides, name)
			return
		}
		if m := translations.FindStringSubmatch(name); m != nil {
			name = "locale/" + m[2] + "." + a.Client.known(m[1]) + ".json"
		}
		if !isFile(a.Client.Files, name) || path.Ext(name) == ".html" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", a.Client.cacheControl(name))
		if small.serve(w, r, name) {
			return
		}
		served := r.Clone(r.Context())
		served.URL.Path = "/" + name
		files.ServeHTTP(w, served)
	})
}

// cacheControl keeps for a month what PeerTube keeps so long, and for ever what carries a hash of its content.
func (c Client) cacheControl(name string) string {
	switch {
	case len(c.locales) > 0:
		return "public, max-age=2592000"
	case strings.HasPrefix(name, "assets/"):
		return "public, max-age=2592000, immutable"
	}
	return "public, max-age=3600"
}

// Overridden answers the folder of overrides as files, nil for a folder that nobody has made.
func Overridden(folder fs.FS) fs.FS {
	if _, err := fs.Stat(folder, "."); err != nil {
		return nil
	}
	return folder
}
