package activitypub

import (
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"vidilog/api/rest/respond"
	"vidilog/domain/kernel"
	"vidilog/domain/rating"
	"vidilog/eventstore"
	"vidilog/federation/outbox"
	"vidilog/federation/vocab"
	"vidilog/internal/bytecache"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Catalog *catalog.Catalog
	Builder *outbox.Builder
	// See answers the video that a URL names, in the variable id, to those who may see it.
	See func(r *http.Request) (catalog.Key, error)
	// Host is the instance's, for handles that carry it.
	Host string
	// PageSize is the number of items on a page of a collection.
	PageSize int
	// FederatesUnlisted puts unlisted videos into outboxes.
	FederatesUnlisted func() bool
	// Anonymous keeps answers to those who send no token; others are answered afresh.
	Anonymous *respond.Anonymous

	videos *bytecache.Cache[videoKey, outbox.Fragment]
}

// videoKey names everything that an encoded video is made from: captions change without a new revision.
type videoKey struct {
	id       kernel.VideoID
	revision eventstore.Position
	captions string
}

// videosKept bounds the encoded videos in memory, in bytes; one takes some 8 kB.
const videosKept = 2 << 20

// Routes answers at the addresses of pages, but only to those who want ActivityPub; outboxes have no page.
func (a *API) Routes(r *mux.Router) {
	a.videos = bytecache.New[videoKey](videosKept, outbox.Fragment.Bytes)
	a.Anonymous.ContentType = vocab.ContentType
	r.Handle("/accounts/{name}/outbox", a.cached(a.accountOutbox)).Methods(http.MethodGet)
	r.Handle("/video-channels/{name}/outbox", a.cached(a.channelOutbox)).Methods(http.MethodGet)
	negotiated := r.MatcherFunc(func(r *http.Request, _ *mux.RouteMatch) bool { return httpx.PrefersActivityPub(r) }).Subrouter()
	handle := func(answer http.Handler, paths ...string) {
		for _, path := range paths {
			negotiated.Handle(path, answer).Methods(http.MethodGet, http.MethodHead)
		}
	}
	get := func(build respond.Body, paths ...string) { handle(a.cached(build), paths...) }
	for _, prefix := range []string{"/accounts", "/account"} {
		get(a.emptyOf(a.accountID, "followers"), prefix+"/{name}/followers")
		get(a.emptyOf(a.accountID, "following"), prefix+"/{name}/following")
		get(a.emptyOf(a.accountID, "playlists"), prefix+"/{name}/playlists")
	}
	get(a.account, "/accounts/{name}", "/accounts/{name}/video-channels", "/account/{name}", "/account/{name}/video-channels",
		"/a/{name}", "/a/{name}/video-channels")
	handle(a.briefly(a.rate(rating.Like)), "/accounts/{name}/likes/{video:[0-9]+}")
	handle(a.briefly(a.rate(rating.Dislike)), "/accounts/{name}/dislikes/{video:[0-9]+}")
	for _, list := range []string{"followers", "following", "playlists"} {
		get(a.emptyOf(a.channelID, list), "/video-channels/{name}/"+list)
	}
	get(a.channel, "/video-channels/{name}", "/video-channels/{name}/videos", "/c/{name}", "/c/{name}/videos")
	handle(a.briefly(a.video), "/videos/watch/{id}", "/w/{id}")
	get(a.videoActivity, "/videos/watch/{id}/activity")
	get(a.announces, "/videos/watch/{id}/announces")
	get(a.announce, "/videos/watch/{id}/announces/{actor:[0-9]+}")
	get(a.rates(rating.Like), "/videos/watch/{id}/likes")
	get(a.rates(rating.Dislike), "/videos/watch/{id}/dislikes")
	get(a.comments, "/videos/watch/{id}/comments")
	handle(a.briefly(a.chapters), "/videos/watch/{id}/chapters")
}

// Prefixes are those of Routes.
var Prefixes = []string{"/accounts", "/account", "/a", "/video-channels", "/c", "/videos/watch", "/w"}

// briefly is cached, and lets caches keep the answer for a second as PeerTube does: after an announcement many ask at once. What is not
// for everybody stays out of them.
func (a *API) briefly(build respond.Body) http.Handler {
	answer := a.Anonymous.Handler(build)
	return respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Add("Vary", "Accept")
		if respond.IsAnonymous(r) {
			w.Header().Set("Cache-Control", "max-age=1")
		}
		err := answer(w, r)
		if err != nil {
			w.Header().Del("Cache-Control")
		}
		return err
	})
}

// cached answers from memory where it can. The address alone does not say what is answered, so caches are told to look at Accept.
func (a *API) cached(build respond.Body) http.Handler {
	answer := a.Anonymous.Handler(build)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept")
		answer.ServeHTTP(w, r)
	})
}

// collection answers the entrance of a list or one of its pages. items answers those of a page; nobody asks for them at the entrance.
func (a *API) collection(r *http.Request, id string, total int, items func(outbox.Part) (any, error)) ([]byte, error) {
	part, err := a.part(r)
	if err != nil {
		return nil, err
	}
	if part.Page == 0 {
		return vocab.Document(vocab.Plain, outbox.Entrance(id, total))
	}
	found, err := items(part)
	if err != nil {
		return nil, err
	}
	return vocab.Document(vocab.Plain, outbox.Page(id, part, total, found))
}

// local answers the name in a URL without the instance's own host. Error: CodeNotFound for names of other instances.
func (a *API) local(r *http.Request, missing string) (string, error) {
	name, host, isWhole := strings.Cut(mux.Vars(r)["name"], "@")
	if isWhole && host != a.Host {
		return "", kernel.NotFound("%s", missing)
	}
	return name, nil
}
