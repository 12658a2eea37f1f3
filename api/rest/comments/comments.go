// Package comments answers what people write below videos: threads, replies, approval, deletion, and the lists of those who look
// after them.
//
// It may import commands, queries of projections, api/shape and internal.
package comments

import (
	"net/http"
	"strconv"

	"github.com/gorilla/mux"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/respond"
	"vidilog/api/shape"
	commandscomment "vidilog/commands/comment"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/httpx"
	"vidilog/projections/catalog"
)

// API answers the routes of this package.
type API struct {
	Site     shape.Site
	Access   *access.Guard
	Catalog  *catalog.Catalog
	Commands *commandscomment.Handlers
	Writes   respond.Writes
}

// Routes adds the routes below /api/v1/videos.
func (a *API) Routes(r *mux.Router) {
	const threads, one = "/api/v1/videos/{id}/comment-threads", "/api/v1/videos/{id}/comments/{comment}"
	r.Handle(threads, httpx.WithOperation("getVideoThreads", a.reading(a.threads))).Methods(http.MethodGet)
	r.Handle(threads, httpx.WithOperation("startVideoThread", authn.Required(respond.Handler(a.start)))).Methods(http.MethodPost)
	r.Handle(threads+"/{comment}", httpx.WithOperation("getVideoThread", a.reading(a.thread))).Methods(http.MethodGet)
	r.Handle(one, httpx.WithOperation("replyToComment", authn.Required(respond.Handler(a.reply)))).Methods(http.MethodPost)
	r.Handle(one, httpx.WithOperation("deleteComment", authn.Required(respond.Handler(a.remove)))).Methods(http.MethodDelete)
	r.Handle(one+"/approve", httpx.WithOperation("approveComment", authn.Required(respond.Handler(a.approve)))).Methods(http.MethodPost)
}

// Of is the list of all videos' comments, at /api/v1/videos/comments.
func (a *API) Of() *mux.Router {
	r := mux.NewRouter()
	list := authn.RequiredRight(user.RightSeeAllComments, a.reading(a.all))
	r.Handle("/api/v1/videos/comments", httpx.WithOperation("getAllVideoComments", list)).Methods(http.MethodGet)
	return r
}

// Mine is the list of comments below the caller's videos, at /api/v1/users/me/videos/comments.
func (a *API) Mine() *mux.Router {
	r := mux.NewRouter()
	list := authn.Required(a.reading(a.mine))
	r.Handle("/api/v1/users/me/videos/comments", httpx.WithOperation("getMyVideosComments", list)).Methods(http.MethodGet)
	return r
}

// Bulk is what is done to many comments, below /api/v1/bulk.
func (a *API) Bulk() *mux.Router {
	r := mux.NewRouter()
	remove := authn.Required(respond.Handler(a.removeOf))
	r.Handle("/api/v1/bulk/remove-comments-of", httpx.WithOperation("removeCommentsOf", remove)).Methods(http.MethodPost)
	return r
}

func (a *API) reading(h respond.Handler) http.Handler {
	return respond.MinPosition(a.Writes.Waiter, []string{catalog.Name}, h)
}

// commentNumber reads the comment's or thread's number in the URL. Error: CodeInvalid.
func commentNumber(r *http.Request) (int64, error) {
	text := mux.Vars(r)["comment"]
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		e := kernel.Invalid("commentId", "Invalid value")
		e.Data = map[string]any{"location": "params", "value": text}
		return 0, e
	}
	return n, nil
}

// viewer says which comments of a video that are held for review the caller sees.
func viewer(r *http.Request, k catalog.Key) catalog.CommentViewer {
	return catalog.CommentViewer{
		SeesHeld: access.IsManager(r, k, user.RightSeeAllComments), UserID: authn.Caller(r).UserID,
	}
}
