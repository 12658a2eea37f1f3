package videos

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/projections/catalog"
)

// list answers GET /api/v1/videos.
func (a *API) list(r *http.Request) ([]byte, error) {
	l, err := a.ListOf(r, decode.QueryOf(r))
	if err != nil {
		return nil, err
	}
	return a.Page(r.Context(), l)
}

// Page encodes a page of videos.
func (a *API) Page(ctx context.Context, l List) ([]byte, error) {
	page, err := a.Catalog.ListVideos(ctx, l.Filter)
	if err != nil {
		return nil, err
	}
	return a.encodePage(ctx, l, page, form(l.include))
}

// OwnPage encodes a page of the caller's own videos, which shows their states as well.
func (a *API) OwnPage(ctx context.Context, l List) ([]byte, error) {
	page, err := a.Catalog.MyVideos(ctx, l.caller.UserID, l.Filter)
	if err != nil {
		return nil, err
	}
	return a.encodePage(ctx, l, page, inOwnList)
}

func (a *API) encodePage(ctx context.Context, l List, page catalog.Page, as form) ([]byte, error) {
	fragments, err := a.fragments(ctx, page.Keys, as)
	if err != nil {
		return nil, err
	}
	overlay, err := a.overlay(ctx, l.caller.UserID, page.Keys)
	if err != nil {
		return nil, err
	}
	room := 64
	for i := range fragments {
		room += fragments[i].Bytes() + countersRoom
	}
	body := make([]byte, 0, room)
	body = append(body, '{')
	if !l.SkipTotal {
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
		body = overlay.append(body, fragments[i], key)
	}
	return append(body, "]}"...), nil
}

// overlay is what is put beside fragments: who is watching now, and where the viewer stopped.
type overlay struct {
	viewers   func(kernel.VideoID) int64
	positions map[kernel.VideoID]int
}

func (a *API) overlay(ctx context.Context, viewer kernel.UserID, keys []catalog.Key) (o overlay, err error) {
	o.viewers = a.Policies.Viewers
	if viewer.IsZero() || len(keys) == 0 {
		return o, nil
	}
	ids := make([]kernel.VideoID, len(keys))
	for i, key := range keys {
		ids[i] = key.ID
	}
	o.positions, err = a.Policies.Positions(ctx, viewer, ids)
	return o, err
}

// countersRoom is what counters and history take beside a fragment, in bytes.
const countersRoom = 128

func (o overlay) append(to []byte, f shape.Fragment, key catalog.Key) []byte {
	to = f.Append(to, key.Counters, o.viewers(key.ID))
	if seconds, watched := o.positions[key.ID]; watched {
		to = shape.AppendHistory(to, seconds)
	}
	return to
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
		fragment, err := a.encode(ctx, v, as)
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

func (a *API) encode(ctx context.Context, v catalog.Video, as form) (shape.Fragment, error) {
	switch as {
	case inOwnList:
		return a.Site.OwnVideoInList(v)
	case inFull:
		return a.Site.VideoDetails(v)
	}
	shows := func(bit include) bool { return include(as)&bit != 0 }
	extras := shape.ListExtras{
		State: shows(includeNotPublished), Blacklist: shows(includeBlacklisted), Owner: shows(includeBlockedOwner),
		Files: shows(includeFiles), HasSource: shows(includeSource), AutomaticTags: shows(includeAutomaticTags), Tags: shows(includeTags),
	}
	if extras.HasSource { // administrators ask for it, and what is encoded is kept
		source, err := a.Catalog.Source(ctx, v.ID)
		if err != nil && kernel.CodeOf(err) != kernel.CodeNotFound {
			return shape.Fragment{}, err
		}
		if err == nil {
			shaped := a.Site.Source(source)
			extras.Source = &shaped
		}
	}
	return a.Site.VideoInList(v, extras)
}

// ListItems answers videos as lists show them, in the order of keys; nil for one that is gone.
func (a *API) ListItems(ctx context.Context, keys []catalog.Key) ([]json.RawMessage, error) {
	return a.items(ctx, kernel.UserID{}, keys)
}

func (a *API) items(ctx context.Context, viewer kernel.UserID, keys []catalog.Key) ([]json.RawMessage, error) {
	fragments, err := a.fragments(ctx, keys, form(0))
	if err != nil {
		return nil, err
	}
	overlay, err := a.overlay(ctx, viewer, keys)
	if err != nil {
		return nil, err
	}
	items := make([]json.RawMessage, len(keys))
	for i, key := range keys {
		if len(fragments[i].Head()) > 0 {
			items[i] = overlay.append(make([]byte, 0, fragments[i].Bytes()+countersRoom), fragments[i], key)
		}
	}
	return items, nil
}

// Some answers the newest videos that fit, for the caller of a request.
func (a *API) Some(r *http.Request, count int, fit func(*catalog.Filter)) ([]json.RawMessage, error) {
	l := List{caller: authn.Caller(r), Filter: catalog.Filter{Sort: catalog.ByCreatedAt, Count: count, SkipTotal: true}}
	if !l.caller.UserID.IsZero() {
		l.Audience = catalog.LoggedIn
	}
	if err := a.sensitive(r, decode.NoQuery(), &l); err != nil {
		return nil, err
	}
	fit(&l.Filter)
	page, err := a.Catalog.ListVideos(r.Context(), l.Filter)
	if err != nil {
		return nil, err
	}
	items, err := a.items(r.Context(), l.caller.UserID, page.Keys)
	return slices.DeleteFunc(items, func(item json.RawMessage) bool { return item == nil }), err
}
