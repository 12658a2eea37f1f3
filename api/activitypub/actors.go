package activitypub

import (
	"context"
	"net/http"

	"vidilog/domain/actor"
	"vidilog/domain/instance"
	"vidilog/federation/outbox"
	"vidilog/projections/catalog"
)

const (
	noAccount = "Account not found"
	noChannel = "Video channel not found"
)

func (a *API) findAccount(r *http.Request) (catalog.Account, error) {
	name, err := a.local(r, noAccount)
	if err != nil {
		return catalog.Account{}, err
	}
	return a.Catalog.Account(r.Context(), name)
}

func (a *API) findChannel(r *http.Request) (catalog.Channel, error) {
	name, err := a.local(r, noChannel)
	if err != nil {
		return catalog.Channel{}, err
	}
	return a.Catalog.Channel(r.Context(), name)
}

func (a *API) account(r *http.Request) ([]byte, error) {
	account, err := a.findAccount(r)
	if err != nil {
		return nil, err
	}
	key, err := a.Catalog.AccountKey(r.Context(), account.ID)
	if err != nil {
		return nil, err
	}
	var banners []actor.Image
	if account.UserID.IsZero() {
		own, err := a.Catalog.Own(r.Context())
		if err != nil {
			return nil, err
		}
		banners = own.Pictures[instance.Banner].Images
	}
	return a.Builder.Account(account, banners, key)
}

func (a *API) channel(r *http.Request) ([]byte, error) {
	channel, err := a.findChannel(r)
	if err != nil {
		return nil, err
	}
	key, err := a.Catalog.ChannelKey(r.Context(), channel.ID)
	if err != nil {
		return nil, err
	}
	return a.Builder.Channel(channel, key)
}

func (a *API) accountID(r *http.Request) (string, error) {
	account, err := a.findAccount(r)
	return a.Builder.Addresses.Account(account.Name), err
}

func (a *API) channelID(r *http.Request) (string, error) {
	channel, err := a.findChannel(r)
	return a.Builder.Addresses.Channel(channel.Handle), err
}

// emptyOf answers a collection that has nothing in it in this release: nobody follows across instances yet, and there are no
// playlists.
func (a *API) emptyOf(actor func(*http.Request) (string, error), list string) func(*http.Request) ([]byte, error) {
	return func(r *http.Request) ([]byte, error) {
		id, err := actor(r)
		if err != nil {
			return nil, err
		}
		return a.collection(r, id+"/"+list, 0, func(outbox.Part) (any, error) { return []string{}, nil })
	}
}

// instance is the instance's own account, which announces all videos.
func (a *API) instance(ctx context.Context) (catalog.Account, error) {
	return a.Catalog.Account(ctx, outbox.InstanceName)
}
