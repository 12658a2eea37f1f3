package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// The size of an embedded player in previews is PeerTube's (EMBED_SIZE).
const embedWidth, embedHeight = 560, 315

// escapes are those of PeerTube's pages; its readers compare them.
var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

func escaped(text string) string { return escapes.Replace(text) }

// tags are Open Graph, Twitter and schema.org, the discovery of oEmbed, and what search engines need, in PeerTube's words.
func (a *API) tags(p page, i Instance) string {
	var b strings.Builder
	if p.canonical != "" {
		if !p.isEmbed {
			a.openGraph(&b, p, i)
		}
		meta(&b, "name", p.title)
		meta(&b, "description", p.description)
		meta(&b, "image", p.image.url)
		if !p.isEmbed {
			a.twitter(&b, p, i)
		}
		if p.oembed != "" {
			fmt.Fprintf(&b, `<link rel="alternate" type="application/json+oembed" href="%s" title="%s" />`,
				escaped(a.Site.URL+"/services/oembed?url="+url.QueryEscape(p.oembed)), escaped(p.title))
		}
		b.WriteString(a.linkedData(p))
	}
	if !p.isIndexed {
		b.WriteString(`<meta name="robots" content="noindex" />`)
	}
	if p.canonical != "" && p.isIndexed {
		fmt.Fprintf(&b, `<link rel="canonical" href="%s" />`, escaped(p.canonical))
	}
	return b.String()
}

func meta(b *strings.Builder, property, content string) {
	if content != "" {
		fmt.Fprintf(b, `<meta property="%s" content="%s" />`, property, escaped(content))
	}
}

func size(b *strings.Builder, property string, width, height int) {
	if width > 0 && height > 0 {
		meta(b, property+":width", strconv.Itoa(width))
		meta(b, property+":height", strconv.Itoa(height))
	}
}

func (a *API) openGraph(b *strings.Builder, p page, i Instance) {
	kind := "website"
	if p.video != nil {
		kind = "video"
	}
	meta(b, "og:type", kind)
	meta(b, "og:site_name", i.Name)
	meta(b, "og:title", p.title)
	meta(b, "og:image", p.image.url)
	size(b, "og:image", p.image.width, p.image.height)
	meta(b, "og:url", p.canonical)
	meta(b, "og:description", p.description)
	if p.video != nil {
		meta(b, "og:video:url", a.embedURL(p))
		meta(b, "og:video:secure_url", a.embedURL(p))
		meta(b, "og:video:type", "text/html")
		size(b, "og:video", embedWidth, embedHeight)
	}
}

func (a *API) twitter(b *strings.Builder, p page, i Instance) {
	card := "summary"
	if p.video != nil {
		card = "player"
	}
	meta(b, "twitter:card", card)
	meta(b, "twitter:site", i.Twitter)
	meta(b, "twitter:title", p.title)
	meta(b, "twitter:description", p.description)
	meta(b, "twitter:image", p.image.url)
	size(b, "twitter:image", p.image.width, p.image.height)
	if p.video != nil {
		meta(b, "twitter:player", a.embedURL(p))
		size(b, "twitter:player", embedWidth, embedHeight)
	}
}

func (a *API) embedURL(p page) string { return a.Site.URL + "/videos/embed/" + p.video.ID.String() }

// linkedData is schema.org's VideoObject or ProfilePage. Only < is escaped beyond JSON, so that nothing can end the script.
func (a *API) linkedData(p page) string {
	data := map[string]any{"@context": "http://schema.org"}
	if p.video != nil {
		data["@type"] = "VideoObject"
		data["name"], data["description"], data["url"], data["embedUrl"] = p.title, p.description, p.canonical, a.embedURL(p)
		data["image"], data["thumbnailUrl"] = p.image.url, p.image.url
		data["uploadDate"] = p.video.CreatedAt.UTC().Format("2006-01-02T15:04:05.000Z")
		data["duration"] = "PT" + strconv.Itoa(p.video.Seconds) + "S"
	} else {
		person := map[string]any{"@id": "#main-author", "@type": "Person", "name": p.title}
		if p.description != "" {
			person["description"] = p.description
		}
		if p.image.url != "" {
			person["image"] = p.image.url
		}
		data["@type"], data["mainEntity"] = "ProfilePage", person
		data["dateCreated"], data["dateModified"] = p.profile.created, p.profile.updated
	}
	text, err := unescapedJSON(data)
	if err != nil {
		return ""
	}
	return `<script type="application/ld+json">` + strings.ReplaceAll(text, "<", `\u003c`) + "</script>"
}
