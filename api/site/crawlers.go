package site

import (
	"encoding/xml"
	"net/http"
	"unicode/utf8"

	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// sitemap is the schema of sitemaps.org with Google's extension for videos.
type sitemap struct {
	XMLName xml.Name     `xml:"urlset"`
	Schema  string       `xml:"xmlns,attr"`
	Video   string       `xml:"xmlns:video,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Location string        `xml:"loc"`
	Video    *sitemapVideo `xml:"video:video,omitempty"`
}

type sitemapVideo struct {
	Thumbnail   string `xml:"video:thumbnail_loc"`
	Title       string `xml:"video:title"`
	Description string `xml:"video:description"`
	Player      string `xml:"video:player_loc"`
}

const (
	// mostVideos bounds the sitemap: crawlers take at most 50,000 addresses of one file (sitemaps.org).
	mostVideos = 40_000
	// videosAtOnce bounds how many are held at a time.
	videosAtOnce = 100
	// longestTitle and longestDescription are Google's limits, in characters.
	longestTitle, longestDescription = 100, 2000
)

func (a *API) sitemap(w http.ResponseWriter, r *http.Request) error {
	site := sitemap{
		Schema: "http://www.sitemaps.org/schemas/sitemap/0.9", Video: "http://www.google.com/schemas/sitemap-video/1.1",
		URLs: []sitemapURL{{Location: a.Site.URL + "/about/instance"}, {Location: a.Site.URL + "/videos/local"}},
	}
	if err := a.addVideos(r, &site); err != nil {
		return err
	}
	channels, err := a.Catalog.ChannelNames(r.Context())
	if err != nil {
		return err
	}
	for _, name := range channels {
		site.URLs = append(site.URLs, sitemapURL{Location: a.Site.URL + "/c/" + name + "/videos"})
	}
	accounts, err := a.Catalog.AccountNames(r.Context())
	if err != nil {
		return err
	}
	for _, name := range accounts {
		site.URLs = append(site.URLs, sitemapURL{Location: a.Site.URL + "/a/" + name + "/video-channels"})
	}
	text, err := xml.Marshal(site)
	if err != nil {
		return err
	}
	httpx.Conditional(w, r, http.StatusOK, "application/xml; charset=utf-8", append([]byte(xml.Header), text...))
	return nil
}

// addVideos adds the videos that everybody sees, without those that may offend where lists leave them out.
func (a *API) addVideos(r *http.Request, site *sitemap) error {
	f := catalog.Filter{Sort: catalog.ByCreatedAt, Ascending: true, Count: videosAtOnce, SkipTotal: true}
	if a.Config().Instance.DefaultNSFWPolicy == "do_not_list" {
		never := false
		f.NSFW = &never
	}
	for ; f.Start < mostVideos; f.Start += videosAtOnce {
		page, err := a.Catalog.ListVideos(r.Context(), f)
		if err != nil {
			return err
		}
		ids := make([]kernel.VideoID, len(page.Keys))
		for i, k := range page.Keys {
			ids[i] = k.ID
		}
		found, err := a.Catalog.VideosByID(r.Context(), ids)
		if err != nil {
			return err
		}
		for _, v := range found {
			site.URLs = append(site.URLs, a.videoURL(v))
		}
		if len(page.Keys) < videosAtOnce {
			return nil
		}
	}
	return nil
}

func (a *API) videoURL(v catalog.Video) sitemapURL {
	short := shape.ShortUUID(v.ID.UUID)
	description := v.Name
	if v.Description != nil && *v.Description != "" {
		description = *v.Description
	}
	video := &sitemapVideo{
		Title: shortened(v.Name, longestTitle), Description: shortened(description, longestDescription),
		Player: a.Site.URL + "/videos/embed/" + short,
	}
	if v.Thumbnail != "" {
		video.Thumbnail = a.Site.URL + "/lazy-static/thumbnails/" + v.Thumbnail
	}
	return sitemapURL{Location: a.Site.URL + "/w/" + short, Video: video}
}

// shortened cuts a text to a number of characters, dots included.
func shortened(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-3]) + "..."
}

// openSearch lets browsers offer the instance as a search engine (OpenSearch 1.1).
type openSearch struct {
	XMLName     xml.Name      `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string        `xml:"ShortName"`
	Description string        `xml:"Description"`
	Encoding    string        `xml:"InputEncoding"`
	Image       string        `xml:"Image"`
	URL         openSearchURL `xml:"Url"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

func (a *API) openSearch(w http.ResponseWriter, r *http.Request) error {
	i := a.Config().Instance
	text, err := xml.Marshal(openSearch{
		ShortName: shortened(i.Name, longestShortName), Description: i.ShortDescription, Encoding: "UTF-8",
		Image: a.Site.URL + "/client/assets/images/favicon.png",
		URL:   openSearchURL{Type: "text/html", Template: a.Site.URL + "/search?search={searchTerms}"},
	})
	if err != nil {
		return err
	}
	httpx.Conditional(w, r, http.StatusOK, "application/opensearchdescription+xml; charset=utf-8", append([]byte(xml.Header), text...))
	return nil
}

// longestShortName is OpenSearch's limit, in characters.
const longestShortName = 16
