package activitypub

import (
	"context"
	"net/http"
	"strconv"

	"github.com/gorilla/mux"

	"vidilog/domain/kernel"
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

// fragment encodes a video, once per revision.
func (a *API) fragment(ctx context.Context, v catalog.Video) (outbox.Fragment, error) {
	key := videoKey{v.ID, v.DetailRevision}
	if kept, ok := a.videos.Get(key); ok {
		return kept, nil
	}
	var extras outbox.Extras
	var err error
	if extras.Storyboards, err = a.Catalog.Storyboards(ctx, v.ID); err != nil {
		return outbox.Fragment{}, err
	}
	if a.Subtitles != nil {
		if extras.Captions, err = a.Subtitles(ctx, v.ID); err != nil {
			return outbox.Fragment{}, err
		}
	}
	made, err := a.Builder.Video(v, extras)
	if err == nil {
		a.videos.Add(key, made)
	}
	return made, err
}

func (a *API) video(r *http.Request) ([]byte, error) {
	key, err := a.visible(r)
	if err != nil {
		return nil, err
	}
	if kept, ok := a.videos.Get(videoKey{key.ID, key.DetailRevision}); ok {
		return kept.Document(key.Counters.Views), nil
	}
	v, err := a.Catalog.Video(r.Context(), catalog.ByID(key.ID))
	if err != nil {
		return nil, err
	}
	made, err := a.fragment(r.Context(), v)
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
func (a *API) rates(isLike bool) func(*http.Request) ([]byte, error) {
	list := "dislikes"
	if isLike {
		list = "likes"
	}
	return func(r *http.Request) ([]byte, error) {
		key, err := a.visible(r)
		if err != nil {
			return nil, err
		}
		id := a.Builder.Addresses.Video(key.ID) + "/" + list
		if a.Raters == nil {
			return a.collection(r, id, 0, func(outbox.Part) (any, error) { return []string{}, nil })
		}
		part, err := a.part(r)
		if err != nil {
			return nil, err
		}
		names, total, err := a.Raters(r.Context(), key.ID, isLike, max(part.Start(), 0), part.Size)
		if err != nil {
			return nil, err
		}
		return a.collection(r, id, total, func(outbox.Part) (any, error) {
			items := make([]string, len(names))
			for i, name := range names {
				items[i] = a.Builder.Addresses.Account(name) + "/" + list + "/" + strconv.FormatInt(key.Number, 10)
			}
			return items, nil
		})
	}
}

// comments of a video: this release has none to show.
func (a *API) comments(r *http.Request) ([]byte, error) {
	key, err := a.visible(r)
	if err != nil {
		return nil, err
	}
	return a.collection(r, a.Builder.Addresses.Video(key.ID)+"/comments", 0, func(outbox.Part) (any, error) { return []string{}, nil })
}

func (a *API) chapters(r *http.Request) ([]byte, error) {
	v, err := a.whole(r)
	if err != nil {
		return nil, err
	}
	answer := vocab.Chapters{ID: a.Builder.Addresses.Video(v.ID) + "/chapters", HasPart: []vocab.Chapter{}}
	if a.Chapters != nil {
		found, err := a.Chapters(r.Context(), v)
		if err != nil {
			return nil, err
		}
		answer.HasPart = append(answer.HasPart, found...)
	}
	return vocab.Document(vocab.ChaptersContext, answer)
}
