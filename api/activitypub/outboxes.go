package activitypub

import (
	"net/http"
	"strconv"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
	"vidilog/federation/outbox"
	"vidilog/projections/catalog"
)

// largestPage is what size may ask for (PeerTube's).
const largestPage = 50

// part reads which page is asked for. Errors: CodeInvalid.
func (a *API) part(r *http.Request) (outbox.Part, error) {
	part := outbox.Part{Size: a.PageSize}
	query := r.URL.Query()
	if text := query.Get("page"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 1_000_000 {
			return part, refuse("page", text)
		}
		part.Page = n
	}
	if text := query.Get("size"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > largestPage {
			return part, refuse("size", text)
		}
		part.Size = n
	}
	return part, nil
}

func refuse(field, value string) error {
	refusal := kernel.Invalid(field, "Invalid value")
	refusal.Data = map[string]any{"location": "query", "value": value}
	return refusal
}

// accountOutbox has a Create for every video of an account; that of the instance announces the videos of all.
func (a *API) accountOutbox(r *http.Request) ([]byte, error) {
	account, err := a.findAccount(r)
	if err != nil {
		return nil, err
	}
	id := a.Builder.Addresses.Account(account.Name)
	if account.UserID.IsZero() {
		return a.outbox(r, id, catalog.Filter{}, func(v catalog.Video) (any, error) {
			return a.Builder.Announce(v, id, account.ActorNumber), nil
		})
	}
	return a.outbox(r, id, catalog.Filter{AccountID: &account.ID}, func(v catalog.Video) (any, error) {
		fragment, err := a.fragment(r.Context(), v)
		return a.Builder.Create(v, fragment), err
	})
}

// channelOutbox announces the videos of a channel.
func (a *API) channelOutbox(r *http.Request) ([]byte, error) {
	channel, err := a.findChannel(r)
	if err != nil {
		return nil, err
	}
	id := a.Builder.Addresses.Channel(channel.Handle)
	return a.outbox(r, id, catalog.Filter{ChannelID: &channel.ID}, func(v catalog.Video) (any, error) {
		return a.Builder.Announce(v, id, channel.ActorNumber), nil
	})
}

func (a *API) outbox(r *http.Request, actor string, f catalog.Filter, activity func(catalog.Video) (any, error)) ([]byte, error) {
	f.Sort = catalog.ByCreatedAt
	if a.FederatesUnlisted() {
		f.Audience, f.Privacies = catalog.Everything, []int{int(video.Public), int(video.Unlisted)}
	}
	counted, err := a.Catalog.ListVideos(r.Context(), f)
	if err != nil {
		return nil, err
	}
	return a.collection(r, actor+"/outbox", counted.Total, func(part outbox.Part) (any, error) {
		f.Start, f.Count, f.SkipTotal = part.Start(), part.Size, true
		return a.activities(r, f, activity)
	})
}

func (a *API) activities(r *http.Request, f catalog.Filter, activity func(catalog.Video) (any, error)) ([]any, error) {
	page, err := a.Catalog.ListVideos(r.Context(), f)
	if err != nil {
		return nil, err
	}
	ids := make([]kernel.VideoID, len(page.Keys))
	for i, key := range page.Keys {
		ids[i] = key.ID
	}
	found, err := a.Catalog.VideosByID(r.Context(), ids)
	if err != nil {
		return nil, err
	}
	items := make([]any, 0, len(found))
	for _, v := range found {
		item, err := activity(v)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}
