package comments

import (
	"net/http"

	"vidilog/api/rest/access"
	"vidilog/api/rest/decode"
	"vidilog/api/shape"
	"vidilog/domain/kernel"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

type threadsPage struct {
	Total           int             `json:"total"`
	Data            []shape.Comment `json:"data"`
	TotalNotDeleted int             `json:"totalNotDeletedComments"`
}

// threads answers GET /api/v1/videos/{id}/comment-threads.
func (a *API) threads(w http.ResponseWriter, r *http.Request) error {
	q := decode.QueryOf(r)
	start, count := q.Page()
	sort, ascending := q.Sort("-createdAt", "createdAt", "totalReplies")
	if _, _, err := access.Reference(r); err != nil {
		return err
	}
	if err := q.Err(); err != nil {
		return err
	}
	key, err := a.Access.See(r)
	if err != nil {
		return err
	}
	found, err := a.Catalog.CommentThreads(r.Context(), key.ID, viewer(r, key), sort, ascending, start, count)
	if err != nil {
		return err
	}
	page := threadsPage{Total: found.Total, TotalNotDeleted: found.NotDeleted, Data: make([]shape.Comment, len(found.Threads))}
	for i, c := range found.Threads {
		page.Data[i] = a.Site.Comment(c)
	}
	return httpx.JSON(w, r, http.StatusOK, page)
}

// thread answers GET /api/v1/videos/{id}/comment-threads/{threadId}. What is wrong with the thread is said before who may see the
// video, as in PeerTube.
func (a *API) thread(w http.ResponseWriter, r *http.Request) error {
	number, err := commentNumber(r)
	if err != nil {
		return err
	}
	key, hasUUID, err := a.Access.Find(r)
	if err != nil {
		return err
	}
	if err := a.beginning(r, key, number); err != nil {
		return err
	}
	if err := a.Access.Visible(r, key, hasUUID); err != nil {
		return err
	}
	found, err := a.Catalog.CommentsOfThread(r.Context(), number, viewer(r, key))
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return kernel.NotFound("No comments were found")
	}
	return httpx.JSON(w, r, http.StatusOK, a.Site.CommentTree(found))
}

// beginning refuses what is not the first comment of a thread of the video.
func (a *API) beginning(r *http.Request, key catalog.Key, number int64) error {
	found, err := a.Catalog.Comment(r.Context(), number)
	switch {
	case err != nil:
		return err
	case found.VideoID != key.ID:
		return kernel.Refuse(kernel.CodeInvalid, "Video comment is not associated to this video.").
			WithAPICode("comment_not_associated_to_video")
	case !found.BeginsThread():
		return kernel.Refuse(kernel.CodeInvalid, "Video comment is not a thread.")
	}
	return nil
}
