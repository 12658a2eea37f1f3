package site

import (
	_ "embed" // the text on tracking
	"net/http"
	"os"
	"time"

	"github.com/gorilla/mux"

	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/federation/discovery"
	"vidilog/internal/config"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Site    shape.Site
	Catalog *catalog.Catalog
	Config  func() *config.Config
	// Usage are the numbers of NodeInfo, Node what it says of the configuration, Version the PeerTube that is spoken.
	Usage   func(r *http.Request) (discovery.Usage, error)
	Node    func() any
	Version string
	// LimitWellKnown and LimitAPI bound requests as PeerTube does.
	LimitWellKnown, LimitAPI func(http.Handler) http.Handler
}

// How long answers are kept (PeerTube's ROUTE_CACHE_LIFETIME).
const (
	robotsLifetime    = 2 * time.Hour
	nodeInfoLifetime  = 10 * time.Minute
	dntLifetime       = 7 * 24 * time.Hour
	sitemapLifetime   = 24 * time.Hour
	wellKnownLifetime = 24 * time.Hour
)

//go:embed dnt-policy-1.0.txt
var dntPolicy []byte

// WellKnown answers below /.well-known; what is not known comes from the administrator's folder (storage.well_known).
func (a *API) WellKnown() *mux.Router {
	r := mux.NewRouter()
	get := func(path string, h http.Handler) {
		r.Handle(path, a.LimitWellKnown(h)).Methods(http.MethodGet, http.MethodHead)
	}
	get("/.well-known/webfinger", respond.Handler(a.webfinger))
	get("/.well-known/security.txt", httpx.CacheRoute(robotsLifetime, a.text(func(i config.Instance) string { return i.SecurityTxt })))
	get("/.well-known/nodeinfo", httpx.CacheRoute(nodeInfoLifetime, respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		return httpx.JSON(w, r, http.StatusOK, discovery.NodeInfoLinks(a.Site.URL))
	})))
	get("/.well-known/dnt-policy.txt", httpx.CacheRoute(dntLifetime, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a.file(w, r) != nil {
			httpx.Conditional(w, r, http.StatusOK, plainText, dntPolicy)
		}
	})))
	tracking := respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		return httpx.JSON(w, r, http.StatusOK, map[string]string{"tracking": "N"})
	})
	get("/.well-known/dnt", tracking)
	get("/.well-known/dnt/", tracking)
	get("/.well-known/change-password", http.RedirectHandler("/my-account/settings", http.StatusFound))
	get("/.well-known/host-meta", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		httpx.Conditional(w, r, http.StatusOK, "application/xml; charset=utf-8", []byte(discovery.HostMeta(a.Site.URL)))
	}))
	files := httpx.CacheRoute(wellKnownLifetime, respond.Handler(a.file))
	r.PathPrefix("/.well-known/").Handler(a.LimitWellKnown(files))
	return r
}

// Root answers the fixed places outside /.well-known; see Prefixes.
func (a *API) Root() *mux.Router {
	r := mux.NewRouter()
	get := func(path string, h http.Handler) {
		r.Handle(path, a.LimitAPI(h)).Methods(http.MethodGet, http.MethodHead)
	}
	get("/nodeinfo/{version}.json", httpx.CacheRoute(nodeInfoLifetime, respond.Handler(a.nodeInfo)))
	get("/robots.txt", httpx.CacheRoute(robotsLifetime, a.text(func(i config.Instance) string { return i.Robots })))
	get("/security.txt", http.RedirectHandler("/.well-known/security.txt", http.StatusMovedPermanently))
	get("/sitemap.xml", httpx.CacheRoute(sitemapLifetime, respond.Handler(a.sitemap)))
	get("/opensearch.xml", respond.Handler(a.openSearch))
	return r
}

// Prefixes are those of Root.
var Prefixes = []string{"/nodeinfo", "/robots.txt", "/security.txt", "/sitemap.xml", "/opensearch.xml"}

const plainText = "text/plain; charset=utf-8"

func (a *API) text(of func(config.Instance) string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		httpx.Conditional(w, r, http.StatusOK, plainText, []byte(of(a.Config().Instance)))
	})
}

// webfinger answers where an account, a channel or the instance can be fetched: they share one space of names.
func (a *API) webfinger(w http.ResponseWriter, r *http.Request) error {
	resource := r.URL.Query().Get("resource")
	name, isOurs := discovery.ParseAccount(resource, a.Site.Host)
	if !isOurs {
		refusal := kernel.Invalid("resource", "Invalid value")
		refusal.Data = map[string]any{"location": "query", "value": resource}
		return refusal
	}
	actor := a.Site.URL + "/accounts/"
	_, err := a.Catalog.Account(r.Context(), name)
	if kernel.CodeOf(err) == kernel.CodeNotFound {
		actor = a.Site.URL + "/video-channels/"
		_, err = a.Catalog.Channel(r.Context(), name)
	}
	if kernel.CodeOf(err) == kernel.CodeNotFound {
		err = kernel.NotFound("Actor not found")
	}
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, discovery.ResourceOf(resource, actor+name, a.Site.URL))
}

func (a *API) nodeInfo(w http.ResponseWriter, r *http.Request) error {
	if mux.Vars(r)["version"] != "2.0" {
		return kernel.NotFound("Nodeinfo schema version not handled")
	}
	usage, err := a.Usage(r)
	if err != nil {
		return err
	}
	c := a.Config()
	metadata := map[string]any{
		"taxonomy": map[string]string{"postsName": "Videos"}, "nodeName": c.Instance.Name,
		"nodeDescription": c.Instance.ShortDescription, "nodeConfig": a.Node(),
	}
	return httpx.JSONAs(w, r, discovery.NodeInfoContentType, discovery.NodeInfo(a.Version, c.Signup.Enabled, usage, metadata))
}

// file answers what an administrator has put into the folder. os.OpenInRoot keeps requests within it.
func (a *API) file(w http.ResponseWriter, r *http.Request) error {
	name := r.URL.Path[len("/.well-known/"):]
	file, err := os.OpenInRoot(a.Config().Storage.WellKnown, name)
	if err != nil {
		return kernel.NotFound("Not found")
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil || info.IsDir() {
		return kernel.NotFound("Not found")
	}
	http.ServeContent(w, r, info.Name(), info.ModTime(), file)
	return nil
}
