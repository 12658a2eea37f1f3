// Package oembed answers /services: how other sites embed a video, and where an account is.
//
// It may import queries of projections, api/shape and internal. Read oembed.go.
package oembed

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/gorilla/mux"

	"vidilog/api/rest/decode"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Site    shape.Site
	Catalog *catalog.Catalog
}

// Router routes below /services.
func (a *API) Router() *mux.Router {
	r := mux.NewRouter()
	r.Handle("/services/oembed", respond.Handler(a.oembed)).Methods(http.MethodGet, http.MethodHead)
	r.Handle("/services/redirect/accounts/{handle}", respond.Handler(a.redirect)).Methods(http.MethodGet, http.MethodHead)
	return r
}

// Sizes in pixels: of the player that others embed (EMBED_SIZE), and of the picture that is shown for it (PREVIEWS_SIZE).
const (
	embedWidth, embedHeight     = 560, 315
	previewWidth, previewHeight = 850, 480
)

// embedding is oEmbed's answer for a video (https://oembed.com, 2.3.4.2), with the members in PeerTube's order.
type embedding struct {
	Type            string `json:"type"`
	Version         string `json:"version"`
	HTML            string `json:"html"`
	Width           int    `json:"width"`
	Height          int    `json:"height"`
	Title           string `json:"title"`
	AuthorName      string `json:"author_name"`
	AuthorURL       string `json:"author_url"`
	ProviderName    string `json:"provider_name"`
	ProviderURL     string `json:"provider_url"`
	ThumbnailURL    string `json:"thumbnail_url,omitempty"`
	ThumbnailWidth  int    `json:"thumbnail_width,omitempty"`
	ThumbnailHeight int    `json:"thumbnail_height,omitempty"`
}

// request is what a consumer asks for.
type request struct {
	page                *url.URL
	maxWidth, maxHeight *int
}

// oembed answers GET /services/oembed?url=….
func (a *API) oembed(w http.ResponseWriter, r *http.Request) error {
	asked, err := read(r)
	if err != nil {
		return err
	}
	id, err := a.elementOf(asked.page)
	if err != nil {
		return err
	}
	v, err := a.video(r, id)
	if err != nil {
		return err
	}
	return httpx.JSON(w, r, http.StatusOK, a.embedding(v, asked))
}

// hostPattern is a name or address with an optional port.
var hostPattern = regexp.MustCompile(`^([A-Za-z0-9_-]+\.)*[A-Za-z0-9-]+(:\d+)?$`)

func read(r *http.Request) (asked request, err error) {
	q := decode.QueryOf(r)
	text := q.Text("url")
	page, parseErr := url.Parse(text)
	if parseErr != nil || page.Scheme != "http" && page.Scheme != "https" || !hostPattern.MatchString(page.Host) {
		q.Refuse("url", "Invalid value")
	}
	asked = request{page: page, maxWidth: q.Int("maxwidth"), maxHeight: q.Int("maxheight")}
	format := q.OneOf("format", "json", "xml")
	if err := q.Err(); err != nil {
		return asked, err
	}
	if format == "xml" {
		return asked, &httpx.Problem{
			Status: http.StatusNotImplemented, Detail: "Requested format is not implemented on server.",
			Members: map[string]any{"format": format},
		}
	}
	return asked, nil
}

// elementOf answers the id in the address of a page of ours. Playlists come with a later release.
func (a *API) elementOf(page *url.URL) (string, error) {
	text := page.String()
	for _, start := range []string{"/videos/watch/playlist/", "/w/p/"} {
		if strings.HasPrefix(text, a.Site.URL+start) {
			return "", kernel.NotFound("Video playlist not found")
		}
	}
	for _, start := range []string{"/videos/watch/", "/w/"} {
		if strings.HasPrefix(text, a.Site.URL+start) {
			return page.Path[strings.LastIndexByte(page.Path, '/')+1:], nil
		}
	}
	return "", &httpx.Problem{Status: http.StatusBadRequest, Detail: "Invalid url.", Members: map[string]any{"url": text}}
}

