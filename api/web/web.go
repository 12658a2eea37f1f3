// Package web serves the web client: its files, and its page under every address of the site, with title, preview tags and
// configuration filled in.
//
// It may import queries of projections, api/shape and internal. Read web.go first.
package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API serves the web client.
type API struct {
	Site    shape.Site
	Catalog *catalog.Catalog
	// Files are those of the built client, index.html at the root.
	Files fs.FS
	// Name and Description of the instance, CSS its own style.
	Name, Description, CSS string
	// Config is the configuration that the page carries, as JSON.
	Config func() ([]byte, error)
}

// Assets serves /client/…; names below assets/ carry a hash and may be kept for ever.
func (a *API) Assets() http.Handler {
	files := http.StripPrefix("/client/", http.FileServerFS(a.Files))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/client/")
		if info, err := fs.Stat(a.Files, name); err != nil || info.IsDir() || name == "index.html" {
			http.NotFound(w, r)
			return
		}
		if strings.HasPrefix(name, "assets/") {
			w.Header().Set("Cache-Control", "public, max-age=2592000, immutable")
		} else {
			w.Header().Set("Cache-Control", "public, max-age=3600")
		}
		files.ServeHTTP(w, r)
	})
}

// page is what a page says of itself to people and to those who show previews of it.
type page struct {
	title, description, canonical, image string
	status                               int
	// video is set for pages of a video that everybody may see.
	video *catalog.Video
}

// ServeHTTP answers any address with the client's page; the client shows what belongs there.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		httpx.Write(w, r, kernel.NotFound("Not found"))
		return
	}
	index, err := fs.ReadFile(a.Files, "index.html")
	if err != nil {
		httpx.Write(w, r, err)
		return
	}
	config, err := a.Config()
	if err != nil {
		httpx.Write(w, r, err)
		return
	}
	p := a.describe(r.Context(), r.URL.Path)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "max-age=0, no-cache, must-revalidate")
	w.WriteHeader(p.status)
	if r.Method == http.MethodGet {
		_, _ = w.Write(a.fill(index, p, config)) // the reader has gone if this fails
	}
}

// describe looks at what an address stands for. A video that is not for everybody, or not there, is a page with status 404
// and nothing about the video, as in PeerTube.
func (a *API) describe(ctx context.Context, address string) page {
	p := page{title: a.Name, description: a.Description, status: http.StatusOK}
	id, isVideo := videoIn(address)
	if !isVideo {
		return p
	}
	p.status = http.StatusNotFound
	ref, ok := reference(id)
	if !ok {
		return p
	}
	v, err := a.Catalog.Video(ctx, ref)
	if err != nil {
		return p
	}
	privacy := video.Privacy(v.Privacy)
	if video.State(v.State) != video.StatePublished || privacy != video.Public && privacy != video.Unlisted {
		return p
	}
	p.status, p.title, p.video = http.StatusOK, v.Name+" - "+a.Name, &v
	if v.Description != nil {
		p.description = shortened(*v.Description)
	}
	p.canonical = a.Site.URL + "/w/" + shape.ShortUUID(v.ID.UUID)
	if v.Preview != "" {
		p.image = a.Site.URL + "/lazy-static/previews/" + v.Preview
	}
	return p
}

// videoIn answers the id in the address of a watch page.
func videoIn(address string) (id string, ok bool) {
	for _, prefix := range []string{"/w/", "/videos/watch/"} {
		if rest, found := strings.CutPrefix(address, prefix); found && rest != "" {
			rest, _, _ = strings.Cut(rest, ";")
			return rest, !strings.Contains(rest, "/")
		}
	}
	return "", false
}

func reference(id string) (catalog.Ref, bool) {
	if short, ok := shape.ParseShortUUID(id); ok {
		return catalog.ByID(kernel.VideoID{UUID: short}), true
	}
	if u, err := uuid.Parse(id); err == nil {
		return catalog.ByID(kernel.VideoID{UUID: u}), true
	}
	return catalog.Ref{}, false
}

// previewLength is how much of a description previews show, in characters.
const previewLength = 200

func shortened(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > previewLength {
		return string(runes[:previewLength]) + "…"
	}
	return text
}

// fill replaces the marks in the page, the first of each.
func (a *API) fill(index []byte, p page, config []byte) []byte {
	for mark, with := range map[string]string{
		"<!-- title tag -->":       "<title>" + html.EscapeString(p.title) + "</title>",
		"<!-- description tag -->": `<meta name="description" content="` + html.EscapeString(p.description) + `" />`,
		"<!-- custom css tag -->":  a.style(),
		"<!-- meta tags -->":       a.metaTags(p),
		"<!-- server config -->":   configScript(config),
	} {
		index = bytes.Replace(index, []byte(mark), []byte(with), 1)
	}
	return index
}

// style is the instance's own; a text that would end the element is left out whole.
func (a *API) style() string {
	if a.CSS == "" || strings.Contains(strings.ToLower(a.CSS), "</style") {
		return ""
	}
	return `<style class="custom-css-style">` + a.CSS + "</style>"
}

// configScript carries the configuration as a string that holds JSON, PeerTube's form. json.Marshal escapes <, > and &, so
// nothing in it can end the script.
func configScript(config []byte) string {
	text, err := json.Marshal(string(config))
	if err != nil {
		return ""
	}
	return `<script type="application/javascript">window.PeerTubeServerConfig = ` + string(text) + "</script>"
}

// metaTags are Open Graph, Twitter and schema.org, for those who show previews and for search engines.
func (a *API) metaTags(p page) string {
	var b strings.Builder
	tag := func(attribute, name, content string) {
		if content != "" {
			fmt.Fprintf(&b, `<meta %s="%s" content="%s" />`, attribute, name, html.EscapeString(content))
		}
	}
	kind := "website"
	if p.video != nil {
		kind = "video"
	}
	tag("property", "og:site_name", a.Name)
	tag("property", "og:type", kind)
	tag("property", "og:title", p.title)
	tag("property", "og:description", p.description)
	tag("property", "og:url", p.canonical)
	tag("property", "og:image", p.image)
	tag("name", "twitter:card", "summary_large_image")
	tag("name", "twitter:title", p.title)
	tag("name", "twitter:description", p.description)
	tag("name", "twitter:image", p.image)
	if p.video == nil {
		return b.String()
	}
	if video.Privacy(p.video.Privacy) != video.Public {
		tag("name", "robots", "noindex")
	}
	fmt.Fprintf(&b, `<link rel="canonical" href="%s" />`, html.EscapeString(p.canonical))
	b.WriteString(a.linkedData(p))
	return b.String()
}

// linkedData is schema.org's VideoObject. json.Marshal escapes what could end the script.
func (a *API) linkedData(p page) string {
	data, err := json.Marshal(map[string]any{
		"@context": "http://schema.org", "@type": "VideoObject", "name": p.video.Name, "description": p.description,
		"thumbnailUrl": p.image, "uploadDate": p.video.PublishedAt.UTC().Format("2006-01-02T15:04:05.000Z"),
		"duration": "PT" + strconv.Itoa(p.video.Seconds) + "S", "url": p.canonical, "interactionCount": p.video.Counters.Views,
	})
	if err != nil {
		return ""
	}
	return `<script type="application/ld+json">` + string(data) + "</script>"
}
