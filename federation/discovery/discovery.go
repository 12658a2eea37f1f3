// Package discovery says how other instances find this one: WebFinger, host-meta, NodeInfo.
//
// It imports the standard library only.
package discovery

import "strings"

// NodeInfoContentType is that of the NodeInfo 2.0 document, in PeerTube's spelling.
const NodeInfoContentType = `application/json; charset=utf-8; profile="http://nodeinfo.diaspora.software/ns/schema/2.0#"`

// Link is one way to more about a thing (RFC 7033 §4.4.4).
type Link struct {
	Rel      string `json:"rel"`
	Type     string `json:"type,omitempty"`
	Href     string `json:"href,omitempty"`
	Template string `json:"template,omitempty"`
}

// Resource is an answer of WebFinger.
type Resource struct {
	Subject string   `json:"subject"`
	Aliases []string `json:"aliases"`
	Links   []Link   `json:"links"`
}

// ResourceOf answers for an actor of this instance, by the id under which it can be fetched.
func ResourceOf(subject, actor, site string) Resource {
	return Resource{Subject: subject, Aliases: []string{actor}, Links: []Link{
		{Rel: "self", Type: "application/activity+json", Href: actor},
		{Rel: "http://ostatus.org/schema/1.0/subscribe", Template: site + "/remote-interaction?uri={uri}"},
	}}
}

// ParseAccount takes "acct:name@host" apart. It answers false for anything else, and for other hosts.
func ParseAccount(resource, host string) (name string, ok bool) {
	handle, isAccount := strings.CutPrefix(resource, "acct:")
	name, at, isWhole := strings.Cut(handle, "@")
	return name, isAccount && isWhole && name != "" && !strings.Contains(at, "@") && strings.EqualFold(at, host)
}

// NodeInfoLinks is the document behind /.well-known/nodeinfo.
func NodeInfoLinks(site string) map[string][]Link {
	return map[string][]Link{"links": {
		{Rel: "http://nodeinfo.diaspora.software/ns/schema/2.0", Href: site + "/nodeinfo/2.0.json"},
		{Rel: "https://www.w3.org/ns/activitystreams#Application", Href: site + "/accounts/peertube"},
	}}
}

// HostMeta is the document behind /.well-known/host-meta (RFC 6415).
func HostMeta(site string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">` + "\n" +
		`  <Link rel="lrdd" type="application/xrd+xml" template="` + site + `/.well-known/webfinger?resource={uri}"/>` + "\n" + `</XRD>`
}

// Usage are the numbers of NodeInfo.
type Usage struct {
	Users, ActiveMonth, ActiveHalfyear, Posts, Comments int64
}

// NodeInfo is the document behind /nodeinfo/2.0.json. The software is called peertube, because that is what clients and statistics ask
// for to know which interface is spoken.
func NodeInfo(version string, isOpen bool, u Usage, metadata any) any {
	return struct {
		Version           string         `json:"version"`
		Software          map[string]any `json:"software"`
		Protocols         []string       `json:"protocols"`
		Services          map[string]any `json:"services"`
		OpenRegistrations bool           `json:"openRegistrations"`
		Usage             map[string]any `json:"usage"`
		Metadata          any            `json:"metadata"`
	}{
		Version: "2.0", Software: map[string]any{"name": "peertube", "version": version}, Protocols: []string{"activitypub"},
		Services:          map[string]any{"inbound": []string{}, "outbound": []string{"atom1.0", "rss2.0"}},
		OpenRegistrations: isOpen,
		Usage: map[string]any{
			"users":      map[string]any{"total": u.Users, "activeMonth": u.ActiveMonth, "activeHalfyear": u.ActiveHalfyear},
			"localPosts": u.Posts, "localComments": u.Comments,
		},
		Metadata: metadata,
	}
}
