package activitypub

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"

	"vidilog/domain/kernel"
	"vidilog/domain/rating"
	"vidilog/federation/outbox"
	"vidilog/federation/vocab"
	"vidilog/projections/catalog"
)

// visible answers the video of the URL. Who may not see it because nobody is logged in learns it in the words of PeerTube's
// ActivityPub routes.
func (a *API) visible(r *http.Request) (catalog.Key, error) {
	key, err := a.See(r)
	if kernel.CodeOf(err) == kernel.CodeUnauthenticated {
		err = kernel.Refuse(kernel.CodeUnauthenticated, "Token is invalid").WithAPICode("unauthorized_request")
	}
	return key, err
}

// whole answers the video of the URL with everything that is shown of it.
func (a *API) whole(r *http.Request) (catalog.Video, error) {
	key, err := a.visible(r)
	if err != nil {
		return catalog.Video{}, err
	}
	return a.Catalog.Video(r.Context(), catalog.ByID(key.ID))
}

// fragment encodes a video, once for what it is made from.
func (a *API) fragment(ctx context.Context, v catalog.Video) (outbox.Fragment, error) {
	captions, key, err := a.keyOf(ctx, v.Key)
	if err != nil {
		return outbox.Fragment{}, err
	}
	if kept, ok := a.videos.Get(key); ok {
		return kept, nil
	}
	return a.encode(ctx, v, captions, key)
}

// encode makes a fragment and keeps it under a key that was read before the video was.
func (a *API) encode(ctx context.Context, v catalog.Video, captions []catalog.Caption, key videoKey) (outbox.Fragment, error) {
	storyboards, err := a.Catalog.Storyboards(ctx, v.ID)
	if err != nil {
		return outbox.Fragment{}, err
	}
	made, err := a.Builder.Video(v, outbox.Extras{Captions: captions, Storyboards: storyboards})
	if err == nil {
		a.videos.Add(key, made)
	}
	return made, err
}

func (a *API) keyOf(ctx context.Context, k catalog.Key) ([]catalog.Caption, videoKey, error) {
	captions, err := a.Catalog.Captions(ctx, k.ID)
	names := make([]string, len(captions))
	for i, c := range captions {
		names[i] = c.FileName
	}
	return captions, videoKey{k.ID, k.DetailRevision, strings.Join(names, "/")}, err
}

func (a *API) video(r *http.Request) ([]byte, error) {
	key, err := a.visible(r)
	if err != nil {
		return nil, err
	}
	captions, place, err := a.keyOf(r.Context(), key)
	if err != nil {
		return nil, err
	}
	if kept, ok := a.videos.Get(place); ok {
		return kept.Document(key.Counters.Views), nil
	}
	v, err := a.Catalog.Video(r.Context(), catalog.ByID(key.ID))
	if err != nil {
		return nil, err
	}
	made, err := a.encode(r.Context(), v, captions, place)
	return made.Document(v.Counters.Views), err
}

func (a *API) videoActivity(r *http.Request) ([]byte, error) {
	v, err := a.whole(r)
	if err != nil {
		return nil, err
	}
	made, err := a.fragment(r.Context(), v)
	if err != nil {
		return nil, err
	}
	return vocab.Document(vocab.VideoContext, a.Builder.Create(v, made))
}

// announces are two: that of the channel and that of the instance.
func (a *API) announces(r *http.Request) ([]byte, error) {
	v, err := a.whole(r)
	if err != nil {
		return nil, err
	}
	own, err := a.instance(r.Context())
	if err != nil {
		return nil, err
	}
	ids := []string{a.Builder.Addresses.Announce(v.ID, v.Channel.ActorNumber), a.Builder.Addresses.Announce(v.ID, own.ActorNumber)}
	return a.collection(r, a.Builder.Addresses.Video(v.ID)+"/announces", len(ids), func(part outbox.Part) (any, error) {
		start := min(part.Start(), len(ids))
		return ids[start:min(start+part.Size, len(ids))], nil
	})
}

func (a *API) announce(r *http.Request) ([]byte, error) {
	v, err := a.whole(r)
	if err != nil {
		return nil, err
	}
	number, err := strconv.ParseInt(mux.Vars(r)["actor"], 10, 64)
	if err != nil {
		return nil, kernel.NotFound("Video share not found")
	}
	actor := a.Builder.Addresses.Channel(v.Channel.Handle)
	if number != v.Channel.ActorNumber {
		own, err := a.instance(r.Context())
		if err != nil {
			return nil, err
		}
		if number != own.ActorNumber {
			return nil, kernel.NotFound("Video share not found")
		}
		actor = a.Builder.Addresses.Account(own.Name)
	}
	return vocab.Document(vocab.Plain, a.Builder.Announce(v, actor, number))
}

// rates lists who likes or dislikes a video.
func (a *API) rates(kind rating.Rating) func(*http.Request) ([]byte, error) {
	return func(r *http.Request) ([]byte, error) {
		key, err := a.visible(r)
		if err != nil {
			return nil, err
		}
		total := key.Counters.Likes
		if kind == rating.Dislike {
			total = key.Counters.Dislikes
		}
		return a.collection(r, a.Builder.Addresses.Video(key.ID)+"/"+string(kind)+"s", int(total), func(part outbox.Part) (any, error) {
			names, err := a.Catalog.Raters(r.Context(), key.ID, string(kind), part.Start(), part.Size)
			ids := make([]string, len(names))
			for i, name := range names {
				ids[i] = a.Builder.RateID(name, string(kind), key.Number)
			}
			return ids, err
		})
	}
}

// rate answers what one account thinks of a video.
func (a *API) rate(kind rating.Rating) func(*http.Request) ([]byte, error) {
	return func(r *http.Request) ([]byte, error) {
		account, err := a.findAccount(r)
		if err != nil {
			return nil, err
		}
		r = mux.SetURLVars(r, map[string]string{"id": mux.Vars(r)["video"]})
		key, err := a.visible(r)
		if err != nil {
			return nil, err
		}
		given, err := a.Catalog.Rating(r.Context(), account.ID, key.ID)
		if err == nil && given != string(kind) {
			err = kernel.NotFound("Account video rate not found.")
		}
		if err != nil {
			return nil, err
		}
		return vocab.Document(vocab.Plain, a.Builder.Rate(account.Name, string(kind), key))
	}
}

func (a *API) chapters(r *http.Request) ([]byte, error) {
	v, err := a.whole(r)
	if err != nil {
		return nil, err
	}
	found, err := a.Catalog.Chapters(r.Context(), v.ID)
	if err != nil {
		return nil, err
	}
	return vocab.Document(vocab.ChaptersContext, a.Builder.Chapters(v, found))
}
