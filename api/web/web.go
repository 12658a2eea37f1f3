package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io/fs"
	"net/http"
	"strings"

	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// Instance is what every page says of the instance. It is asked for at every use, for an administrator may change it.
type Instance struct {
	Name, Description string
	// CSS is the instance's own style.
	CSS string
	// Twitter is the user name that preview cards name, with its @.
	Twitter string
}

// API serves the web client.
type API struct {
	Site     shape.Site
	Catalog  *catalog.Catalog
	Client   Client
	Instance func() Instance
	// Config is the configuration that the page carries, as JSON.
	Config func() ([]byte, error)
	// Overrides holds images of the administrator that stand in for those of the client; nil where there are none.
	Overrides fs.FS
}

// noCache makes browsers ask again: pages name files whose names change with every build.
const noCache = "max-age=0, no-cache, must-revalidate"

// teapot refuses to brew coffee, however it is asked (RFC 2324, 2.3.2), with PeerTube's headers and the client's page.
const teapot = "/teapot"

// ServeHTTP answers any address with the client's page; the client shows what belongs there.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	isReading := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch address := r.URL.Path; {
	case address == teapot:
		w.Header().Set("Accept-Additions", "Non-Dairy;1,Sugar;1")
		w.Header().Set("Safe", "if-sepia-awake")
		a.send(w, r, a.Client.index(a.Client.locale(w, r)), &page{status: http.StatusTeapot, isIndexed: true})
	case !isReading:
		httpx.Write(w, r, kernel.NotFound("Not found"))
	case address == "/manifest.webmanifest":
		a.manifest(w, r)
	case address == "/videos/test-embed" || address == "/video-playlists/test-embed":
		a.send(w, r, a.Client.testEmbed, nil)
	case strings.HasPrefix(address, "/videos/embed/") || strings.HasPrefix(address, "/video-playlists/embed/"):
		w.Header().Del("X-Frame-Options") // a page that exists to be framed
		p := a.describeEmbed(r.Context(), address)
		a.send(w, r, a.Client.embed, &p)
	default:
		p := a.describe(r.Context(), address, r.URL.Query())
		a.send(w, r, a.Client.index(a.Client.locale(w, r)), &p)
	}
}

// send answers a file of the client, with what the page says filled in where there is something to fill in.
func (a *API) send(w http.ResponseWriter, r *http.Request, name string, p *page) {
	text, err := fs.ReadFile(a.Client.Files, name)
	if err != nil {
		httpx.Write(w, r, kernel.NotFound("Not found"))
		return
	}
	status := http.StatusOK
	if p != nil {
		config, err := a.Config()
		if err != nil {
			httpx.Write(w, r, err)
			return
		}
		status, text = p.status, a.fill(text, *p, config)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", noCache)
	w.Header().Add("Vary", "Accept-Encoding")
	if acceptsGzip(r) {
		if small, err := zipped(text, gzip.BestSpeed); err == nil {
			w.Header().Set("Content-Encoding", "gzip")
			text = small
		}
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(text) // the reader has gone if this fails
	}
}

// fill replaces PeerTube's marks in a page, the first of each.
func (a *API) fill(text []byte, p page, config []byte) []byte {
	i := a.Instance()
	for _, mark := range []struct{ name, with string }{
		{"<!-- title tag -->", "<title>" + escaped(p.heading(i)) + "</title>"},
		{"<!-- description tag -->", `<meta name="description" content="` + escaped(p.about(i)) + `" />`},
		{"<!-- custom css tag -->", style(i.CSS)},
		{"<!-- meta tags -->", a.tags(p, i)},
		{"<!-- server config -->", configScript(config)},
		{"[manifestContentHash]", a.Client.Build},
		{"[faviconContentHash]", a.Client.Build},
		{"[logoContentHash]", a.Client.Build},
	} {
		text = bytes.Replace(text, []byte(mark.name), []byte(mark.with), 1)
	}
	return text
}

// style is the instance's own; a text that would end the element is left out whole.
func style(css string) string {
	if strings.Contains(strings.ToLower(css), "</style") {
		css = ""
	}
	return `<style class="custom-css-style">` + css + "</style>"
}

// configScript carries the configuration as a string that holds JSON, PeerTube's form. Only < is escaped beyond JSON: nothing in
// it can end the script then, and the rest is what JavaScript would have written.
func configScript(config []byte) string {
	text, err := unescapedJSON(string(config))
	if err != nil {
		return ""
	}
	return `<script type="application/javascript">window.PeerTubeServerConfig = ` + strings.ReplaceAll(text, "<", `\u003c`) + "</script>"
}

func unescapedJSON(value any) (string, error) {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// manifest describes the site to those who install it as an app, with the name and description of this instance.
func (a *API) manifest(w http.ResponseWriter, r *http.Request) {
	m := map[string]any{
		"start_url": "/", "scope": "/", "display": "standalone", "background_color": "#fbfbf9", "theme_color": "#fbfbf9",
		"icons": []any{map[string]any{"src": "/client/favicon.svg", "sizes": "any", "type": "image/svg+xml"}},
	}
	if own, err := fs.ReadFile(a.Client.Files, "manifest.webmanifest"); err == nil {
		if err := json.Unmarshal(own, &m); err != nil {
			httpx.Write(w, r, err)
			return
		}
	}
	i := a.Instance()
	m["name"], m["short_name"], m["description"] = i.Name, i.Name, i.Description
	text, err := json.Marshal(m)
	if err != nil {
		httpx.Write(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/manifest+json")
	_, _ = w.Write(text) // the reader has gone if this fails
}