var number = regexp.MustCompile(`^\d{1,18}$`)

// video answers a video that anybody may embed: a public one, or an unlisted one that is named by its UUID.
func (a *API) video(r *http.Request, text string) (catalog.Video, error) {
	id, isUUID := shape.ParseUUID(text)
	ref := catalog.ByID(kernel.VideoID{UUID: id})
	if !isUUID {
		if !number.MatchString(text) {
			return catalog.Video{}, kernel.Refuse(kernel.CodeInvalid, "Invalid video or playlist id.")
		}
		var n int64
		_, _ = fmt.Sscan(text, &n) // digits
		ref = catalog.ByNumber(n)
	}
	v, err := a.Catalog.Video(r.Context(), ref)
	if err != nil {
		return v, err
	}
	privacy := video.Privacy(v.Privacy)
	if privacy != video.Public && !(privacy == video.Unlisted && isUUID) {
		return v, kernel.Forbidden("Video is not publicly available")
	}
	return v, nil
}

func (a *API) embedding(v catalog.Video, asked request) embedding {
	e := embedding{
		Type: "video", Version: "1.0", Width: atMost(embedWidth, asked.maxWidth), Height: atMost(embedHeight, asked.maxHeight),
		Title: v.Name, AuthorName: v.Channel.DisplayName, AuthorURL: a.Site.URL + "/video-channels/" + v.Channel.Handle,
		ProviderName: "PeerTube", ProviderURL: a.Site.URL,
	}
	e.HTML = fmt.Sprintf(`<iframe width="%d" height="%d" sandbox="allow-same-origin allow-scripts allow-popups allow-forms" `+
		`title="%s" src="%s" frameborder="0" allowfullscreen></iframe>`, e.Width, e.Height, html.EscapeString(v.Name),
		a.Site.URL+"/videos/embed/"+v.ID.String()+playerParameters(asked.page)) // escaped for addresses, which leaves no quote
	if v.Preview != "" && fits(previewWidth, asked.maxWidth) && fits(previewHeight, asked.maxHeight) {
		e.ThumbnailURL = a.Site.URL + "/lazy-static/previews/" + v.Preview
		e.ThumbnailWidth, e.ThumbnailHeight = previewWidth, previewHeight
	}
	return e
}

func atMost(size int, limit *int) int {
	if limit != nil && *limit < size {
		return *limit
	}
	return size
}

func fits(size int, limit *int) bool { return limit == nil || *limit >= size }

// parameters of the player that an address may carry into the embedded one.
var parameters = map[string]bool{
	"start": true, "stop": true, "loop": true, "autoplay": true, "muted": true, "controls": true, "controlBar": true, "title": true,
	"api": true, "warningTitle": true, "peertubeLink": true, "p2p": true, "subtitle": true, "bigPlayBackgroundColor": true,
	"mode": true, "foregroundColor": true, "playbackRate": true, "waitPasswordFromEmbedAPI": true, "playlistPosition": true,
}

// playerParameters keeps the player's parameters in the order of the address.
func playerParameters(page *url.URL) string {
	var kept []string
	for _, part := range strings.Split(page.RawQuery, "&") {
		name, value, _ := strings.Cut(part, "=")
		name, nameErr := url.QueryUnescape(name)
		value, err := url.QueryUnescape(value)
		if nameErr == nil && err == nil && parameters[name] {
			kept = append(kept, url.QueryEscape(name)+"="+url.QueryEscape(value))
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return "?" + strings.Join(kept, "&")
}

// redirect answers GET /services/redirect/accounts/{handle} with the account's own address.
func (a *API) redirect(w http.ResponseWriter, r *http.Request) error {
	name, host, isRemote := strings.Cut(mux.Vars(r)["handle"], "@")
	if isRemote && !strings.EqualFold(host, a.Site.Host) {
		return kernel.NotFound("Account not found")
	}
	account, err := a.Catalog.Account(r.Context(), name)
	if err != nil {
		return err
	}
	http.Redirect(w, r, a.Site.URL+"/accounts/"+account.Name, http.StatusFound)
	return nil
}
