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
	_, ascending := q.Sort("-createdAt", "createdAt")
	f, channel, film, err := filterOf(q)
	for _, name := range []string{"isLocal", "onLocalVideo"} {
		if local := q.Bool(name); local != nil && !*local {
			f.Nothing = true
		}
	}
	if err == nil {
		err = q.Err()
	}
	if err != nil {
		return err
	}
	f.Ascending = ascending
	if _, _, err := a.narrow(r.Context(), &f, channel, film); err != nil {
		return err
	}
	return a.answer(w, r, f)
}

// mine answers GET /api/v1/users/me/videos/comments: those below the caller's own videos. PeerTube takes the orders of videos here
// and fails with those that comments do not have; they are by creation here.
func (a *API) mine(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	_, ascending := q.Sort("-publishedAt", videos.Sorts...)
	f, channel, film, err := filterOf(q)
	f.HeldForReview = q.Bool("isHeldForReview")
	if err == nil {
		err = q.Err()
	}
	if err != nil {
		return err
	}
	f.Ascending = ascending
	key, ch, err := a.narrow(r.Context(), &f, channel, film)
	if err != nil {
		return err
	}
	if film != nil && !access.IsManager(r, key, user.RightSeeAllComments) {
		return kernel.Forbidden("Cannot manage a video of another user.")
	}
	caller := authn.Caller(r)
	if channel != 0 && ch.OwnerID != caller.UserID && !caller.Role.Has(user.RightSeeAllComments) {
		return kernel.Forbidden("Only a user with sufficient right can access this account resource.")
	}
	f.OwnerID = &caller.UserID
	return a.answer(w, r, f)
}

// filterOf reads what both lists take. No comment has automatic tags in this release.
func filterOf(q *decode.Query) (f catalog.CommentFilter, channel int64, film *catalog.Ref, err error) {
	f.Start, f.Count = q.Page()
	f.Search, f.SearchAccount, f.SearchVideo = q.Text("search"), q.Text("searchAccount"), q.Text("searchVideo")
	f.Nothing = len(q.Texts("autoTagOneOf")) > 0
	if n := q.Int("videoChannelId"); n != nil {
		channel = int64(*n)
	}
	if q.Has("videoId") {
		ref, isOne := reference(q.Text("videoId"))
		if !isOne {
			q.Refuse("videoId", "Invalid value")
		}
		film = &ref
	}
	return f, channel, film, q.Err()
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
func (a *API) narrow(
	ctx context.Context, f *catalog.CommentFilter, channel int64, film *catalog.Ref,
) (key catalog.Key, ch catalog.Channel, err error) {
	if film != nil {
		if key, err = a.Catalog.VideoKey(ctx, *film); err != nil {
			return key, ch, err
		}
		f.VideoID = &key.ID
	}
	if channel != 0 {
		if ch, err = a.Catalog.ChannelByNumber(ctx, channel); err != nil {
			return key, ch, err
		}
		f.ChannelID = &ch.ID
	}
	return key, ch, nil
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
