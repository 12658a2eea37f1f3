package videos

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
	"vidilog/projections/catalog"
)

// sorts are the orders of video lists by PeerTube's names.
var sorts = []string{
	"name", "duration", "createdAt", "updatedAt", "publishedAt", "originallyPublishedAt", "views", "likes", "comments", "trending",
	"hot", "best", "localVideoFilesSize",
}

// trendingDays is how far back trending counts; PeerTube's trending.videos.interval_days.
const trendingDays = 7

// includeNotPublished and the others are the bits of the parameter include.
const includeNotPublished = 1

// FilterOf reads the filters that all lists of videos share. Asking for what only moderators may see is refused.
func FilterOf(r *http.Request, q *decode.Query) (catalog.Filter, error) {
	f := catalog.Filter{
		Categories: q.Ints("categoryOneOf"), Licences: q.Ints("licenceOneOf"), Languages: q.Texts("languageOneOf"),
		TagsOneOf: q.Texts("tagsOneOf"), TagsAllOf: q.Texts("tagsAllOf"), IsLocal: q.Bool("isLocal"), IsLive: q.Bool("isLive"),
		HasHLS: q.Bool("hasHLSFiles"), HasWebVideos: q.Bool("hasWebVideoFiles"), Search: q.Text("search"),
		Privacies: q.Ints("privacyOneOf"), States: q.Ints("stateOneOf"),
		TrendingSince: time.Now().UTC().AddDate(0, 0, -trendingDays),
	}
	f.Start, f.Count = q.Page()
	sort, ascending := q.Sort("-publishedAt", sorts...)
	f.Sort, f.Ascending = catalog.Sort(sort), ascending
	if skip := q.Bool("skipCount"); skip != nil {
		f.SkipTotal = *skip
	}
	if q.Text("nsfw") != "both" {
		f.NSFW = q.Bool("nsfw")
	}
	include := q.Int("include")
	if err := q.Err(); err != nil {
		return f, err
	}
	return f, audience(r, &f, include)
}

// audience bounds a list to what the caller may see.
func audience(r *http.Request, f *catalog.Filter, include *int) error {
	caller := authn.Caller(r)
	wantsMore := include != nil && *include != 0 || len(f.Privacies) > 0 || len(f.States) > 0
	switch {
	case wantsMore && caller.UserID.IsZero():
		return kernel.Refuse(kernel.CodeUnauthenticated, "You are not allowed to see all videos, specify a custom include or privacies filter.")
	case wantsMore && !caller.Role.Has(user.RightSeeAllVideos):
		return kernel.Refuse(kernel.CodeUnauthenticated, "You are not allowed to see all videos, specify a custom include or privacies filter.")
	case wantsMore:
		f.IncludeNotPublished = include != nil && *include&includeNotPublished != 0
		if len(f.Privacies) > 0 || f.IncludeNotPublished {
			f.Audience = catalog.Everything
		}
		if len(f.Privacies) == 0 && f.Audience == catalog.Everything {
			f.Privacies = []int{int(video.Public)}
		}
	case !caller.UserID.IsZero():
		f.Audience = catalog.Anyone
	}
	return nil
}

// list answers GET /api/v1/videos.
func (a *API) list(r *http.Request) ([]byte, error) {
	f, err := FilterOf(r, decode.QueryOf(r))
	if err != nil {
		return nil, err
	}
	return a.Page(r.Context(), f)
}

// Page encodes a page of videos.
func (a *API) Page(ctx context.Context, f catalog.Filter) ([]byte, error) {
	page, err := a.Catalog.ListVideos(ctx, f)
	if err != nil {
		return nil, err
	}
	return a.encodePage(ctx, f, page, inList)
}

// OwnPage encodes a page of somebody's own videos, which shows their states as well.
func (a *API) OwnPage(ctx context.Context, owner kernel.UserID, f catalog.Filter) ([]byte, error) {
	page, err := a.Catalog.MyVideos(ctx, owner, f)
	if err != nil {
		return nil, err
	}
	return a.encodePage(ctx, f, page, inOwnList)
}

func (a *API) encodePage(ctx context.Context, f catalog.Filter, page catalog.Page, as form) ([]byte, error) {
	fragments, err := a.fragments(ctx, page.Keys, as)
	if err != nil {
		return nil, err
	}
	body := make([]byte, 0, 2048*len(page.Keys)+64)
	body = append(body, '{')
	if !f.SkipTotal {
		body = append(strconv.AppendInt(append(body, `"total":`...), int64(page.Total), 10), ',')
	}
	body = append(body, `"data":[`...)
	for i, key := range page.Keys {
		if len(fragments[i].Head()) == 0 {
			continue // gone since the keys were read
		}
		if body[len(body)-1] == '}' {
			body = append(body, ',')
		}
		body = fragments[i].Append(body, key.Counters, 0)
	}
	return append(body, "]}"...), nil
}

// fragments answers the encoded videos of keys, from the cache where it has them.
func (a *API) fragments(ctx context.Context, keys []catalog.Key, as form) ([]shape.Fragment, error) {
	found := make([]shape.Fragment, len(keys))
	var missing []kernel.VideoID
	for i, key := range keys {
		fragment, ok := a.Fragments.cache.Get(keyOf(key, as))
		if !ok {
			missing = append(missing, key.ID)
		}
		found[i] = fragment
	}
	if len(missing) == 0 {
		return found, nil
	}
	videos, err := a.Catalog.VideosByID(ctx, missing)
	if err != nil {
		return nil, err
	}
	for _, v := range videos {
		fragment, err := a.encode(v, as)
		if err != nil {
			return nil, err
		}
		a.Fragments.cache.Add(keyOf(v.Key, as), fragment)
		i := slices.IndexFunc(keys, func(k catalog.Key) bool { return k.ID == v.ID })
		found[i] = fragment
	}
	return found, nil
}

func keyOf(k catalog.Key, as form) fragmentKey {
	revision := k.Revision
	if as == inFull {
		revision = k.DetailRevision
	}
	return fragmentKey{id: k.ID, revision: revision, form: as}
}

func (a *API) encode(v catalog.Video, as form) (shape.Fragment, error) {
	switch as {
	case inOwnList:
		return a.Site.OwnVideoInList(v)
	case inFull:
		return a.Site.VideoDetails(v)
	case inList:
	}
	return a.Site.VideoInList(v)
}
