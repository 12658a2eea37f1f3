package comments

import (
	"context"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/videos"
	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

type page struct {
	Total int                   `json:"total"`
	Data  []shape.ListedComment `json:"data"`
}

// all answers GET /api/v1/videos/comments to those who may see all comments. All comments and videos of this release are local.
func (a *API) all(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	list := read(q)
	_, list.Ascending = q.Sort("-createdAt", "createdAt")
	for _, name := range []string{"isLocal", "onLocalVideo"} {
		if local := q.Bool(name); local != nil && !*local {
			list.Nothing = true
		}
	}
	if err := q.Err(); err != nil {
		return err
	}
	if _, _, err := a.narrow(r.Context(), &list); err != nil {
		return err
	}
	return a.answer(w, r, list.CommentFilter)
}

// mine answers GET /api/v1/users/me/videos/comments: those below the caller's own videos. PeerTube takes the orders of videos here
// and fails with those that comments do not have; they are by creation here.
func (a *API) mine(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	list := read(q)
	_, list.Ascending = q.Sort("-publishedAt", videos.Sorts...)
	list.HeldForReview = q.Bool("isHeldForReview")
	if err := q.Err(); err != nil {
		return err
	}
	key, channel, err := a.narrow(r.Context(), &list)
	if err != nil {
		return err
	}
	if list.film != nil && !access.IsManager(r, key, user.RightSeeAllComments) {
		return kernel.Forbidden("Cannot manage a video of another user.")
	}
	caller := authn.Caller(r)
	if list.channel != nil && channel.OwnerID != caller.UserID && !caller.Role.Has(user.RightSeeAllComments) {
		return kernel.Forbidden("Only a user with sufficient right can access this account resource.")
	}
	list.OwnerID = &caller.UserID
	return a.answer(w, r, list.CommentFilter)
}

// list is what is asked for: a filter, and the video and channel as the query names them.
type list struct {
	catalog.CommentFilter
	film    *catalog.Ref
	channel *int
}

// read reads what both lists take. No comment has automatic tags in this release.
func read(q *decode.Query) (l list) {
	l.Start, l.Count = q.Page()
	l.Search, l.SearchAccount, l.SearchVideo = q.Text("search"), q.Text("searchAccount"), q.Text("searchVideo")
	l.Nothing = len(q.Texts("autoTagOneOf")) > 0
	l.channel = q.Int("videoChannelId")
	if q.Has("videoId") {
		ref, isOne := reference(q.Text("videoId"))
		if !isOne {
			q.Refuse("videoId", "Invalid value")
		}
		l.film = &ref
	}
	return l
}

// reference reads an integer, a UUID or a short UUID.
func reference(text string) (catalog.Ref, bool) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return catalog.ByNumber(n), true
	}
	if id, isShort := shape.ParseShortUUID(text); isShort {
		return catalog.ByID(kernel.VideoID{UUID: id}), true
	}
	id, err := uuid.Parse(text)
	return catalog.ByID(kernel.VideoID{UUID: id}), err == nil
}

// narrow finds the video and channel that a list is asked for. Error: CodeNotFound.
func (a *API) narrow(ctx context.Context, l *list) (key catalog.Key, channel catalog.Channel, err error) {
	if l.film != nil {
		if key, err = a.Catalog.VideoKey(ctx, *l.film); err != nil {
			return key, channel, err
		}
		l.VideoID = &key.ID
	}
	if l.channel != nil {
		if channel, err = a.Catalog.ChannelByNumber(ctx, int64(*l.channel)); err != nil {
			return key, channel, err
		}
		l.ChannelID = &channel.ID
	}
	return key, channel, nil
}

func (a *API) answer(w http.ResponseWriter, r *http.Request, f catalog.CommentFilter) error {
	found, total, err := a.Catalog.ListComments(r.Context(), f)
	if err != nil {
		return err
	}
	answer := page{Total: total, Data: make([]shape.ListedComment, len(found))}
	for i, c := range found {
		answer.Data[i] = a.Site.ListedComment(c)
	}
	return httpx.JSON(w, r, http.StatusOK, answer)
}
