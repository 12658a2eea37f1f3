package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

// page is what a page says of itself to people and to those who show previews of it.
type page struct {
	status int
	// title and description are those of what the page is about, empty for pages of the instance.
	title, description string
	canonical          string
	image              image
	isIndexed          bool
	// isEmbed leaves the preview tags out: whoever embeds a video has its own.
	isEmbed bool
	oembed  string
	video   *catalog.Video
	profile *profile
}

type image struct {
	url           string
	width, height int
}

// profile is set for pages of accounts and channels.
type profile struct{ created, updated shape.Time }

func (p page) heading(i Instance) string {
	if p.title == "" {
		return i.Name
	}
	return p.title + " - " + i.Name
}

func (p page) about(i Instance) string {
	if p.description == "" {
		return i.Description
	}
	return p.description
}

// describe looks at what an address stands for. What is not for everybody, or not there, is a page with status 404 and
// nothing about it, as in PeerTube: the client asks with the rights of whoever looks and shows what it gets.
func (a *API) describe(ctx context.Context, address string, query url.Values) page {
	segments := strings.Split(strings.Trim(address, "/"), "/")
	if len(segments) > 1 && isPlaylist(segments) {
		return page{status: 404}
	}
	switch {
	case len(segments) == 2 && segments[0] == "w":
		return a.describeWatch(ctx, segments[1], query)
	case len(segments) == 3 && segments[0] == "videos" && segments[1] == "watch":
		return a.describeWatch(ctx, segments[2], query)
	case len(segments) > 1 && (segments[0] == "a" || segments[0] == "accounts"):
		return a.describeActor(ctx, segments[1], true, false)
	case len(segments) > 1 && (segments[0] == "c" || segments[0] == "video-channels"):
		return a.describeActor(ctx, segments[1], false, true)
	case strings.HasPrefix(segments[0], "@"):
		return a.describeActor(ctx, segments[0][1:], true, true)
	}
	return page{status: 200, isIndexed: true}
}

// isPlaylist knows the addresses of playlists, of which this release has none.
func isPlaylist(segments []string) bool {
	return len(segments) == 3 && segments[0] == "w" && segments[1] == "p" ||
		len(segments) == 4 && segments[0] == "videos" && segments[1] == "watch" && segments[2] == "playlist"
}

func (a *API) describeWatch(ctx context.Context, id string, query url.Values) page {
	id, _, _ = strings.Cut(id, ";") // the thread of a comment, as Angular writes it
	p, ok := a.describeVideo(ctx, id)
	if !ok {
		return page{status: 404, isIndexed: true}
	}
	if start := query.Get("start"); start != "" {
		p.oembed += "?start=" + url.QueryEscape(start)
	}
	return p
}

// describeEmbed answers the page of an embedded player, which has status 200 whatever it shows.
func (a *API) describeEmbed(ctx context.Context, address string) page {
	if id, isVideo := strings.CutPrefix(address, "/videos/embed/"); isVideo {
		if p, ok := a.describeVideo(ctx, strings.TrimSuffix(id, "/")); ok {
			p.isEmbed = true
			return p
		}
	}
	return page{status: 200, isEmbed: true}
}

// describeVideo answers false for a video that not everybody with the link may see.
func (a *API) describeVideo(ctx context.Context, id string) (page, bool) {
	ref, ok := reference(id)
	if !ok {
		return page{}, false
	}
	v, err := a.Catalog.Video(ctx, ref)
	if err != nil {
		return page{}, false
	}
	privacy := video.Privacy(v.Privacy)
	if video.State(v.State) != video.StatePublished || privacy != video.Public && privacy != video.Unlisted {
		return page{}, false
	}
	p := page{
		status: 200, title: v.Name, canonical: a.Site.URL + "/w/" + shape.ShortUUID(v.ID.UUID),
		isIndexed: privacy == video.Public, video: &v,
	}
	p.oembed = p.canonical
	if v.Description != nil {
		p.description = shortened(*v.Description)
	}
	if v.Preview != "" {
		p.image.url = a.Site.URL + "/lazy-static/previews/" + v.Preview
	}
	return p, true
}

func reference(id string) (catalog.Ref, bool) {
	if n, err := strconv.ParseInt(id, 10, 64); err == nil && n > 0 {
		return catalog.ByNumber(n), true
	}
	if short, ok := shape.ParseShortUUID(id); ok {
		return catalog.ByID(kernel.VideoID{UUID: short}), true
	}
	if u, err := uuid.Parse(id); err == nil {
		return catalog.ByID(kernel.VideoID{UUID: u}), true
	}
	return catalog.Ref{}, false
}

// describeActor answers the page of an account, a channel, or whichever of them has the name.
func (a *API) describeActor(ctx context.Context, handle string, mayBeAccount, mayBeChannel bool) page {
	name, host, hasHost := strings.Cut(handle, "@")
	if hasHost && host != a.Site.Host {
		return page{status: 404, isIndexed: true}
	}
	if mayBeAccount {
		if found, err := a.Catalog.Account(ctx, name); err == nil {
			s := a.Site.Account(found)
			return actorPage(s.DisplayName, s.Description, s.Avatars, profile{s.CreatedAt, s.UpdatedAt},
				a.Site.URL+"/a/"+s.Name+"/video-channels")
		}
	}
	if mayBeChannel {
		if found, err := a.Catalog.Channel(ctx, name); err == nil {
			s := a.Site.ChannelWithoutOwner(found)
			return actorPage(s.DisplayName, s.Description, s.Avatars, profile{s.CreatedAt, s.UpdatedAt}, a.Site.URL+"/c/"+s.Name+"/videos")
		}
	}
	return page{status: 404, isIndexed: true}
}

func actorPage(title string, description *string, avatars []shape.ActorImage, dates profile, canonical string) page {
	p := page{status: 200, title: title, canonical: canonical, isIndexed: true, profile: &dates}
	if description != nil {
		p.description = shortened(*description)
	}
	for _, a := range avatars {
		if a.Width > p.image.width {
			p.image = image{url: a.FileURL, width: a.Width, height: a.Height}
		}
	}
	return p
}
